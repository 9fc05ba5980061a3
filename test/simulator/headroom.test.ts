import { CALL, INVOKE, only, payloadOf, runDefinition } from './run-definition';

const LIMIT_BYTES = 262_144;

test.each([
  ["the execution's input", only({ Type: 'Pass', Result: 1 }), { eventId: 1, member: 'input', state: undefined, sizeBytes: 102 }],
  [
    'what a state makes',
    {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, Next: 'B' },
        B: { Type: 'Pass', Result: 1, End: true },
      },
    },
    { eventId: 3, member: 'output', state: 'A', sizeBytes: 204 + '{"a":,"b":}'.length },
  ],
  [
    'what a service is asked, in a branch',
    only({
      Type: 'Parallel',
      Branches: [
        only({ Type: 'Task', Resource: INVOKE, Parameters: { 'FunctionName.$': "States.Format('{}{}', $, $)" } }, 'Ask'),
      ],
    }),
    { eventId: 5, member: 'parameters', state: 'Ask', sizeBytes: 202 + '{"FunctionName":}'.length },
  ],
  [
    'what a service answers, in an iteration',
    only({ Type: 'Map', ItemsPath: '$.items', ItemProcessor: only({ ...CALL, ResultPath: null }, 'Ask') }),
    { eventId: 12, member: 'output', state: 'Ask', sizeBytes: 1002 },
    { items: [1, 2] },
  ],
])('the largest payload: %s', async (_, definition, largestPayload, input: object | string = 'x'.repeat(100)) => {
  const run = await runDefinition(definition, {
    input: input as never,
    answers: { Ask: (call) => (payloadOf(call) === 1 ? 'y'.repeat(1000) : null) },
  });
  expect(run.headroom.largestPayload).toEqual({ limitBytes: LIMIT_BYTES, ...largestPayload });
});

test('sizes are those of the text in UTF-8', async () => {
  expect((await runDefinition(only({ Type: 'Succeed' }), { input: 'ä€"' })).headroom.largestPayload.sizeBytes).toBe(
    2 + 2 + 3 + 2,
  );
});

test('the events used, of those there may be', async () => {
  const run = await runDefinition(only({ Type: 'Succeed' }));
  expect(run.headroom.events).toEqual({ used: 4, limit: 25_000 });
  expect((await runDefinition(only({ Type: 'Succeed' }), { type: 'EXPRESS' })).headroom.events).toEqual({
    used: 4,
    limit: undefined,
  });
  expect(JSON.parse(JSON.stringify(run))).toMatchObject({ headroom: { largestPayload: { sizeBytes: 2 }, events: { used: 4 } } });
});
