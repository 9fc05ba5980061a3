import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../../lib/json/json';
import type { Definition } from './twins';

/*
 * Documents in which a key says what is there: `a` and `b` are objects, `l` a list of two or more, `m` a list of any length, `x` and `y`
 * neither. Every key may be missing. So no path leads through an array or past its end, where JSONata has rules of its own (differences.ts).
 */

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.integer({ min: -3, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);

/** Nearly always there. */
const perhaps = <T>(value: fc.Arbitrary<T>, freq = 12): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq });

const without = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;

const flat = {
  l: perhaps(fc.array(scalar, { minLength: 2, maxLength: 3 })),
  m: perhaps(fc.array(scalar, { maxLength: 2 })),
  x: perhaps(scalar),
  y: perhaps(scalar),
};
const leaf = fc.record(flat).map(without);
const inner = fc.record({ ...flat, a: perhaps(leaf), b: perhaps(leaf) }).map(without);

export const documents = fc.record({ ...flat, a: perhaps(inner), b: perhaps(inner) }).map(without);

const toObject = fc.array(fc.constantFrom('.a', '.b'), { maxLength: 2 }).map((steps) => `$${steps.join('')}`);
const to = (...ends: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(toObject, fc.constantFrom(...ends)).map(([path, end]) => path + end);
const toScalar = to('.x', '.y', '.l[0]', '.l[1]');

const filter = fc.option(fc.option(toObject, { nil: null, freq: 6 }), { nil: undefined, freq: 2 });

/** Parameters or ResultSelector: each key a constant or a path to something of its kind. */
const template = (depth: number): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      x: fc.constantFrom('constant', 1, false, null, undefined),
      'y.$': perhaps(toScalar, 2),
      'l.$': perhaps(to('.l'), 1),
      m: fc.constantFrom([], [1], [[1], []], undefined),
      'a.$': perhaps(toObject, 1),
      ...(depth === 0 ? {} : { b: perhaps(template(depth - 1), 1) }),
    })
    .map(without);

const resultPath = fc.option(toObject, { nil: null, freq: 8 });

const around = { InputPath: filter, ResultPath: perhaps(resultPath, 3), OutputPath: filter };

const pass = fc.oneof(
  fc.record({ Type: fc.constant('Pass'), ...around, Parameters: perhaps(template(1), 2) }),
  fc.record({ Type: fc.constant('Pass'), ...around, Result: leaf }),
);

/** Its function answers with what it is given. */
const task = fc.record({
  Type: fc.constant('Task'),
  Resource: fc.constant('arn:aws:lambda:us-east-1:123456789012:function:echo'),
  ...around,
  Parameters: perhaps(template(1), 2),
  ResultSelector: perhaps(template(0), 2),
});

const comparison = fc.oneof(
  fc.record({ Variable: toScalar, NumericGreaterThan: fc.integer({ min: -2, max: 2 }) }),
  fc.record({ Variable: toScalar, NumericLessThanEqualsPath: toScalar }),
  fc.record({ Variable: toScalar, StringEqualsPath: toScalar }),
  fc.record({ Variable: toScalar, StringLessThan: fc.string({ maxLength: 2 }) }),
  fc.record({ Variable: toScalar, StringMatches: fc.constantFrom('*', 'a*', '') }),
  fc.record({ Variable: toScalar, BooleanEquals: fc.boolean() }),
  fc.record({ Variable: toScalar, IsNull: fc.boolean() }),
  fc.record({ Variable: toScalar, IsString: fc.boolean() }),
  fc.record({ Variable: fc.oneof(toScalar, toObject, to('.m')), IsPresent: fc.boolean() }),
);

const { rule } = fc.letrec<{ rule: JsonObject }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.record({ And: fc.array(tie('rule'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ Or: fc.array(tie('rule'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ Not: tie('rule') }),
  ),
}));

const choice = fc.record({
  Type: fc.constant('Choice'),
  InputPath: filter,
  OutputPath: filter,
  Choices: fc.array(rule, { minLength: 1, maxLength: 2 }),
});

/** States in a row; the rules of a Choice lead to its end. */
export const pipelines: fc.Arbitrary<Definition> = fc
  .array(fc.oneof(pass, task, choice), { minLength: 1, maxLength: 4 })
  .map((states) => ({
    StartAt: 'S0',
    States: {
      ...Object.fromEntries(
        states.map((state, index) => {
          const next = index === states.length - 1 ? 'Done' : `S${index + 1}`;
          const onward =
            'Choices' in state
              ? { Choices: state.Choices.map((each) => ({ ...each, Next: 'Done' })), Default: next }
              : { Next: next };
          return [`S${index}`, { ...without(state), ...onward }];
        }),
      ),
      Done: { Type: 'Succeed' },
    },
  }));
