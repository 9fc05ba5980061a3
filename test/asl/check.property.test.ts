import * as fc from 'fast-check';
import { check } from '../../lib/asl/check';
import type { Problem } from '../../lib/asl/problem';
import { RULES } from '../../lib/asl/rules/index';

const examples = RULES.flatMap(({ failing, corrected }) => [failing.definition, corrected.definition]);

/** Every place in a value, as the keys that lead there. */
function places(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [way, ...inner.flatMap(([key, member]) => places(member, [...way, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const isWhole = ({ severity, code, message, pointer }: Problem): boolean =>
  ['ERROR', 'WARNING'].includes(severity) && code !== '' && message !== '' && typeof pointer === 'string';

const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    '$',
    '$$',
    '$.a',
    '$x',
    '{% $states.input %}',
    '{% 1 + %}',
    'States.Format(',
    'JSONata',
    'Map',
    'S',
    '__proto__',
  ),
);

test('whatever is in a definition, check answers', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), fc.nat(), hostile, hostile, (definition, first, second, one, other) => {
      let mutated: unknown = definition;
      for (const [at, by] of [
        [first, one],
        [second, other],
      ] as const) {
        const all = places(mutated);
        mutated = replaced(mutated, all[at % all.length] ?? [], by);
      }
      const problems = check(mutated, { type: first % 2 === 0 ? 'STANDARD' : 'EXPRESS' });
      expect(problems.filter((problem) => !isWhole(problem))).toEqual([]);
    }),
    { numRuns: 3000, seed: 7 },
  );
}, 60_000);
