import fc from 'fast-check';
import { lambda, service, simulate } from '../../lib/testing';
import { RANDOM_INPUT, randomDefinition } from '../simulator/random-definition';
import { inARow, invoke, send } from './definitions';

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

test('what comes out of a run cannot be changed', async () => {
  let succeeded = 0;
  await fc.assert(
    fc.asyncProperty(randomDefinition, async (definition) => {
      const fakes = ['f', 'g', 'h'].map((name) => lambda(name, { answer: name }));
      const run = await simulate(definition as never, { input: RANDOM_INPUT, fakes }).catch(() => undefined);
      if (run?.status !== 'SUCCEEDED') return;
      succeeded++;
      expect(findMutable(run.output, 'output')).toBeUndefined();
    }),
    { numRuns: 100, seed: 11 },
  );
  expect(succeeded).toBeGreaterThan(10);
});

test.each<[string, object]>([
  ['the Context Object', { 'x.$': '$$' }],
  ['what a wildcard finds', { 'x.$': '$.list[*]', 'y.$': '$..a' }],
  ['what an intrinsic function makes', { 'x.$': 'States.ArrayPartition($.list, 1)', 'y.$': 'States.JsonMerge($.o, $.o, false)' }],
  ['a template in a template', { x: { 'y.$': '$.o', z: [{ 'w.$': '$.list' }] } }],
])('a fake cannot change %s', async (_, payload) => {
  let found: string | undefined = 'not called';
  const fake = lambda('f', (_payload, { parameters }) => {
    found = findMutable(parameters, 'parameters');
    return {};
  });
  const definition = inARow({
    Keep: { Type: 'Pass', ResultPath: '$.kept', Result: 1 },
    A: invoke('f', { Parameters: { FunctionName: 'f', Payload: payload } }),
  });
  const run = await simulate(definition, { input: { list: [1, { a: 2 }], o: { a: { b: 1 } } }, fakes: [fake] });
  expect([run.status, found]).toEqual(['SUCCEEDED', undefined]);
});

test('a fake that tries hears of it', async () => {
  const fake = service('sqs:sendMessage', (_request, { parameters }) => {
    (parameters as { MessageBody: string }).MessageBody = 'spoilt';
    return {};
  });
  await expect(simulate(inARow({ Send: send() }), { input: 'hello', fakes: [fake] })).rejects.toThrow(
    /read only property 'MessageBody'/,
  );
});
