import fc from 'fast-check';
import type { Json } from '../../lib/json/json';
import { createWorld } from '../../lib/simulator/world';
import { RANDOM_INPUT, randomBehaviour, randomDefinition } from './random-definition';
import { INVOKE, machineOf, only, runDefinition } from './run-definition';

/** The first value in there that could be changed. */
function findMutable(value: unknown, where: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Object.isFrozen(value)) return where;
  for (const [key, part] of Object.entries(value)) {
    const found = findMutable(part, `${where}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

test('what a service is asked, what comes out and what history keeps cannot be changed', async () => {
  await fc.assert(
    fc.asyncProperty(randomDefinition, fc.nat(1000), async (definition, salt) => {
      const behaviour = randomBehaviour(salt);
      const found: (string | undefined)[] = [];
      const world = createWorld({
        perform: (call) => {
          found.push(findMutable(call.parameters, `parameters of ${call.state}`));
          return behaviour(call, () => undefined);
        },
      });
      const run = await world.startExecution(machineOf(definition), RANDOM_INPUT, 'run').run();
      if (run.status === 'SUCCEEDED') found.push(findMutable(run.output, 'output'));
      expect(found.filter((one) => one !== undefined)).toEqual([]);
    }),
    { numRuns: 200, seed: 11 },
  );
});

test.each<[string, object]>([
  ['the Context Object', { 'x.$': '$$' }],
  ['what a wildcard finds', { 'x.$': '$.list[*]', 'y.$': '$..a' }],
  ['what an intrinsic function makes', { 'x.$': 'States.ArrayPartition($.list, 1)', 'y.$': 'States.JsonMerge($.o, $.o, false)' }],
  ['a template in a template', { x: { 'y.$': '$.o', z: [{ 'w.$': '$.list' }] } }],
])('a service cannot change %s', async (_, parameters) => {
  const found: (string | undefined)[] = [];
  const task = { Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'f', Payload: parameters } };
  const answers = { Only: ({ parameters: asked }: { parameters: Json }) => (found.push(findMutable(asked, '')), null) };
  const run = await runDefinition(only(task), { input: { list: [1, { a: 2 }], o: { a: { b: 1 } } }, answers });
  expect([run.status, found]).toEqual(['SUCCEEDED', [undefined]]);
});
