import { StatesError } from '../../lib/simulator/states-error';
import { after, CALL, INVOKE, linesOf, only, runDefinition, secondsOf, typesOf } from './run-definition';

const task = (fields: object, others: object = {}) => ({
  StartAt: 'T',
  States: { T: { ...CALL, End: true, ...fields }, ...others },
});
const CAUGHT = { Caught: { Type: 'Pass', End: true } };
const ALL = [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }];
/** Fails with these errors, one after the other, and answers 'ok' then. */
const failsWith =
  (...errors: string[]) =>
  ({ attempt }: { attempt: number }): string => {
    const error = errors[attempt];
    if (error !== undefined) throw new StatesError(error, `attempt ${attempt}`);
    return 'ok';
  };

test('each attempt is scheduled anew, pointing to the failure before it; nothing is entered again', async () => {
  const run = await runDefinition(task({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3 }] }), {
    answers: { T: failsWith('Busy', 'Busy') },
  });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 TaskStateEntered T',
    '3←2 TaskScheduled',
    '4←3 TaskStarted',
    '5←4 TaskFailed Busy',
    '6←5 TaskScheduled',
    '7←6 TaskStarted',
    '8←7 TaskFailed Busy',
    '9←8 TaskScheduled',
    '10←9 TaskStarted',
    '11←10 TaskSucceeded',
    '12←11 TaskStateExited T',
    '13←12 ExecutionSucceeded',
  ]);
  expect(secondsOf(run).slice(4, 11)).toEqual([0, 2, 2, 2, 8, 8, 8]);
});

test('$$.State.RetryCount counts all retries of the visit, and begins at 0 in the next', async () => {
  const retry = [{ ErrorEquals: ['A'] }, { ErrorEquals: ['B'] }];
  const count = { FunctionName: 'f', 'count.$': '$$.State.RetryCount' };
  const seen: unknown[] = [];
  await runDefinition(
    {
      StartAt: 'T',
      States: {
        T: { Type: 'Task', Resource: INVOKE, Parameters: count, Retry: retry, Next: 'U' },
        U: { Type: 'Task', Resource: INVOKE, Parameters: count, End: true },
      },
    },
    {
      answers: {
        T: (call) => {
          seen.push(call.parameters);
          return failsWith('A', 'B', 'A')(call);
        },
        U: (call) => void seen.push(call.parameters) as never,
      },
    },
  );
  expect(seen).toMatchObject([{ count: 0 }, { count: 1 }, { count: 2 }, { count: 3 }, { count: 0 }]);
});

test('a state that is visited again counts from the beginning', async () => {
  let calls = 0;
  const run = await runDefinition(
    {
      StartAt: 'T',
      States: {
        T: { ...CALL, Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Next: 'Again' },
        Again: { Type: 'Choice', Choices: [{ Variable: '$', StringEquals: 'once', Next: 'T' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    },
    {
      answers: {
        T: () => {
          if (++calls % 2 === 1) throw new StatesError('E', undefined);
          return calls === 2 ? 'once' : 'twice';
        },
      },
    },
  );
  expect([run.status, calls]).toEqual(['SUCCEEDED', 4]);
});

test('an exhausted retrier hands over to Catch, not to the next retrier', async () => {
  const run = await runDefinition(
    task(
      {
        Retry: [
          { ErrorEquals: ['Busy'], MaxAttempts: 1 },
          { ErrorEquals: ['States.ALL'], MaxAttempts: 9 },
        ],
        Catch: ALL,
      },
      CAUGHT,
    ),
    { answers: { T: failsWith('Busy', 'Busy', 'Busy') } },
  );
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'Busy', Cause: 'attempt 1' } });
});

test('the first Catcher that matches is taken; its ResultPath keeps the raw input', async () => {
  const run = await runDefinition(
    task(
      {
        InputPath: '$.in',
        OutputPath: '$.nothing',
        Catch: [
          { ErrorEquals: ['Other'], Next: 'No' },
          { ErrorEquals: ['X', 'E'], ResultPath: '$.info.error', Next: 'Caught' },
          { ErrorEquals: ['States.ALL'], Next: 'No' },
        ],
      },
      { ...CAUGHT, No: { Type: 'Fail' } },
    ),
    { input: { in: 1 }, answers: { T: failsWith('E') } },
  );
  expect(run).toMatchObject({ output: { in: 1, info: { error: { Error: 'E', Cause: 'attempt 0' } } } });
  expect(linesOf(run).slice(4, 7)).toEqual(['5←4 TaskFailed E', '6←5 TaskStateExited T', '7←6 PassStateEntered Caught']);
});

test('ResultPath null drops the error; an error without a cause has null', async () => {
  const dropped = await runDefinition(task({ Catch: [{ ...ALL[0], ResultPath: null }] }, CAUGHT), {
    input: { a: 1 },
    answers: { T: failsWith('E') },
  });
  expect(dropped).toMatchObject({ output: { a: 1 } });
  const causeless = await runDefinition(task({ TimeoutSeconds: 1, Catch: ALL }, CAUGHT), { answers: { T: () => after(2000) } });
  expect(causeless).toMatchObject({ output: { Error: 'States.Timeout', Cause: null } });
});

test('States.TaskFailed does not catch States.Timeout', async () => {
  const run = await runDefinition(
    task({ TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }] }, CAUGHT),
    {
      answers: { T: () => after(2000) },
    },
  );
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('States.Runtime is neither retried nor caught, wherever it comes from', async () => {
  const policies = {
    Retry: [{ ErrorEquals: ['States.ALL'] }],
    Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Caught' }, ...ALL],
  };
  for (const fields of [
    { Parameters: { FunctionName: 'f', 'a.$': '$.nope' } },
    { ResultSelector: { 'a.$': '$.nope' } },
    { OutputPath: '$.nope' },
  ]) {
    const run = await runDefinition(task({ ...fields, ...policies }, CAUGHT), { answers: { T: () => ({}) } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  }
  let calls = 0;
  const thrown = await runDefinition(task(policies, CAUGHT), {
    answers: {
      T: () => {
        calls++;
        throw new StatesError('States.Runtime', 'from outside');
      },
    },
  });
  expect([thrown.status, calls]).toEqual(['FAILED', 1]);
});

test('a path that leads nowhere after the task has done its work leaves TaskSucceeded behind', async () => {
  const run = await runDefinition(task({ OutputPath: '$.nope' }), { answers: { T: () => ({}) } });
  expect(typesOf(run).slice(-2)).toEqual(['TaskSucceeded', 'ExecutionFailed']);
  expect(linesOf(run).at(-1)).toBe('6←5 ExecutionFailed States.Runtime');
});

test('a ResultPath that cannot be applied is retried and caught, by assumption', async () => {
  const run = await runDefinition(
    task(
      { ResultPath: '$.n.deep', Retry: [{ ErrorEquals: ['States.ResultPathMatchFailure'], MaxAttempts: 1 }], Catch: ALL },
      CAUGHT,
    ),
    {
      input: { n: 1 },
    },
  );
  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    output: { Error: 'States.ResultPathMatchFailure' },
    assumptions: ['output-failure-is-the-states'],
  });
  expect(typesOf(run).filter((type) => type === 'TaskSucceeded')).toHaveLength(2);
});

test('a Catcher whose ResultPath cannot be applied fails the state; no other Catcher is asked', async () => {
  const run = await runDefinition(
    task({ Catch: [{ ErrorEquals: ['E'], ResultPath: '$.n.deep', Next: 'Caught' }, ...ALL] }, CAUGHT),
    { input: { n: 1 }, answers: { T: failsWith('E') } },
  );
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.ResultPathMatchFailure', assumptions: ['catch-result-path'] });
});

describe('jitter', () => {
  const definition = task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 10, MaxAttempts: 4, JitterStrategy: 'FULL' }] });
  const delays = async (seed?: string): Promise<number[]> => {
    const run = await runDefinition(definition, {
      ...(seed === undefined ? {} : { seed }),
      answers: { T: failsWith('E', 'E', 'E', 'E') },
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', assumptions: ['jitter-full'] });
    const seconds = secondsOf(run);
    const scheduled = run.events.flatMap(({ type }, index) => (type === 'TaskScheduled' ? [seconds[index] as number] : []));
    return scheduled.slice(1).map((second, index) => second - (scheduled[index] as number));
  };

  test('is the same for the same seed, another for another, and never more than the delay', async () => {
    expect(await delays('a')).toEqual(await delays('a'));
    expect(await delays('a')).not.toEqual(await delays('b'));
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      (await delays(seed)).forEach((delay, index) => {
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(10 * 2 ** index);
      });
    }
  });
});

test('a Fail is not retried by its own state, for it has no Retry: the definition is refused', async () => {
  await expect(runDefinition(only({ Type: 'Fail', Retry: [{ ErrorEquals: ['States.ALL'] }] }))).rejects.toThrow(/Retry/);
});
