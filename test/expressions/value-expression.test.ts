import { ExpressionSyntaxError } from '../../lib/expressions/evaluation-error';
import { compileValueExpression } from '../../lib/expressions/value-expression';
import { scopeOf } from './scope';

const scope = scopeOf({ cause: 'it broke', nothing: null, zero: 0 }, { State: { Name: 'S' } }, { why: 'x' });

test.each([
  ['$.cause', 'it broke'],
  ['$.nothing', null],
  ['$.zero', 0],
  ['$$.State.Name', 'S'],
  ['$why', 'x'],
  ["States.Format('{}!', $.cause)", 'it broke!'],
])('%s', (text, value) => expect(compileValueExpression(text, 'CausePath').evaluate(scope)).toBe(value));

test('a path that finds nothing fails with the field and the input', () => {
  expect(() => compileValueExpression('$.x', 'CausePath').evaluate(scope)).toThrow(
    expect.objectContaining({
      error: 'States.Runtime',
      message: `The JSONPath '$.x' specified for the field 'CausePath' could not be found in the input '{"cause":"it broke","nothing":null,"zero":0}'`,
    }),
  );
});

test('a path into the Context Object that finds nothing shows the Context Object', () => {
  expect(() => compileValueExpression('$$.x', 'value.$').evaluate(scope)).toThrow(
    `The JSONPath '$$.x' specified for the field 'value.$' could not be found in the input '{"State":{"Name":"S"}}'`,
  );
});

test.each([
  ['cause', "'cause' is neither a JSONPath, which begins with '$', nor an intrinsic function"],
  ['', 'neither a JSONPath'],
  ['{% $x %}', 'neither a JSONPath'],
  ['$.', 'expected the name of a field'],
  ['States.Nope()', 'there is no intrinsic function'],
])('%j is refused', (text, message) => {
  expect(() => compileValueExpression(text)).toThrow(ExpressionSyntaxError);
  expect(() => compileValueExpression(text)).toThrow(message);
});

test.each([
  ['$', true],
  ['$.a[0].b', true],
  ['$..a', false],
  ['$.a[*]', false],
  ['$$.Execution', false],
  ['$variable', false],
  ["States.Format('{}{}', $.a, $.a)", false],
])('%s gives a part of the input: %s', (text, isPart) => {
  expect(compileValueExpression(text).isPartOfInput).toBe(isPart);
});
