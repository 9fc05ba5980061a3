import { only, runDefinition } from '../run-definition';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', 'Payload.$': '$' } };

/** A Distributed Map over three items with two tasks each. */
const twice = (fields: object = {}, execution = 'EXPRESS') =>
  only({
    Type: 'Map',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: execution },
      StartAt: 'First',
      States: { First: { ...TASK, ResultPath: null, Next: 'Second' }, Second: { ...TASK, End: true } },
    },
    ...fields,
  });

/** Runs it and notes the calls, in their order. @param durationMs virtual time of each */
async function calls(definition: object, durationMs: number) {
  const made: string[] = [];
  const run = await runDefinition(definition, {
    input: [0, 1, 2],
    perform: ({ state, parameters, epochMs }) => {
      const { Payload } = parameters as { readonly Payload: number };
      made.push(`${(epochMs - Date.UTC(2025, 0, 1)) / 1000} ${state} ${Payload}`);
      return { value: null, durationMs };
    },
  });
  return { run, made };
}

test.each(['EXPRESS', 'STANDARD'])('%s children that never wait run one after the other', async (execution) => {
  const { run, made } = await calls(twice({}, execution), 0);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: [null, null, null] });
  expect(made).toEqual(['0 First 0', '0 Second 0', '0 First 1', '0 Second 1', '0 First 2', '0 Second 2']);
});

test('children that wait run side by side, as many as may', async () => {
  const { made } = await calls(twice(), 1000);
  expect(made).toEqual(['0 First 0', '0 First 1', '0 First 2', '1 Second 0', '1 Second 1', '1 Second 2']);
  const two = await calls(twice({ MaxConcurrency: 2 }), 1000);
  expect(two.made).toEqual(['0 First 0', '0 First 1', '1 Second 0', '1 Second 1', '2 First 2', '3 Second 2']);
});
