import { after, CALL, linesOf, machineOf, only, runDefinition, SEND_AND_WAIT, typesOf, worldOf } from './run-definition';

const LIMIT = 262_144;
/** A string of that many bytes as JSON: two of them are its quotes. */
const text = (bytes: number): string => 'x'.repeat(bytes - 2);
const task = (fields: object = {}, others: object = {}) => ({
  StartAt: 'T',
  States: { T: { ...CALL, End: true, ...fields }, ...others },
});
const tooLong = (what: string): string =>
  `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`;
const CAUGHT = { Caught: { Type: 'Pass', Result: 'caught', End: true } };
const ALL = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];

describe("an execution's input", () => {
  test('may be 262,144 bytes of UTF-8, and not one more', async () => {
    expect((await runDefinition(only({ Type: 'Pass' }), { input: text(LIMIT) })).status).toBe('SUCCEEDED');
    expect(() => worldOf().startExecution(machineOf(only({ Type: 'Pass' })), text(LIMIT + 1))).toThrow(
      "The execution's input is 262145 bytes of JSON; Step Functions takes at most 262144. Put it in S3 and pass bucket and key.",
    );
  });

  test('is counted in bytes, not in characters', () => {
    const start = (input: string) => worldOf().startExecution(machineOf(only({ Type: 'Pass' })), input);
    expect(() => start('é'.repeat(131_071))).not.toThrow();
    expect(() => start('é'.repeat(131_072))).toThrow('262146 bytes');
    expect(() => start('😀'.repeat(65_536))).toThrow('262146 bytes');
    expect(() => start('"'.repeat(131_072))).toThrow('262146 bytes');
  });
});

describe("a task's result", () => {
  test('may be as long, and not one byte longer', async () => {
    expect((await runDefinition(task(), { answers: { T: () => text(LIMIT) } })).status).toBe('SUCCEEDED');
    const run = await runDefinition(task(), { answers: { T: () => text(LIMIT + 1) } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded', cause: tooLong('lambda') });
    expect(linesOf(run).slice(4)).toEqual([
      '5←4 TaskFailed States.DataLimitExceeded',
      '6←5 ExecutionFailed States.DataLimitExceeded',
    ]);
  });

  test('over the limit is caught by States.ALL (recorded)', async () => {
    expect(await runDefinition(task({ Catch: ALL }, CAUGHT), { answers: { T: () => text(LIMIT + 1) } })).toMatchObject({
      output: 'caught',
    });
  });

  test("of a function's ARN is named by the ARN", async () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    expect(await runDefinition(task({ Resource: arn }), { answers: { T: () => text(LIMIT + 1) } })).toMatchObject({
      cause: tooLong(arn),
    });
  });

  test('also counts when it is the answer to a submission, whose token is not open any more', async () => {
    let token = '';
    const run = await runDefinition(
      task(
        {
          Resource: SEND_AND_WAIT,
          Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
          Catch: [{ ...ALL[0], Next: 'W' }],
        },
        { W: { Type: 'Wait', Seconds: 9, End: true } },
      ),
      {
        answers: {
          T: (call, world) => {
            token = String(call.token);
            world.after(5000, () => expect(world.sendTaskSuccess(token, '1')).toBe(false));
            return after(0, text(LIMIT + 1));
          },
        },
      },
    );
    expect(run.status).toBe('SUCCEEDED');
    expect.assertions(2);
  });
});

describe('an output', () => {
  const big = { big: text(200_000) };

  test('over the limit fails the execution with the name of the state', async () => {
    const run = await runDefinition(only({ Type: 'Pass', ResultPath: '$.twice' }, 'Doubling'), { input: big });
    expect(run).toMatchObject({ error: 'States.DataLimitExceeded', cause: tooLong('Doubling') });
    expect(typesOf(run)).toEqual(['ExecutionStarted', 'PassStateEntered', 'ExecutionFailed']);
  });

  test("made by ResultPath is no matter for the state's own Catch, by assumption", async () => {
    const run = await runDefinition(
      task({ ResultPath: '$.result', Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: ALL }, CAUGHT),
      {
        input: big,
        answers: { T: () => text(100_000) },
      },
    );
    expect(run).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: tooLong('T'),
      assumptions: ['output-over-limit-not-caught'],
    });
    expect(typesOf(run).filter((type) => type === 'TaskScheduled')).toHaveLength(1);
  });

  test('in a branch is caught by the Parallel around it', async () => {
    const branch = { StartAt: 'D', States: { D: { Type: 'Pass', ResultPath: '$.twice', End: true } } };
    const definition = {
      StartAt: 'P',
      States: { P: { Type: 'Parallel', Branches: [branch], Catch: ALL, End: true }, ...CAUGHT },
    };
    expect(await runDefinition(definition, { input: big })).toMatchObject({ output: 'caught' });
  });

  test('of a Map counts all its items', async () => {
    const map = { Type: 'Map', ItemProcessor: { StartAt: 'G', States: { G: { ...CALL, End: true } } } };
    const run = await runDefinition(only(map, 'M'), { input: [1, 2, 3], answers: { G: () => text(100_000) } });
    expect(run).toMatchObject({ error: 'States.DataLimitExceeded', cause: tooLong('M') });
  });
});

test('what Parameters make counts, too; Retry and Catch see it, by assumption', async () => {
  const parameters = { Parameters: { FunctionName: 'f', 'a.$': '$.big', 'b.$': '$.big' } };
  const input = { big: text(200_000) };
  expect(await runDefinition(task(parameters), { input })).toMatchObject({
    error: 'States.DataLimitExceeded',
    cause: tooLong('T'),
    assumptions: ['input-over-limit'],
  });
  expect(await runDefinition(task({ ...parameters, Catch: ALL }, CAUGHT), { input })).toMatchObject({ output: 'caught' });
});
