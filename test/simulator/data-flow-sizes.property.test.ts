import fc from 'fast-check';
import type { Json } from '../../lib/json/json';
import { sizeBytes } from '../../lib/json/size-bytes';
import { type Branch, BranchScope } from '../../lib/simulator/branch';
import { compileDataFlow } from '../../lib/simulator/data-flow/data-flow';
import type { Execution } from '../../lib/simulator/execution';
import { randomFromSeed } from '../../lib/simulator/random';

/*
 * Mostly a payload is known to fit from how it was made, and nobody looks at it. What is known must never be less than its size: else
 * a payload over the limit would go through.
 */

const execution = {
  random: randomFromSeed('sizes'),
  epochMs: 0,
  context: { Execution: {}, StateMachine: {} },
  typeOf: () => 'Pass',
} as unknown as Execution;

const document = fc.record({
  a: fc.jsonValue({ maxDepth: 2 }),
  b: fc.array(fc.jsonValue({ maxDepth: 1 })),
  'c"': fc.string({ unit: 'binary' }),
});
const path = fc.constantFrom('$', '$.a', '$.b', '$.b[0]', "$['c\"']", '$..a', '$.b[*]');
const value = fc.oneof(
  path,
  fc.constantFrom("States.Format('{}{}', 'x', $)", 'States.StringToJson(States.JsonToString($))', '$$', '$v'),
);
const template = fc.dictionary(fc.constantFrom('x.$', 'y.$', 'z.$'), value);
const jsonPath = fc.record(
  {
    InputPath: fc.constantFrom('$', '$.b', null),
    Parameters: fc.oneof(
      template,
      template.map((inner) => ({ inner, constant: [inner] })),
    ),
    ResultSelector: template,
    ResultPath: fc.constantFrom('$', null, '$.a2', '$.a3.b["\u0001"]', '$.b2.c'),
    OutputPath: fc.constantFrom('$', '$.a', null, '$.b', '$.b[9]', '$..b'),
  },
  { requiredKeys: [] },
);
const expression = fc.constantFrom(
  '{% $states.input %}',
  '{% $states.input.b %}',
  '{% $states.input.a %}',
  '{% $states.input.a.x %}',
  '{% $states.input.b[0] %}',
  '{% $states.result %}',
  '{% [$states.input, $states.input] %}',
  "{% $string($states.input) & 'x' %}",
  '{% $v %}',
);
const fields = fc.dictionary(fc.constantFrom('x', 'y', '"'), expression);
const jsonata = fc.record(
  { Arguments: fc.oneof(fields, expression), Output: fc.oneof(fields, expression, fc.array(expression)) },
  { requiredKeys: [] },
);

/** How many sizes were known. */
const known = { yes: 0, no: 0 };

function check(language: 'JSONPath' | 'JSONata', state: object, input: Json, result: Json): void {
  const frame = {
    state: 'S',
    input,
    variables: { v: [input] },
    step: { at: 'entered' },
    enteredMs: 0,
  } as unknown as Branch['frame'];
  const branch = { execution, frame, scope: new BranchScope(execution, frame, Infinity) } as unknown as Branch;
  const flow = compileDataFlow('S', state, language, true);
  branch.scope.carryOver(input, sizeBytes(input));
  const sizes = (made: Json): void => {
    const bound = branch.scope.knownBound(made);
    known[bound === Infinity ? 'no' : 'yes']++;
    expect(bound).toBeGreaterThanOrEqual(sizeBytes(made));
  };
  try {
    sizes(flow.input(branch));
    branch.scope.remember(result, sizeBytes(result));
    sizes(flow.output(branch, result).output);
  } catch (error) {
    // A path that finds nothing has no size.
    if ((error as { error?: string }).error === undefined) throw error;
  }
}

test('what is known of a payload is never less than its size', () => {
  fc.assert(
    fc.property(jsonPath, document, document, (state, input, result) => check('JSONPath', state, input as Json, result as Json)),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(jsonata, document, document, (state, input, result) => check('JSONata', state, input as Json, result as Json)),
    { numRuns: 500 },
  );
  // What nobody knows anything of is not wrong either.
  expect(known.yes / (known.yes + known.no)).toBeGreaterThan(0.8);
});
