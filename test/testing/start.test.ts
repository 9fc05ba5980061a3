import '../../lib/testing/jest';
import { callback, createTestWorld, service, simulate, start, takes } from '../../lib/simulator';

const ASK = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
};
const asking = (fields: object = {}): { StartAt: string; States: object } => ({
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Wait', Seconds: 60, Next: 'Ask' },
    Ask: { ...ASK, ...fields, Next: 'Done' },
    Done: { Type: 'Pass', End: true },
  },
});
const sent = { MessageId: 'm-1', MD5OfMessageBody: 'x' };
const queue = () => service('sqs:sendMessage', sent, { fieldValidationMode: 'NONE' });
const begun = (fields: object = {}, more: object = {}) => start(asking(fields), { input: { id: 1 }, fakes: [queue()], ...more });
const secondsOf = ({ now }: { now: Date }): number => (now.getTime() - Date.UTC(2025, 0, 1)) / 1000;

test('a test acts in between: it waits for a state, lets time pass, answers, and sees the end', async () => {
  const execution = begun({ TimeoutSeconds: 7200 });
  expect(secondsOf(execution)).toBe(0);
  const { taskToken, taskTokens } = await execution.reached('Ask');
  expect(secondsOf(execution)).toBe(60);
  expect(taskTokens).toEqual([taskToken]);
  await execution.advance(3600);
  expect(secondsOf(execution)).toBe(3660);
  execution.sendTaskSuccess(taskToken, { approved: true });
  const run = await execution.finished();
  expect(run).toSucceedWith({ approved: true });
  expect(run).toHaveTaken(3660);
});

test('time does not pass while the test thinks, however long that takes', async () => {
  const execution = begun({ TimeoutSeconds: 1 });
  const { taskToken } = await execution.reached('Ask');
  await new Promise((resolve) => setTimeout(resolve, 30));
  execution.sendTaskSuccess(taskToken, 1);
  expect(await execution.finished()).toSucceedWith(1);
});

test('what is due happens on the way, each at its time', async () => {
  const execution = begun({ HeartbeatSeconds: 100 });
  const { taskToken } = await execution.reached('Ask');
  await execution.advance(99);
  execution.sendTaskHeartbeat(taskToken);
  await execution.advance(99);
  execution.sendTaskHeartbeat(taskToken);
  await execution.advance(101);
  expect(() => execution.sendTaskHeartbeat(taskToken)).toThrow(/AWS would answer with TaskTimedOut/);
  expect(await execution.finished()).toFailWith('States.Timeout');
});

test('a state that it is in already is reached at once; one that it passes through, too', async () => {
  const execution = begun();
  await execution.reached('Prepare');
  expect(secondsOf(execution)).toBe(0);
  await execution.reached('Ask');
  const { taskToken } = await execution.reached('Ask');
  expect(secondsOf(execution)).toBe(60);
  execution.sendTaskSuccess(taskToken, 1);
  expect((await execution.reached('Done')).taskTokens).toEqual([]);
  expect(await execution.finished()).toSucceedWith(1);
});

test('a failure, a late answer and a second one', async () => {
  const execution = begun();
  const { taskToken } = await execution.reached('Ask');
  execution.sendTaskFailure(taskToken, 'Rejected', 'too dear');
  expect(() => execution.sendTaskSuccess(taskToken, 1)).toThrow(/it has been answered/);
  expect(await execution.finished()).toFailWith('Rejected', 'too dear');
  expect(() => execution.sendTaskSuccess(taskToken, 1)).toThrow(/Nobody waits for the task token/);
});

test('StopExecution', async () => {
  const execution = begun();
  await execution.reached('Ask');
  execution.stop('Enough', 'of this');
  expect(await execution.finished()).toMatchObject({ status: 'ABORTED', error: 'Enough', durationMs: 60_000 });
});

test('what nothing will bring about is told at once, with what to do; and can be done then', async () => {
  const execution = begun();
  await expect(execution.finished()).rejects.toThrow(
    '"Ask" waits for its task token and nothing will send it: send it with sendTaskSuccess or sendTaskFailure, or set TimeoutSeconds.',
  );
  await expect(execution.reached('Done')).rejects.toThrow(/waits for its task token/);
  execution.sendTaskSuccess((await execution.reached('Ask')).taskToken, 1);
  expect(await execution.finished()).toSucceedWith(1);
});

test('a state that it will not reach: misspelt, or ended before', async () => {
  const execution = begun({ TimeoutSeconds: 5 });
  await expect(execution.reached('Aks')).rejects.toThrow('no state "Aks". It has: Prepare, Ask, Done.');
  await expect(execution.reached('Done')).rejects.toThrow(
    'The execution has ended in FAILED without having reached "Done": States.Timeout.',
  );
});

test('the states of a Map have a token each', async () => {
  const execution = start(
    {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: {
            StartAt: 'Ask',
            States: { Ask: { ...ASK, End: true } },
          },
          End: true,
        },
      },
    },
    { input: [1, 2], fakes: [queue()] },
  );
  const reached = await execution.reached('Ask');
  expect(reached.taskTokens).toHaveLength(2);
  expect(() => reached.taskToken).toThrow('"Ask" waits for 2 task tokens: they are in taskTokens.');
  for (const [index, token] of reached.taskTokens.entries()) execution.sendTaskSuccess(token, index);
  expect(await execution.finished()).toSucceedWith([0, 1]);
});

test('two promises at once: the nearest comes first, and the test may act before the other', async () => {
  const execution = begun({ TimeoutSeconds: 10 });
  const end = execution.finished();
  const { taskToken } = await execution.reached('Ask');
  execution.sendTaskSuccess(taskToken, 'in time');
  expect(await end).toSucceedWith('in time');
});

test('executions of one world share the time that is in hand', async () => {
  const world = createTestWorld(undefined, { fakes: [queue()] });
  const first = start(asking(), { world, name: 'first' });
  const second = start({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } }, { world, input: 2 });
  await first.advance(99);
  expect((await second.reached('W')).taskTokens).toEqual([]);
  const other = simulate({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 500, End: true } } }, { world, input: 3 });
  expect(await other).toHaveTaken(500);
  expect(await second.finished()).toSucceedWith(2);
  const { taskToken } = await first.reached('Ask');
  first.sendTaskSuccess(taskToken, 1);
  expect(await first.finished()).toHaveTaken(599);
});

test('answers that take real time are waited for', async () => {
  const slow = service('sqs:sendMessage', () => new Promise((resolve) => setTimeout(() => resolve(sent), 20)), {
    fieldValidationMode: 'NONE',
  });
  const execution = begun({}, { fakes: [slow] });
  const { taskToken } = await execution.reached('Ask');
  execution.sendTaskSuccess(taskToken, 1);
  expect(await execution.finished()).toSucceedWith(1);
});

test('scripts and callbacks go on by themselves', async () => {
  const execution = begun(
    {},
    {
      fakes: [
        service('sqs:sendMessage', takes(5, sent), { fieldValidationMode: 'NONE' }),
        callback('Ask', { after: 30, succeed: 1 }),
      ],
    },
  );
  expect(await execution.finished()).toHaveTaken(90);
});

test('advance wants a duration', async () => {
  await expect(begun().advance(-1)).rejects.toThrow('advance() wants a duration of zero or more; it got -1000 ms.');
});

test('the run of an execution that ended before it was asked for', async () => {
  const execution = begun({ TimeoutSeconds: 5 });
  await execution.advance(1000);
  expect(secondsOf(execution)).toBe(1000);
  const run = await execution.finished();
  expect(run).toFailWith('States.Timeout');
  expect(run).toHaveTaken(65);
});
