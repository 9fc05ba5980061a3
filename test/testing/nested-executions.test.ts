import '../../lib/testing/jest';
import { createTestWorld, fails, lambda, service, simulate, start } from '../../lib/simulator';

const PREFIX = 'arn:aws:states:us-east-1:123456789012:stateMachine:';
const starting = (pattern: string, parameters: object = {}, more: object = {}) => ({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Parameters: { StateMachineArn: `${PREFIX}child`, 'Input.$': '$', ...parameters },
      ...more,
      End: true,
    },
  },
});
const child = {
  StartAt: 'Rest',
  States: {
    Rest: { Type: 'Wait', Seconds: 100, Next: 'Double' },
    Double: { Type: 'Pass', Parameters: { 'twice.$': 'States.MathAdd($.n, $.n)' }, End: true },
  },
};
const failing = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Sold', Cause: 'out' } } };
const world = (definition: object = child, more: object = {}) =>
  createTestWorld(undefined, { stateMachines: [{ name: 'child', definition: definition as never }], ...more });

test('.sync:2 waits for the execution, and gives its output', async () => {
  const run = await simulate(starting('.sync:2', { Name: 'first' }), { input: { n: 2 }, world: world() });
  expect(run).toHaveTaken(100);
  expect(run).toSucceedWith({
    ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:child:first',
    Input: { n: 2 },
    InputDetails: { Included: true },
    Name: 'first',
    Output: { twice: 4 },
    OutputDetails: { Included: true },
    RedriveCount: 0,
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    StartDate: 1735689600000,
    StateMachineArn: `${PREFIX}child`,
    Status: 'SUCCEEDED',
    StopDate: 1735689700000,
  });
  expect(run.events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

test('.sync gives input and output as text', async () => {
  const run = await simulate(starting('.sync'), { input: { n: 2 }, world: world() });
  expect(run).toSucceedWith(expect.objectContaining({ Input: '{"n":2}', Output: '{"twice":4}' }));
});

test('what fails in the execution fails the task, and can be caught and read', async () => {
  const definition = starting('.sync:2', {}, { Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Read' }] });
  const Read = { Type: 'Pass', Parameters: { 'why.$': 'States.StringToJson($.Cause)' }, End: true };
  const run = await simulate(
    { ...definition, States: { ...definition.States, Read } },
    { input: { n: 1 }, world: world(failing) },
  );
  expect(run).toSucceedWith({
    why: expect.objectContaining({ Status: 'FAILED', Error: 'Sold', Cause: 'out', Input: { n: 1 }, RedriveStatus: 'REDRIVABLE' }),
  });
});

test('without .sync it is started, and goes on by itself', async () => {
  const shared = world();
  const run = await simulate(starting('', { Name: 'a' }), { input: { n: 3 }, world: shared });
  expect(run).toHaveTaken(0);
  expect(run).toSucceedWith(
    expect.objectContaining({
      ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:child:a',
      StartDate: 1735689600000,
      SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
    }),
  );
  await shared.settled();
  expect(shared.executions()).toMatchObject([{ name: 'a', status: 'SUCCEEDED', input: { n: 3 }, output: { twice: 6 } }]);
});

test('a name is used once: the same input again is the same execution while it runs, anything else is an error', async () => {
  const shared = world();
  const again = starting('', { Name: 'a' });
  const first = start(again, { input: { n: 3 }, world: shared });
  const begun = await first.finished();
  await first.advance(99);
  const second = await simulate(again, { input: { n: 3 }, world: shared });
  expect(begun.status === 'SUCCEEDED' && begun.output).toMatchObject({ StartDate: 1735689600000 });
  expect(second).toSucceedWith(expect.objectContaining({ StartDate: 1735689600000 }));
  const message =
    /^Execution Already Exists: 'arn:.*:execution:child:a' \(Service: AWSStepFunctions; Status Code: 400; Error Code: ExecutionAlreadyExists; Request ID: .*; Proxy: null\)$/;
  const error = 'StepFunctions.ExecutionAlreadyExistsException';
  expect(await simulate(again, { input: { n: 4 }, world: shared })).toFailWith(error, message);
  await shared.settled();
  expect(await simulate(again, { input: { n: 3 }, world: shared })).toFailWith(error, message);
  expect(shared.executions()).toHaveLength(1);
});

test('its timeout ends the wait; the execution goes on', async () => {
  const shared = world();
  const run = await simulate(starting('.sync:2', {}, { TimeoutSeconds: 30 }), { input: { n: 1 }, world: shared });
  expect(run).toFailWith('States.Timeout');
  expect(run).toHaveTaken(30);
  expect(run.assumptions).toContain('job-after-timeout');
  await shared.settled();
  expect(shared.executions()).toMatchObject([{ status: 'SUCCEEDED' }]);
});

describe('the execution that a .sync task waits for is stopped', () => {
  const ask = starting('.sync:2').States.Ask;
  const rest = (seconds: number) => ({ StartAt: 'Rest', States: { Rest: { Type: 'Wait', Seconds: seconds, End: true } } });
  const no = { Rest: { Type: 'Wait', Seconds: 10, Next: 'No' }, No: { Type: 'Fail', Error: 'Sold' } };
  const asking = { StartAt: 'Ask', States: { Ask: ask } };
  const parallel = (branches: readonly object[], more: object = {}, after: object = {}) => ({
    StartAt: 'Both',
    States: { Both: { Type: 'Parallel', Branches: branches, ...more, End: true }, ...after },
  });
  const twoBranches = [asking, { StartAt: 'Rest', States: no }];
  const stopped = (atSeconds: number) => ({
    status: 'ABORTED',
    error: undefined,
    cause: undefined,
    stopDate: new Date(Date.UTC(2025, 0, 1, 0, 0, atSeconds)),
  });

  test.each([
    ['another branch fails', parallel(twoBranches), ['ParallelStateFailed', 'ExecutionFailed']],
    [
      'another branch fails, and that is caught',
      parallel(
        twoBranches,
        { Catch: [{ ErrorEquals: ['Sold'], Next: 'After' }] },
        { After: { Type: 'Wait', Seconds: 500, End: true } },
      ),
      ['WaitStateExited', 'ExecutionSucceeded'],
    ],
    ['its execution times out', { ...starting('.sync'), TimeoutSeconds: 10 }, ['TaskSubmitted', 'ExecutionTimedOut']],
  ])('when %s', async (_, definition, lastEvents) => {
    const shared = world();
    const run = await simulate(definition, { input: { n: 1 }, world: shared });
    expect(run.events.slice(-2).map(({ type }) => type)).toEqual(lastEvents);
    expect(shared.executions()).toMatchObject([stopped(10)]);
  });

  test('when another iteration fails', async () => {
    const Which = { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 2, Next: 'Rest' }], Default: 'Ask' };
    const ItemProcessor = { StartAt: 'Which', States: { Which, Ask: ask, ...no } };
    const definition = { StartAt: 'Each', States: { Each: { Type: 'Map', ItemProcessor, End: true } } };
    const shared = world();
    expect(await simulate(definition, { input: [{ n: 1 }, { n: 2 }, { n: 3 }], world: shared })).toFailWith('Sold');
    expect(shared.executions()).toMatchObject([stopped(10), stopped(10)]);
  });

  test('when its execution is stopped, with all that are nested in it', async () => {
    const shared = createTestWorld(undefined, {
      stateMachines: [
        { name: 'child', definition: child },
        { name: 'middle', definition: parallel([asking]) },
      ],
    });
    const outer = starting('.sync', { StateMachineArn: `${PREFIX}middle` });
    const execution = start(outer, { input: { n: 1 }, world: shared });
    await execution.reached('Ask');
    await execution.advance(7);
    expect(shared.executions()).toMatchObject([{ status: 'RUNNING' }, { status: 'RUNNING' }]);
    execution.stop('Enough', 'of it');
    expect(shared.executions()).toMatchObject([stopped(7), stopped(7)]);
    expect(await execution.finished()).toMatchObject({ status: 'ABORTED', error: 'Enough' });
    await shared.settled();
  });

  test('unless nothing waits for it, or it is over', async () => {
    const shared = world();
    const { Ask: alone } = starting('', { Name: 'alone' }).States;
    const { Ask: waited } = starting('.sync', { Name: 'waited' }).States;
    const next = (Next: string) => ({ End: undefined, Next });
    const States = { Alone: { ...alone, ...next('Waited') }, Waited: { ...waited, ...next('Rest') }, ...rest(500).States };
    const definition = JSON.stringify({ StartAt: 'Alone', States: { ...States, Alone: { ...States.Alone, ResultPath: null } } });
    const execution = start(definition, { input: { n: 1 }, world: shared });
    await execution.reached('Rest');
    execution.stop();
    await shared.settled();
    expect(shared.executions()).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
    const early = starting('', { Name: 'early' });
    const other = start(early, { input: { n: 1 }, world: shared });
    await other.reached('Ask');
    other.stop();
    await shared.settled();
    expect(shared.executions()[2]).toMatchObject({ name: 'early', status: 'SUCCEEDED' });
  });
});

test('aws-sdk:sfn has the whole API', async () => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: {
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution',
        Arguments: { StateMachineArn: `${PREFIX}child`, Input: { n: 5 } },
        Output: '{% $states.result.ExecutionArn %}',
        Next: 'Describe',
      },
      Describe: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:describeExecution',
        Arguments: { ExecutionArn: '{% $states.input %}' },
        Next: 'Stop',
      },
      Stop: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:stopExecution',
        Arguments: { ExecutionArn: '{% $states.input.ExecutionArn %}', Cause: 'enough' },
        Output: "{% {'was': $states.input.Status, 'stopped': $states.result.StopDate} %}",
        End: true,
      },
    },
  };
  const shared = world();
  expect(await simulate(definition, { world: shared })).toSucceedWith({ was: 'RUNNING', stopped: '2025-01-01T00:00:00.000Z' });
  expect(shared.executions()).toMatchObject([{ status: 'ABORTED', cause: 'enough' }]);
});

test('aws-sdk:sfn:startSyncExecution waits for an Express execution', async () => {
  const definition = {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:startSyncExecution',
        Parameters: { StateMachineArn: `${PREFIX}quick`, Input: { n: 1 } },
        ResultSelector: { 'status.$': '$.Status', 'output.$': 'States.StringToJson($.Output)' },
        End: true,
      },
    },
  };
  const run = await simulate(definition, { stateMachines: [{ name: 'quick', definition: child, type: 'EXPRESS' }] });
  expect(run).toSucceedWith({ status: 'SUCCEEDED', output: { twice: 2 } });
  expect(run).toHaveTaken(100);
});

test('an unknown token is refused as AWS refuses it', async () => {
  const definition = {
    StartAt: 'Send',
    States: {
      Send: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:sendTaskSuccess',
        Parameters: { TaskToken: 'NoSuchTaskToken', Output: 'x' },
        End: true,
      },
    },
  };
  expect(await simulate(definition)).toFailWith(
    'Sfn.InvalidTokenException',
    /^Invalid Token: 'Invalid token' \(Service: Sfn, Status Code: 400/,
  );
});

test('nested in nested, many at once, in the time of the longest', async () => {
  const middle = starting('.sync:2');
  const outer = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Ask',
          States: {
            Ask: {
              Type: 'Task',
              Resource: 'arn:aws:states:::states:startExecution.sync:2',
              Parameters: { StateMachineArn: `${PREFIX}middle`, 'Input.$': '$' },
              ResultSelector: { 'output.$': '$.Output.Output' },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };
  const run = await simulate(outer, {
    input: [{ n: 1 }, { n: 2 }, { n: 3 }],
    stateMachines: [
      { name: 'child', definition: child },
      { name: 'middle', definition: middle },
    ],
  });
  expect(run).toSucceedWith([{ output: { twice: 2 } }, { output: { twice: 4 } }, { output: { twice: 6 } }]);
  expect(run).toHaveTaken(100);
});

test('the same seed gives the same history', async () => {
  const once = () => simulate(starting('.sync:2'), { input: { n: 2 }, world: world() });
  expect(JSON.stringify((await once()).events)).toBe(JSON.stringify((await once()).events));
});

test('in a world whose time is in hand, too', async () => {
  const execution = start(starting('.sync:2'), { input: { n: 2 }, world: world() });
  await execution.reached('Ask');
  expect(execution.world.executions()).toMatchObject([{ status: 'RUNNING' }]);
  await execution.advance(99);
  expect(execution.world.executions()).toMatchObject([{ status: 'RUNNING' }]);
  expect(await execution.finished()).toHaveTaken(100);
});

describe('what is told', () => {
  test('a state machine that is not there', async () => {
    await expect(simulate(starting('', { StateMachineArn: `${PREFIX}other` }), { world: world() })).rejects.toThrow(
      `"Ask" starts the state machine ${PREFIX}other, which is not in the stack (it has: ${PREFIX}child). ` +
        "Add it with the option stateMachines: [{ name, definition }], or add a fake: service('states:startExecution', …).",
    );
  });

  test('.sync of an Express execution', async () => {
    const express = createTestWorld(undefined, { stateMachines: [{ name: 'child', definition: child, type: 'EXPRESS' }] });
    await expect(simulate(starting('.sync:2'), { world: express })).rejects.toThrow(
      /Express state machine, which Step Functions cannot do/,
    );
  });

  test('what the simulator cannot go on with in the nested execution, whoever waits for it', async () => {
    const stuck = {
      StartAt: 'Call',
      States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3vectors:queryVectors', Parameters: {}, End: true } },
    };
    const shared = world(stuck);
    await expect(simulate(starting('.sync:2'), { world: shared })).rejects.toThrow(/"Call" calls .*queryVectors.* Add a fake/);
    const other = world(stuck);
    await simulate(starting(''), { world: other }).catch(() => undefined);
    await expect(other.settled()).rejects.toThrow(/execution:child:.*"Call" calls/);
  });

  test('a definition that AWS would refuse', async () => {
    await expect(simulate(starting(''), { world: world({ StartAt: 'A', States: {} }) })).rejects.toThrow(
      /CreateStateMachine of "child", which is to be there from the beginning: InvalidDefinition/,
    );
  });

  test('what waits for a token in the nested execution', async () => {
    const asking = {
      StartAt: 'Wait for it',
      States: {
        'Wait for it': {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: { FunctionName: 'f', Payload: {} },
          End: true,
        },
      },
    };
    await expect(simulate(starting('.sync:2'), { world: world(asking, { fakes: [lambda('f', 1)] }) })).rejects.toThrow(
      /"Wait for it" waits for its task token/,
    );
  });
});

test('a fake wins', async () => {
  const fakes = [service('states:startExecution', fails('StepFunctions.ExecutionLimitExceededException'))];
  expect(await simulate(starting('.sync:2'), { world: world(child, { fakes }) })).toFailWith(
    'StepFunctions.ExecutionLimitExceededException',
  );
});

describe('Express executions run at least once', () => {
  const starter = {
    StartAt: 'Start',
    States: {
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution',
        Parameters: { StateMachineArn: `${PREFIX}quick`, Name: 'once', Input: {} },
        End: true,
      },
    },
  };
  const counting = {
    StartAt: 'Count',
    States: {
      Count: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'count', 'Payload.$': '$$.Execution.Name' },
        End: true,
      },
    },
  };
  const runs = async (options: object): Promise<number> => {
    const count = lambda('count', null);
    const stateMachines = [{ name: 'quick', definition: counting, type: 'EXPRESS' as const }];
    const shared = createTestWorld(undefined, { stateMachines, fakes: [count], ...options });
    expect(await simulate(starter, { world: shared })).toSucceedWith(expect.anything());
    await shared.settled();
    expect(new Set(count.calls.map(({ request }) => request))).toEqual(new Set(['once']));
    return count.calls.length;
  };

  test('once, unless a test wants more', async () => {
    expect(await runs({})).toBe(1);
  });

  test('twice, as often as a test says, by the seed', async () => {
    expect(await runs({ expressDuplicates: 1 })).toBe(2);
    const some = await Promise.all(Array.from({ length: 20 }, (_, seed) => runs({ expressDuplicates: 0.5, seed: `${seed}` })));
    expect(new Set(some)).toEqual(new Set([1, 2]));
    expect(await runs({ expressDuplicates: 0.5, seed: '3' })).toBe(some[3]);
  });

  test('a share is from 0 to 1', () => {
    expect(() => createTestWorld(undefined, { expressDuplicates: 2 })).toThrow(
      'The option expressDuplicates is a number from 0 to 1; found 2.',
    );
  });
});
