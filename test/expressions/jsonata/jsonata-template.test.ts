import { EvaluationError, ExpressionSyntaxError } from '../../../lib/expressions/evaluation-error';
import { compileJsonataField, type FieldTypes } from '../../../lib/expressions/jsonata/jsonata-field';
import { compileJsonataTemplate, isJsonata } from '../../../lib/expressions/jsonata/jsonata-template';
import type { Json } from '../../../lib/json/json';
import { json, scopeOf } from './scope-of';

const scope = scopeOf({ a: 1, bar: null, list: [1, 2] }, { v: 'x' });
const evaluate = (template: unknown, field = 'Output'): Json => compileJsonataTemplate(json(template), field)(scope);

const failure = (run: () => unknown): EvaluationError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

describe('a template', () => {
  test.each<[unknown, unknown]>([
    ['{% $states.input.a %}', 1],
    ['{%$states.input.a%}', 1],
    ['{%   1 + 1\n %}', 2],
    [
      { a: ['{% $v %}', { b: '{% $states.input.list %}' }], c: 1 },
      { a: ['x', { b: [1, 2] }], c: 1 },
    ],
    [{ '{% $v %}': '{% $v %}' }, { '{% $v %}': 'x' }],
    ['{% null %}', null],
    [{ kept: '{% $states.input.bar %}' }, { kept: null }],
    [' {% $v %}', ' {% $v %}'],
    ['{% $v', '{% $v'],
    ['Hello {% $v %}', 'Hello {% $v %}'],
    ['{%}', '{%}'],
    ['$states.input.a', '$states.input.a'],
    [{ 'a.$': '$.a' }, { 'a.$': '$.a' }],
    [0, 0],
    [false, false],
    ['', ''],
    [null, null],
  ])('%j gives %j', (template, value) => expect(evaluate(template)).toEqual(value));

  test('keeps what is constant, and makes the rest anew and frozen', () => {
    const template = json({ constant: { a: [1] }, made: '{% $v %}' }) as { constant: Json };
    const result = compileJsonataTemplate(template, 'Output')(scope) as { constant: Json };
    expect(result.constant).toBe(template.constant);
    expect(Object.isFrozen(result)).toBe(true);
    expect(compileJsonataTemplate(template.constant, 'Output')(scope)).toBe(template.constant);
  });

  test('has a field named __proto__ like any other', () => {
    const result = compileJsonataTemplate(json(JSON.parse('{"__proto__": "{% $v %}"}')), 'Output')(scope);
    expect(JSON.stringify(result)).toBe('{"__proto__":"x"}');
  });

  test('does not compile where an expression does not parse', () => {
    expect(() => evaluate({ a: '{% 1 + %}' })).toThrow(new ExpressionSyntaxError('Unexpected end of expression'));
  });
});

describe('an expression that gives nothing names its field', () => {
  test.each<[unknown, string, string]>([
    [{ v: '{% $missing %}' }, 'Output', 'Output/v'],
    ['{% $missing %}', 'Arguments', 'Arguments'],
    [{ values: ['{% $missing %}', 1] }, 'Output', 'Output/values[0]'],
    [{ a: { b: [[1, '{% $missing %}']] } }, 'Choices[1]/Output', 'Choices[1]/Output/a/b[0][1]'],
    [{ x: { y: '{% $missing %}' } }, 'Assign', 'Assign/x/y'],
    ['{% ( $missing ) %}', 'Output', 'Output'],
  ])('%j in %s', (template, field, location) => {
    const error = failure(() => evaluate(template, field));
    const source = JSON.stringify(template).includes('(') ? '( $missing )' : '$missing';
    expect(error).toMatchObject({
      error: 'States.QueryEvaluationError',
      message: `The JSONata expression '${source}' specified for the field '${location}' returned nothing (undefined).`,
      location,
    });
  });
});

test.each([
  ['$sum(["a"])', '. T0412: Argument 1 of function "sum" must be an array of "numbers"'],
  ['$eval("1+1")', '. T1006: Attempted to invoke a non-function'],
  ['$range(1, 360146, 1)', ': Expression evaluation memory limit exceeded: Check for excessive memory usage'],
  ['$states.input.a + "x"', '. T2002: The right side of the "+" operator must evaluate to a number'],
])('%s fails with AWS’s sentence', (source, rest) => {
  expect(failure(() => evaluate({ v: `{% ${source} %}` }))).toMatchObject({
    error: 'States.QueryEvaluationError',
    message: `The JSONata expression '${source}' specified for the field 'Output/v' threw an error during evaluation${rest}`,
    location: 'Output/v',
  });
});

describe('a field of one type', () => {
  const field = (source: string, expected: keyof FieldTypes): unknown =>
    compileJsonataField(`{% ${source} %}`, 'Items', expected)(scope);

  test.each<[string, keyof FieldTypes, unknown]>([
    ['$states.input.list', 'array', [1, 2]],
    ['{}', 'object', {}],
    ['1.5', 'number', 1.5],
    ['$v', 'string', 'x'],
    ['$v = "x"', 'boolean', true],
  ])('takes %s for %s', (source, expected, value) => expect(field(source, expected)).toEqual(value));

  test.each<[string, keyof FieldTypes, string]>([
    ['1', 'array', "Expected 'array', but was 'number' for value: 1"],
    ['true', 'array', "Expected 'array', but was 'boolean' for value: true"],
    ['null', 'array', "Expected 'array', but was 'null' for value: null"],
    ["'string'", 'array', "Expected 'array', but was 'string' for value: \"string\""],
    ["{'foo': 'bar'}", 'array', 'Expected \'array\', but was \'object\' for value: {"foo":"bar"}'],
    ["'1'", 'number', "Expected 'number', but was 'string' for value: \"1\""],
    ['[1]', 'object', "Expected 'object', but was 'array' for value: [1]"],
    ['1', 'boolean', "Expected 'boolean', but was 'number' for value: 1"],
  ])('refuses %s for %s', (source, expected, rest) => {
    expect(failure(() => field(source, expected))).toMatchObject({
      error: 'States.QueryEvaluationError',
      message: `The JSONata expression '${source}' specified for the field 'Items' returned an unexpected result type. ${rest}`,
      location: 'Items',
    });
  });

  test('must give something', () => {
    expect(failure(() => field('$missing', 'array')).message).toMatch(/returned nothing \(undefined\)\.$/);
  });
});

test.each<[Json, boolean]>([
  ['{% 1 %}', true],
  ['{%%}', true],
  ['{%}', false],
  ['{% 1 %} ', false],
  [1, false],
  [null, false],
])('isJsonata(%j) is %s', (value, expected) => expect(isJsonata(value)).toBe(expected));
