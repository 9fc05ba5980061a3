import { jsonataProblems } from '../../../lib/expressions/jsonata/jsonata-problems';
import type { StatesField } from '../../../lib/expressions/jsonata/references';

const IN_PASS: readonly StatesField[] = ['input', 'context'];
const messages = (source: string, allowed = IN_PASS) => jsonataProblems(source, allowed).map(({ message }) => message);
const topLevel = (...names: string[]) => names.map((name) => `Reference to '${name}' at the top level is not supported.`);

describe('an expression that does not parse', () => {
  test.each([
    ['a[1,2)', 'Expected "]", got ","'],
    ['"unterminated', 'String literal must be terminated by a matching quote'],
    ['1 +', 'Unexpected end of expression'],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ['$x :=', 'Unexpected end of expression'],
    ['$match("a", /abc', 'No terminating / in regular expression'],
    ['', 'Unexpected end of expression'],
    ['  ', 'Unexpected end of expression'],
    ['$f := 1; $g', 'Syntax error: ";"'],
    ['$match("a", /(/)', 'No terminating / in regular expression'],
    ['$match("a", /a**/)', 'Invalid regular expression: /a**/: Nothing to repeat'],
    [`${'('.repeat(50_000)}1${')'.repeat(50_000)}`, 'The expression nests too deep to be read'],
    [`${'1 + '.repeat(50_000)}1`, 'The expression nests too deep to be read'],
  ])('%.30s', (source, message) => {
    expect(jsonataProblems(source, IN_PASS)).toEqual([{ code: 'INVALID_JSONATA_EXPRESSION', message }]);
  });

  test.each([
    ['$a ?? 1', 'The symbol "?" cannot be used as a unary operator'],
    ['$a ?: 1', 'The symbol ":" cannot be used as a unary operator'],
  ])('%s, which JSONata has since 2.1 and Step Functions does not', (source, message) => {
    expect(messages(source)).toEqual([message]);
  });
});

describe('a reference to the document that is not there', () => {
  test.each([
    ['phone', ['phone']],
    ['phone[0]', ['phone']],
    ['$.phone', ['$']],
    ['$', ['$']],
    ['aaa + bbb & aaa', ['aaa', 'bbb']],
    ['orderId & "-x"', ['orderId']],
    ['$map($states.input.a, function($x){ b })', ['b']],
    ['{aaa: 1, "k": [bbb]}', ['aaa', 'bbb']],
    ['(phone).x ? -c : $not(d)', ['phone', 'c', 'd']],
    ['($x := y; $x)', ['y']],
    ['$states.input.a ~> f', ['f']],
    ['"phone".x', ['phone']],
    ['foo(1)', ['foo']],
  ])('%s', (source, names) => expect(messages(source)).toEqual(topLevel(...names)));

  test('$$ has a sentence of its own', () => {
    expect(jsonataProblems('$$.a', IN_PASS)).toEqual([
      { code: 'UNSUPPORTED_JSONATA_EXPRESSION', message: "Reference to '$$' is not supported." },
    ]);
  });

  test.each([
    '$states.input.phone',
    '$states.input.items[phone > 3]',
    '$states.input.items[$ > 3]',
    '$map($states.input.a, function($x){ $x.phone })',
    '$phone',
    '$states.input.(phone & $.name)',
    '$states.input.items^(price){ name: price }',
    '$states.input ~> |items|{"a": b}|',
    '$exists($phone) ? 1 : 2',
    '$states',
    '"text"',
  ])('is not in %s', (source) => expect(messages(source)).toEqual([]));
});

describe('a field of $states that is not there', () => {
  test.each([
    ['$states.result', IN_PASS, ['result']],
    ['$states.errorOutput.Cause', IN_PASS, ['errorOutput']],
    ['$sum($states.result.x) + $states.errorOutput.n', IN_PASS, ['result', 'errorOutput']],
    ['$states.input.items[id = $states.result.id]', IN_PASS, ['result']],
    ['$states.inputs', IN_PASS, ['inputs']],
    ['$states.result', ['input', 'context', 'result'] as const, []],
    ['$states.errorOutput', ['input', 'context', 'errorOutput'] as const, []],
    ['function($states){ $states.x }', IN_PASS, []],
  ])('%s', (source, allowed, fields) => {
    expect(messages(source, allowed)).toEqual(fields.map((field) => `Field '$states.${field}' does not exist.`));
  });
});
