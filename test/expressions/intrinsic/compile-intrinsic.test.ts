import { ExpressionSyntaxError } from '../../../lib/expressions/evaluation-error';
import { compileIntrinsic } from '../../../lib/expressions/intrinsic/compile-intrinsic';
import type { Json } from '../../../lib/json/json';
import { scopeOf } from '../scope';

const scope = scopeOf(
  { name: 'Ida', list: [1, [2, 3]], 'a, b)': 'odd', items: [{ id: 1 }, { id: 2 }], nothing: null, number: 1 },
  { Execution: { Name: 'run-1' } },
  { order: { id: 7 } },
);

test.each<[string, Json]>([
  ["States.Format('{} {} {}', $.name, $$.Execution.Name, $order.id)", 'Ida run-1 7'],
  ['States.Array( $.name ,$.list[1][0], 1.5 , -2e1 )', ['Ida', 2, 1.5, -20]],
  ["States.Array($['a, b)'], 'x, y)')", ['odd', 'x, y)']],
  ['States.ArrayLength($.items[?(@.id > 1 && (@.id < 3))])', 1],
  ['States.ArrayLength($.items[*].absent)', 0],
  ["States.Format('{}', $.nothing)", 'null'],
  [' States.Array(true,false,null) ', [true, false, null]],
  ["States.ArrayGetItem(States.StringSplit(States.Format('{}-x', $.name), '-'), 0)", 'Ida'],
  ["States.Array('it\\'s', '\\\\', '\\{\\}', '{}', '\"')", ["it's", '\\', '{}', '{}', '"']],
])('%s', (call, expected) => expect(compileIntrinsic(call)(scope)).toEqual(expected));

test.each([
  ["States.Format('{}', $.nope)", '$.nope'],
  ["States.Format('{}',$.nope)", '$.nope'],
  ["States.Format('{} {}', $.name, $.a.b)", '$.a.b'],
  ["States.Format('{}', States.Format('{}', $.nope))", '$.nope'],
  ["States.Format('{}', $.list[9])", '$.list[9]'],
  ["States.Format('{}', $.list[9].x)", '$.list[9].x'],
  ["States.Format('{}', $$.Nope.Deep)", '$.Nope.Deep'],
])('%s fails with the words AWS has for an argument that is not there', (call, path) => {
  const input = JSON.stringify(scope.input);
  expect(() => compileIntrinsic(call)(scope)).toThrow(
    expect.objectContaining({
      error: 'States.Runtime',
      message: `The function '${call}' had the following error: The JsonPath argument for the field '${path}' could not be found in the input '${input}'`,
    }),
  );
});

test('an index into what is no array fails with the words of the path library', () => {
  const call = "States.Format('{}', $.number[0])";
  expect(() => compileIntrinsic(call)(scope)).toThrow(
    `The function '${call}' had the following error: Filter: [0] can only be applied to arrays. Current context is: 1`,
  );
});

test('a failure of a call inside a call names the whole expression', () => {
  expect(() => compileIntrinsic('States.Array(States.ArrayLength($.name))')(scope)).toThrow(
    'There was an error while evaluating the intrinsic function: States.Array(States.ArrayLength($.name)). Invalid arguments in States.ArrayLength',
  );
});

test.each([
  ['', 'expected an intrinsic function'],
  ['Format()', 'expected an intrinsic function'],
  ['States.', 'expected an intrinsic function'],
  ['States.Frmat()', 'there is no intrinsic function States.Frmat; there are States.Format'],
  ['States.toString()', 'there is no intrinsic function States.toString'],
  ['States.UUID', "expected '('"],
  ['States.UUID(', "expected 'text', a number, a path"],
  ['States.Array(1', "expected ',' or ')'"],
  ['States.Array(1,)', "expected 'text', a number, a path"],
  ['States.Array(,1)', "expected 'text', a number, a path"],
  ['States.Array(1 2)', "expected ',' or ')'"],
  ['States.Array(truely)', "expected 'text', a number, a path"],
  ['States.Array("x")', "expected 'text', a number, a path"],
  ["States.Array('x)", 'a string is not closed'],
  ["States.Array('x\\')", 'a string is not closed'],
  ["States.Array('\\n')", "a '\\' is followed by one of"],
  ['States.StringToJson(\'{\\"a\\":1}\')', "a '\\' is followed by one of"],
  ['States.Array(1e999)', 'the number 1e999 is too large for a double, and what AWS makes of it is not known'],
  ['States.Array($.)', 'expected the name of a field'],
  ['States.Array($[)', "'[' is followed by"],
  ['States.UUID() ', ''],
  ['States.UUID() x', 'expected nothing after the call'],
  ['States.UUID()[0]', 'expected nothing after the call'],
  [`${'States.Array('.repeat(11)}${')'.repeat(11)}`, 'at most 10 intrinsic functions'],
  ['States.Array('.repeat(100_000), 'at most 10 intrinsic functions'],
])('%s', (call, message) => {
  if (message === '') return expect(compileIntrinsic(call)(scope)).toBeDefined();
  expect(() => compileIntrinsic(call)).toThrow(ExpressionSyntaxError);
  expect(() => compileIntrinsic(call)).toThrow(message);
});

test('ten functions in a field are enough for AWS and for us', () => {
  expect(compileIntrinsic(`${'States.Array('.repeat(10)}${')'.repeat(10)}`)(scope)).toEqual([[[[[[[[[[]]]]]]]]]]);
});
