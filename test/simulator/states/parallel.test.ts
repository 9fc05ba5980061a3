import { StatesError } from '../../../lib/simulator/states-error';
import { after, CALL, INVOKE, linesOf, runDefinition, SEND_AND_WAIT, typesOf } from '../run-definition';

const PASS = { Type: 'Pass', End: true };
const branch = (states: Record<string, object>) => ({ StartAt: Object.keys(states)[0], States: states });
const parallel = (branches: object[], more: object = {}, others: object = {}) => ({
  StartAt: 'P',
  States: { P: { Type: 'Parallel', Branches: branches, ...('Next' in more ? {} : { End: true }), ...more }, ...others },
});
const task = (name: string, more: object = {}) => branch({ [name]: { ...CALL, End: true, ...more } });
const FAIL = { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' };

test('branches interleave; Succeeded and Exited point to the last event of the branch that ended last', async () => {
  const run = await runDefinition(parallel([branch({ A: PASS }), branch({ B: PASS })]));
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 ParallelStateEntered P',
    '3←2 ParallelStateStarted',
    '4←3 PassStateEntered A',
    '5←4 PassStateExited A',
    '6←3 PassStateEntered B',
    '7←6 PassStateExited B',
    '8←7 ParallelStateSucceeded',
    '9←7 ParallelStateExited P',
    '10←9 ExecutionSucceeded',
  ]);
});

test('the result has the outputs in the order of branches, whichever ends first', async () => {
  const run = await runDefinition(
    parallel([
      branch({ A: { Type: 'Wait', Seconds: 5, Next: 'A2' }, A2: { ...PASS, Result: 'a' } }),
      branch({ B: { ...PASS, Result: 'b' } }),
    ]),
  );
  expect(run).toMatchObject({ output: ['a', 'b'] });
  // A ended last.
  expect(
    linesOf(run)
      .slice(-4, -1)
      .map((line) => line.split(' ')[0]),
  ).toEqual(['9←8', '10←9', '11←9']);
});

test('every branch gets the effective input; fields apply to the array of outputs', async () => {
  const run = await runDefinition(
    parallel([branch({ A: PASS }), branch({ B: { ...PASS, OutputPath: '$.v' } })], {
      InputPath: '$.in',
      Parameters: { 'v.$': '$.x' },
      ResultSelector: { 'second.$': '$[1]' },
      ResultPath: '$.out',
      OutputPath: '$.out',
    }),
    { input: { in: { x: 7 } } },
  );
  expect(run).toMatchObject({ output: { second: 7 } });
});

test('a Fail in a branch fails the state; siblings that have ended are left alone', async () => {
  const run = await runDefinition(parallel([branch({ A: PASS }), branch({ F: FAIL })]));
  expect(run).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'on purpose' });
  expect(linesOf(run).slice(3)).toEqual([
    '4←3 PassStateEntered A',
    '5←4 PassStateExited A',
    '6←3 FailStateEntered F',
    '7←6 ParallelStateFailed',
    '8←7 ExecutionFailed Broken',
  ]);
});

test('open siblings are aborted, all pointing to the event that failed', async () => {
  const run = await runDefinition(
    parallel([
      branch({ W: { Type: 'Wait', Seconds: 60, End: true } }),
      task('T'),
      branch({
        Token: {
          Type: 'Task',
          Resource: SEND_AND_WAIT,
          Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
          End: true,
        },
      }),
      branch({ Soon: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: FAIL }),
    ]),
    { answers: { T: () => after(30_000) } },
  );
  const lines = linesOf(run);
  const failing = lines.findIndex((line) => line.includes('FailStateEntered')) + 1;
  expect(lines.slice(failing)).toEqual([
    `${failing + 1}←${failing} WaitStateAborted`,
    `${failing + 2}←${failing} TaskStateAborted`,
    `${failing + 3}←${failing} TaskStateAborted`,
    `${failing + 4}←${failing} ParallelStateFailed`,
    `${failing + 5}←${failing + 4} ExecutionFailed Broken`,
  ]);
  expect(run.droppedCalls).toEqual([`The call of ${INVOKE} by "T"`]);
  expect(run.durationMs).toBe(1000);
});

test('a Task that fails its branch is aborted, too', async () => {
  const run = await runDefinition(parallel([task('T')]), {
    answers: {
      T: () => {
        throw new StatesError('E', 'c');
      },
    },
  });
  expect(linesOf(run).slice(6)).toEqual([
    '7←6 TaskFailed E',
    '8←7 TaskStateAborted',
    '9←7 ParallelStateFailed',
    '10←9 ExecutionFailed E',
  ]);
});

test('a Fail inside is caught outside, the error by its own name; Exited points to Failed', async () => {
  const definition = parallel(
    [branch({ F: FAIL })],
    { Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.error', Next: 'Caught' }] },
    { Caught: PASS },
  );
  const run = await runDefinition(definition, { input: { id: 1 } });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { id: 1, error: { Error: 'Broken', Cause: 'on purpose' } } });
  expect(linesOf(run).slice(3, 7)).toEqual([
    '4←3 FailStateEntered F',
    '5←4 ParallelStateFailed',
    '6←5 ParallelStateExited P',
    '7←6 PassStateEntered Caught',
  ]);
});

test('a retry starts all branches again: Started points to the event that failed, and there is no Failed in between', async () => {
  const run = await runDefinition(
    parallel([branch({ A: PASS }), branch({ F: FAIL })], {
      Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1, IntervalSeconds: 3 }],
    }),
  );
  expect(linesOf(run).slice(2)).toEqual([
    '3←2 ParallelStateStarted',
    '4←3 PassStateEntered A',
    '5←4 PassStateExited A',
    '6←3 FailStateEntered F',
    '7←6 ParallelStateStarted',
    '8←7 PassStateEntered A',
    '9←8 PassStateExited A',
    '10←7 FailStateEntered F',
    '11←10 ParallelStateFailed',
    '12←11 ExecutionFailed Broken',
  ]);
  expect(run.durationMs).toBe(3000);
});

test('a runtime error inside ends the execution at once: nothing is retried, caught or aborted', async () => {
  const run = await runDefinition(
    parallel(
      [branch({ W: { Type: 'Wait', Seconds: 9, End: true } }), branch({ A: { ...PASS, InputPath: '$.nope' } })],
      {
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Caught' }],
        Next: 'Caught',
      },
      { Caught: PASS },
    ),
  );
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(linesOf(run).slice(3)).toEqual([
    '4←3 WaitStateEntered W',
    '5←3 PassStateEntered A',
    '6←5 ExecutionFailed States.Runtime',
  ]);
});

test('nested: the inner state fails, then the outer one; open branches of both are aborted, inner ones first', async () => {
  const wait = (name: string, seconds: number, next?: string) => ({
    [name]: { Type: 'Wait', Seconds: seconds, ...(next === undefined ? { End: true } : { Next: next }) },
  });
  const inner = (name: string, branches: object[]) => branch({ [name]: { Type: 'Parallel', Branches: branches, End: true } });
  const run = await runDefinition(
    parallel([
      inner('Sleeping', [branch(wait('S1', 50)), branch(wait('S2', 60))]),
      inner('Failing', [branch(wait('F1', 70)), branch({ ...wait('F2', 1, 'F3'), F3: FAIL })]),
    ]),
  );
  const lines = linesOf(run);
  const failing = lines.findIndex((line) => line.includes('FailStateEntered')) + 1;
  expect(lines.slice(failing).map((line) => line.slice(line.indexOf('←')))).toEqual([
    `←${failing} WaitStateAborted`,
    `←${failing} ParallelStateFailed`,
    `←${failing + 2} WaitStateAborted`,
    `←${failing + 2} WaitStateAborted`,
    `←${failing + 2} ParallelStateAborted`,
    `←${failing + 2} ParallelStateFailed`,
    `←${failing + 6} ExecutionFailed Broken`,
  ]);
  expect(run.assumptions).toEqual(['nested-aborts']);
});

test('of two failures at the same moment the first one counts', async () => {
  const run = await runDefinition(
    parallel([branch({ A: { Type: 'Fail', Error: 'First' } }), branch({ B: { Type: 'Fail', Error: 'Second' } })]),
  );
  expect(run).toMatchObject({ error: 'First' });
  expect(typesOf(run).filter((type) => type === 'FailStateEntered')).toHaveLength(1);
});

test('a Succeed ends its branch only', async () => {
  expect(
    await runDefinition(parallel([branch({ S: { Type: 'Succeed' } }), branch({ B: { ...PASS, Result: 2 } })]), {
      input: { x: 1 },
    }),
  ).toMatchObject({ output: [{ x: 1 }, 2] });
});

test('a failure of its own, once its branches have succeeded, points to its success', async () => {
  const run = await runDefinition({
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Ok', States: { Ok: { Type: 'Pass', End: true } } }],
        ResultSelector: { 'm.$': '$.nope' },
        End: true,
      },
    },
  });
  expect(linesOf(run).slice(-2)).toEqual(['6←5 ParallelStateSucceeded', '7←6 ExecutionFailed States.Runtime']);
});
