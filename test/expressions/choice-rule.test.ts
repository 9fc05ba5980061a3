import { choiceOperators } from '../../lib/expressions/choice-operators';
import { compileChoiceRule } from '../../lib/expressions/choice-rule';
import { ExpressionSyntaxError } from '../../lib/expressions/evaluation-error';
import type { Json, JsonObject } from '../../lib/json/json';
import { scopeOf } from './scope';

const holds = (rule: JsonObject, input: Json, context: JsonObject = {}): boolean =>
  compileChoiceRule(rule)(scopeOf(input, context));

const operatorHolds = (operator: string, value: Json, operand: Json): boolean =>
  holds({ Variable: '$.v', [operator]: operand }, { v: value });

const noon = '2026-01-31T12:00:00Z';

describe('operators', () => {
  test.each<[string, Json, Json, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', '', '', true],
    ['StringEquals', 'a', 'A', false],
    ['StringLessThan', 'Z', 'a', true],
    ['StringLessThan', 'a', 'a', false],
    ['StringLessThanEquals', 'a', 'a', true],
    ['StringGreaterThan', 'ä', 'z', true],
    ['StringGreaterThanEquals', 'b', 'a', true],
    ['StringLessThan', '😀', '\uffff', true], // by code unit, not by code point
    ['NumericEquals', 0, 0, true],
    ['NumericEquals', 1, 1.0, true],
    ['NumericLessThan', -1, 0, true],
    ['NumericLessThanEquals', 0, 0, true],
    ['NumericGreaterThan', 900, 500, true],
    ['NumericGreaterThan', '900', 500, false],
    ['NumericGreaterThanEquals', 499, 500, false],
    ['BooleanEquals', false, false, true],
    ['BooleanEquals', true, false, false],
    ['BooleanEquals', 0, false, false],
    ['TimestampEquals', '2026-01-31T13:00:00+01:00', noon, true],
    ['TimestampEquals', '2026-01-31T12:00:00.000Z', noon, true],
    ['TimestampLessThan', '2026-01-31T11:59:59Z', noon, true],
    ['TimestampLessThanEquals', noon, noon, true],
    ['TimestampGreaterThan', noon, noon, false],
    ['TimestampGreaterThanEquals', '2026-02-01T00:00:00Z', noon, true],
    ['TimestampEquals', '2026-01-31', noon, false],
    ['TimestampEquals', 1, noon, false],
    ['IsNull', null, true, true],
    ['IsNull', 0, true, false],
    ['IsNull', 0, false, true],
    ['IsPresent', null, true, true],
    ['IsPresent', null, false, false],
    ['IsNumeric', 0, true, true],
    ['IsNumeric', '0', true, false],
    ['IsString', '', true, true],
    ['IsString', null, false, true],
    ['IsBoolean', false, true, true],
    ['IsBoolean', 'false', true, false],
    ['IsTimestamp', noon, true, true],
    ['IsTimestamp', '2026-01-31', true, false],
    ['IsTimestamp', 1, false, true],
  ])('%s of %j and %j is %s', (operator, value, operand, expected) => {
    expect(operatorHolds(operator, value, operand)).toBe(expected);
    if (choiceOperators[operator]?.hasPath === true)
      expect(holds({ Variable: '$.v', [`${operator}Path`]: '$.other' }, { v: value, other: operand })).toBe(expected);
  });

  test.each<Json>([null, true, [], {}, ['a'], { a: 1 }])('nothing compares with %j', (value) => {
    for (const [name, { hasPath }] of Object.entries(choiceOperators)) {
      if (!hasPath || (name === 'BooleanEquals' && value === true)) continue;
      expect(holds({ Variable: '$.v', [`${name}Path`]: '$.v' }, { v: value })).toBe(false);
    }
  });

  test.each<[string, string, boolean]>([
    ['invoice-*.json', 'invoice-1.json', true],
    ['invoice-*.json', 'invoice-.json', true],
    ['invoice-*.json', 'invoice-1.xml', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*b*', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'axxcyyb', false],
    ['*ab*ab', 'xab', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\\\*', 'a\\x', true],
    ['a\\x', 'a\\x', true],
    ['a.c', 'abc', false],
    ['a\n*', 'a\nb\n', true],
  ])('StringMatches %j %j: %s', (pattern, text, expected) =>
    expect(operatorHolds('StringMatches', text, pattern)).toBe(expected),
  );

  test('StringMatches takes no exponential time', () => {
    const started = process.hrtime.bigint();
    expect(operatorHolds('StringMatches', 'a'.repeat(200_000), `${'*a'.repeat(50)}*b`)).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
  });
});

describe('combinations', () => {
  const is = (name: string): JsonObject => ({ Variable: `$.${name}`, BooleanEquals: true });
  test.each<[JsonObject, boolean]>([
    [{ And: [is('yes'), is('yes')] }, true],
    [{ And: [is('yes'), is('no')] }, false],
    [{ Or: [is('no'), is('yes')] }, true],
    [{ Or: [is('no'), is('no')] }, false],
    [{ Not: is('no') }, true],
    [{ Not: { And: [is('yes'), { Or: [is('no'), { Not: is('yes') }] }] } }, true],
    [{ ...is('yes'), Next: 'A', Comment: 'c' }, true],
  ])('%j is %s', (rule, expected) => expect(holds(rule, { yes: true, no: false })).toBe(expected));

  test('the right of And is not looked at when the left fails, so IsPresent guards', () => {
    const rule: JsonObject = {
      And: [
        { Variable: '$.a', IsPresent: true },
        { Variable: '$.a.b', StringEquals: 'x' },
      ],
    };
    expect(holds(rule, {})).toBe(false);
    expect(holds({ Or: [{ Not: { Variable: '$.a', IsPresent: true } }, rule] }, {})).toBe(true);
  });
});

describe('paths', () => {
  test('may lead into the Context Object or be the whole input', () => {
    expect(holds({ Variable: '$$.State.RetryCount', NumericEquals: 0 }, {}, { State: { RetryCount: 0 } })).toBe(true);
    expect(holds({ Variable: '$', StringEquals: 'go' }, 'go')).toBe(true);
    expect(holds({ Variable: '$.a', StringEqualsPath: '$$.Execution.Name' }, { a: 'x' }, { Execution: { Name: 'x' } })).toBe(
      true,
    );
  });

  test.each<[JsonObject, string]>([
    [{ Variable: '$.x', StringEquals: 'a' }, '$.x'],
    [{ Variable: '$.x.y', IsNull: true }, '$.x.y'],
    [{ Variable: '$.a', StringEqualsPath: '$.x' }, '$.x'],
    [{ Not: { Variable: '$.x', IsString: true } }, '$.x'],
  ])('%j fails where nothing is found', (rule, path) => {
    expect(() => holds(rule, { a: 'a' })).toThrow(
      expect.objectContaining({
        error: 'States.Runtime',
        message: `Invalid path '${path}': The choice state's condition path references an invalid value.`,
      }),
    );
  });

  test.each<[string, boolean]>([
    ['$.x', false],
    ['$.a', true],
    ['$.a.b', false],
    ['$.a[0]', false],
    ['$.__proto__', false],
    ['$.constructor', false],
  ])('IsPresent %s is %s', (path, expected) => {
    expect(holds({ Variable: path, IsPresent: true }, { a: 'text' })).toBe(expected);
    expect(holds({ Variable: path, IsPresent: false }, { a: 'text' })).toBe(!expected);
  });
});

describe('a rule that is none is refused', () => {
  test.each<[JsonObject, string]>([
    [{}, 'has one operator, found none'],
    [{ Variable: '$.a', Next: 'B' }, 'has one operator, found none'],
    [{ Variable: '$.a', StringEquals: 'a', IsString: true }, 'found StringEquals and IsString; combine tests with And'],
    [{ StringEquals: 'a' }, "'StringEquals' needs 'Variable'"],
    [{ Variable: 1, StringEquals: 'a' }, "needs 'Variable'"],
    [{ Variable: 'a', StringEquals: 'a' }, "begins with '$'"],
    [{ Variable: '$.a[*]', StringEquals: 'a' }, "'Variable' takes a Reference Path"],
    [{ Variable: '$.a', StringEqual: 'a' }, "there is no operator 'StringEqual'; there are And, Or, Not, StringEquals(Path)"],
    [{ Variable: '$.a', toString: 'a' }, "there is no operator 'toString'"],
    [{ Variable: '$.a', StringMatchesPath: '$.b' }, "there is no operator 'StringMatchesPath'"],
    [{ Variable: '$.a', IsNullPath: '$.b' }, "there is no operator 'IsNullPath'"],
    [{ Variable: '$.a', StringEquals: 1 }, "'StringEquals' takes a string, found 1"],
    [{ Variable: '$.a', NumericEquals: '1' }, `'NumericEquals' takes a number, found "1"`],
    [{ Variable: '$.a', BooleanEquals: 'true' }, "'BooleanEquals' takes a boolean"],
    [{ Variable: '$.a', IsPresent: 'yes' }, "'IsPresent' takes a boolean"],
    [
      { Variable: '$.a', TimestampEquals: '2026-01-31' },
      '\'TimestampEquals\' takes a timestamp, found "2026-01-31"; write it as',
    ],
    [{ Variable: '$.a', StringEqualsPath: 1 }, "'StringEqualsPath' takes a Reference Path, found 1"],
    [{ Variable: '$.a', StringEqualsPath: '$..b' }, "'StringEqualsPath' takes a Reference Path"],
    [{ And: [] }, "'And' takes a non-empty array"],
    [{ Or: {} }, "'Or' takes a non-empty array"],
    [{ And: [1] }, 'a Choice Rule is an object, found 1'],
    [{ Not: [] }, 'a Choice Rule is an object, found []'],
  ])('%j', (rule, message) => {
    expect(() => compileChoiceRule(rule)).toThrow(ExpressionSyntaxError);
    expect(() => compileChoiceRule(rule)).toThrow(message);
  });

  test('nested too deeply', () => {
    let rule: JsonObject = { Variable: '$.a', IsNull: true };
    for (let level = 0; level < 10_000; level++) rule = { Not: rule };
    expect(() => compileChoiceRule(rule)).toThrow('nests at most 100 levels');
  });
});
