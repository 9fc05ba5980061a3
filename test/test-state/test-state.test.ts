import type { Json } from '../../lib/json/json';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { StatesError } from '../../lib/simulator/states-error';
import type { TaskCall } from '../../lib/simulator/task-call';
import type { TestStateRequest } from '../../lib/test-state/request';
import { testState, type TestStateOptions } from '../../lib/test-state/test-state';

/** The response without what is always there, its JSON texts parsed. */
async function ask(request: TestStateRequest, options?: TestStateOptions) {
  const { inspectionData, output, ...rest } = await testState(request, options);
  const data = Object.entries(inspectionData ?? {}).map(([stage, value]) => [
    stage,
    typeof value === 'string' ? (JSON.parse(value) as Json) : value,
  ]);
  return {
    ...rest,
    ...(output === undefined ? {} : { output: JSON.parse(output) as Json }),
    ...(inspectionData === undefined ? {} : { inspectionData: Object.fromEntries(data) as Record<string, unknown> }),
  };
}

const sendMessage = 'arn:aws:states:::sqs:sendMessage';
const roleArn = 'arn:aws:iam::111122223333:role/workflow';
const order = { id: 'o-1', total: 40 };

const machine = {
  StartAt: 'Check total',
  States: {
    'Check total': {
      Type: 'Choice',
      Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Ask' }],
      Default: 'Ship all',
    },
    Ask: { Type: 'Wait', Seconds: 60, Next: 'Ship all' },
    'Ship all': {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Pack', States: { Pack: { Type: 'Pass', Result: { packed: true }, ResultPath: '$.packing', End: true } } },
        {
          StartAt: 'Tell',
          States: {
            Tell: { Type: 'Task', Resource: sendMessage, Parameters: { QueueUrl: 'q', 'MessageBody.$': '$.id' }, End: true },
          },
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Give up' }],
      ResultPath: '$.shipped',
      Next: 'Done',
    },
    Done: { Type: 'Succeed', OutputPath: '$.shipped' },
    'Give up': { Type: 'Fail', ErrorPath: '$.error.Error', Cause: 'no way' },
  },
};

describe('states of a state machine, by name', () => {
  test('a Choice names the next state', async () => {
    expect(await ask({ definition: machine, stateName: 'Check total', input: order })).toEqual({
      status: 'SUCCEEDED',
      output: order,
      nextState: 'Ship all',
      unchecked: [],
    });
    expect(await ask({ definition: machine, stateName: 'Check total', input: { total: 101 } })).toMatchObject({
      nextState: 'Ask',
    });
  });

  test('the definition and the input may be JSON text', async () => {
    const request = { definition: JSON.stringify(machine), stateName: 'Check total', input: JSON.stringify(order) };
    expect(await ask(request)).toMatchObject({ status: 'SUCCEEDED', output: order });
  });

  test('a state in a branch is found', async () => {
    expect(await ask({ definition: machine, stateName: 'Pack', input: order })).toEqual({
      status: 'SUCCEEDED',
      output: { ...order, packing: { packed: true } },
      unchecked: [],
    });
  });

  test('a Wait takes no real time, and no more than five minutes', async () => {
    expect(await ask({ definition: machine, stateName: 'Ask', input: order })).toMatchObject({
      status: 'SUCCEEDED',
      nextState: 'Ship all',
    });
    const long = { Type: 'Wait', Seconds: 301, End: true };
    expect(await ask({ definition: long })).toEqual({ status: 'FAILED', error: 'States.Timeout', unchecked: [] });
    expect(await ask({ definition: { ...long, Seconds: 299 } })).toMatchObject({ status: 'SUCCEEDED', output: {} });
  });

  test('a Fail fails, a Succeed succeeds', async () => {
    const failed = { error: { Error: 'Busy' } };
    expect(await ask({ definition: machine, stateName: 'Give up', input: failed })).toEqual({
      status: 'FAILED',
      error: 'Busy',
      cause: 'no way',
      unchecked: [],
    });
    expect(await ask({ definition: machine, stateName: 'Done', input: { shipped: 0 } })).toMatchObject({
      status: 'SUCCEEDED',
      output: 0,
    });
  });

  test('a Parallel comes to its mock', async () => {
    const mock = { result: [{ packed: true }, null] };
    expect(await ask({ definition: machine, stateName: 'Ship all', input: order, mock })).toEqual({
      status: 'SUCCEEDED',
      output: { ...order, shipped: mock.result },
      nextState: 'Done',
      unchecked: [],
    });
    const errorOutput = { error: 'Box.Missing' };
    expect(
      await ask({
        definition: machine,
        stateName: 'Ship all',
        input: order,
        mock: { errorOutput },
        stateConfiguration: { errorCausedByState: 'Pack' },
        inspectionLevel: 'DEBUG',
      }),
    ).toEqual({
      status: 'CAUGHT_ERROR',
      error: 'Box.Missing',
      output: { ...order, error: { Error: 'Box.Missing', Cause: null } },
      nextState: 'Give up',
      inspectionData: { input: order, errorDetails: { catchIndex: 0 } },
      unchecked: [],
    });
  });
});

describe('inspection data', () => {
  const task = {
    Type: 'Task',
    Resource: sendMessage,
    InputPath: '$.order',
    Parameters: { QueueUrl: 'q', 'MessageBody.$': '$.id' },
    ResultSelector: { 'id.$': '$.MessageId' },
    ResultPath: '$.message',
    OutputPath: '$.message',
    End: true,
  };

  test('INFO tells nothing, DEBUG every stage of JSONPath', async () => {
    const request = { definition: task, input: { order }, mock: { result: { MessageId: 'm-1' } } };
    expect(await ask(request)).toEqual({ status: 'SUCCEEDED', output: { id: 'm-1' }, unchecked: [] });
    expect((await ask({ ...request, inspectionLevel: 'DEBUG' })).inspectionData).toEqual({
      input: { order },
      afterInputPath: order,
      afterParameters: { QueueUrl: 'q', MessageBody: 'o-1' },
      result: { MessageId: 'm-1' },
      afterResultSelector: { id: 'm-1' },
      afterResultPath: { order, message: { id: 'm-1' } },
    });
  });

  test('stages that a failure kept from happening are absent', async () => {
    const broken = { ...task, ResultPath: '$.order.id' };
    expect(
      await ask({
        definition: { ...broken, InputPath: '$.none' },
        input: { order },
        mock: { result: {} },
        inspectionLevel: 'DEBUG',
      }),
    ).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: "Invalid path '$.none' : No results for path: $['none']",
      inspectionData: { input: { order } },
      unchecked: [],
    });
  });

  test('JSONata has Arguments in their place, and the variables', async () => {
    const definition = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: sendMessage,
      Arguments: { QueueUrl: 'q', MessageBody: '{% $states.input.id & $suffix %}' },
      Assign: { sent: '{% $states.result.MessageId %}' },
      Output: '{% $states.result.MessageId %}',
      Next: 'Somewhere',
    };
    const mock = { result: { MessageId: 'm-1' } };
    expect(await ask({ definition, input: order, mock, variables: { suffix: '!' }, inspectionLevel: 'DEBUG' })).toEqual({
      status: 'SUCCEEDED',
      output: 'm-1',
      nextState: 'Somewhere',
      inspectionData: {
        input: order,
        afterArguments: { QueueUrl: 'q', MessageBody: 'o-1!' },
        result: { MessageId: 'm-1' },
        variables: { suffix: '!', sent: 'm-1' },
      },
      unchecked: [],
    });
  });

  test('a Pass with a Result tells nothing of its input’s way', async () => {
    const pass = { Type: 'Pass', Parameters: { 'a.$': '$.id' }, End: true };
    const told = async (definition: object) => (await ask({ definition, input: order, inspectionLevel: 'DEBUG' })).inspectionData;
    expect(await told(pass)).toEqual({
      input: order,
      afterInputPath: order,
      afterParameters: { a: 'o-1' },
      afterResultSelector: { a: 'o-1' },
      afterResultPath: { a: 'o-1' },
    });
    expect(await told({ ...pass, Result: 0 })).toEqual({ input: order, result: 0, afterResultSelector: 0, afterResultPath: 0 });
  });

  test('a template is evaluated once', async () => {
    const definition = { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, End: true };
    const { output, inspectionData } = await ask({ definition, inspectionLevel: 'DEBUG' });
    expect(inspectionData?.['afterParameters']).toEqual(output);
  });

  test('TRACE tells the HTTP request and response', async () => {
    const definition = {
      Type: 'Task',
      Resource: 'arn:aws:states:::http:invoke',
      Parameters: {
        Method: 'GET',
        ApiEndpoint: 'https://shop.example/orders',
        QueryParameters: { id: ['o 1', 'o-2'] },
        Headers: { Accept: 'text/plain' },
        InvocationConfig: { ConnectionArn: 'arn:aws:events:us-east-1:111122223333:connection/shop/1' },
      },
      End: true,
    };
    const perform = () => ({
      value: { StatusCode: 200, StatusText: 'OK', Headers: { date: ['today'] }, ResponseBody: 'yes' },
      durationMs: 5,
    });
    const response = await testState({ definition, roleArn, inspectionLevel: 'TRACE' }, { perform });
    expect(response.inspectionData).toMatchObject({
      request: {
        protocol: 'https',
        method: 'GET',
        url: 'https://shop.example/orders?id=o%201&id=o-2',
        headers: '[Accept: text/plain, User-Agent: Amazon|StepFunctions|HttpInvoke|us-east-1, Range: bytes=0-262144]',
      },
      response: { protocol: 'https', statusCode: '200', statusMessage: 'OK', headers: '[date: today]', body: 'yes' },
    });
    const { inspectionData } = await testState({ definition, roleArn, inspectionLevel: 'DEBUG' }, { perform });
    expect(inspectionData).not.toHaveProperty('request');
  });
});

describe('Retry and Catch', () => {
  const definition = {
    Type: 'Task',
    Resource: sendMessage,
    Parameters: { QueueUrl: 'q', 'MessageBody.$': '$.id' },
    Retry: [
      { ErrorEquals: ['Busy'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 2 },
      { ErrorEquals: ['Slow'], IntervalSeconds: 1, BackoffRate: 1.5, MaxDelaySeconds: 2, JitterStrategy: 'FULL' },
    ],
    Catch: [
      { ErrorEquals: ['Busy'], Next: 'Later', ResultPath: '$.error' },
      { ErrorEquals: ['States.ALL'], Next: 'Never' },
    ],
    End: true,
  };
  const after = (error: string, retrierRetryCount?: number) =>
    ask({
      definition,
      input: order,
      mock: { errorOutput: { error, cause: 'c' } },
      inspectionLevel: 'DEBUG',
      ...(retrierRetryCount === undefined ? {} : { stateConfiguration: { retrierRetryCount } }),
    });

  test.each([
    ['Busy', undefined, { retryIndex: 0, retryBackoffIntervalSeconds: 3 }],
    ['Busy', 1, { retryIndex: 0, retryBackoffIntervalSeconds: 6 }],
    ['Slow', 1, { retryIndex: 1, retryBackoffIntervalSeconds: 1 }],
    ['Slow', 2, { retryIndex: 1, retryBackoffIntervalSeconds: 2 }],
  ])('%s after %s retries is retried', async (error, count, errorDetails) => {
    const response = await after(error, count);
    expect(response).toMatchObject({ status: 'RETRIABLE', error, cause: 'c', inspectionData: { errorDetails } });
    expect(response).not.toHaveProperty('output');
    expect(response).not.toHaveProperty('nextState');
  });

  test('when the retries are used up a Catcher takes it', async () => {
    expect(await after('Busy', 2)).toMatchObject({
      status: 'CAUGHT_ERROR',
      output: { ...order, error: { Error: 'Busy', Cause: 'c' } },
      nextState: 'Later',
      inspectionData: { errorDetails: { retryIndex: 0, catchIndex: 0 } },
    });
    expect(await after('Other')).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Never',
      inspectionData: { errorDetails: { catchIndex: 1 } },
    });
  });

  test('States.Runtime is neither retried nor caught', async () => {
    expect(await after('States.Runtime')).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('a failing JSONata expression is caught like any error', async () => {
    const state = {
      Type: 'Task',
      QueryLanguage: 'JSONata',
      Resource: sendMessage,
      Arguments: { QueueUrl: 'q', MessageBody: 'b' },
      Output: '{% $states.input.none %}',
      End: true,
    };
    const caught = {
      ...state,
      Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Repair', Output: '{% $states.errorOutput.Error %}' }],
    };
    const mock = { result: { MessageId: 'm' } };
    expect(await ask({ definition: caught, mock })).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Repair',
      output: 'States.QueryEvaluationError',
    });
    expect(await ask({ definition: state, mock })).toMatchObject({
      status: 'FAILED',
      cause: "The JSONata expression '$states.input.none' specified for the field 'Output' returned nothing (undefined).",
    });
  });
});

describe('a Task without a mock', () => {
  const definition = {
    Type: 'Task',
    Resource: sendMessage,
    Parameters: { QueueUrl: 'q', 'MessageBody.$': '$.id' },
    TimeoutSeconds: 10,
    Retry: [{ ErrorEquals: ['SQS.Busy'] }],
    End: true,
  };

  test('is performed', async () => {
    const calls: TaskCall[] = [];
    const perform = (call: TaskCall) => {
      calls.push(call);
      return { value: Promise.resolve({ MessageId: 'm-1' }), durationMs: 100 };
    };
    expect(await ask({ definition, roleArn, input: order }, { perform })).toMatchObject({
      status: 'SUCCEEDED',
      output: { MessageId: 'm-1' },
    });
    expect(calls).toMatchObject([{ resource: sendMessage, action: 'sendMessage', parameters: { MessageBody: 'o-1' } }]);
    expect(calls[0]?.executionArn).toMatch(/^arn:aws:states:us-east-1:111122223333:execution:/);
  });

  test('fails as what performs it fails, once', async () => {
    let calls = 0;
    const perform = () => {
      calls++;
      throw new StatesError('SQS.Busy', 'later');
    };
    expect(await ask({ definition, roleArn, input: order }, { perform })).toMatchObject({
      status: 'RETRIABLE',
      error: 'SQS.Busy',
      cause: 'later',
    });
    expect(calls).toBe(1);
  });

  test('times out on the virtual clock', async () => {
    const perform = () => ({ value: null, durationMs: Infinity });
    expect(await ask({ definition, roleArn, input: order }, { perform })).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
    const patient = { ...definition, TimeoutSeconds: 3600 };
    expect(await ask({ definition: patient, roleArn, input: order }, { perform })).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
  });

  test('needs a role, and something that performs it', async () => {
    await expect(testState({ definition, input: order })).rejects.toThrow('RoleArn must be specified when testing a Task state');
    const lonely = testState({ definition, roleArn, input: order });
    await expect(lonely).rejects.toThrow(SimulatorError);
    await expect(lonely).rejects.toThrow('give the request a mock, or testState(…) the option perform');
  });

  test('parameters that AWS could not start the task with fail it', async () => {
    const options = {
      perform: () => ({ value: null, durationMs: 0 }),
      problems: () => ["The field 'QueueUrl' is required but was missing"],
    };
    expect(await ask({ definition, roleArn, input: order }, options)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringMatching(/^The Parameters .* could not be used to start the Task: /) as unknown,
    });
  });
});

describe('the Context Object', () => {
  const definition = {
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: sendMessage,
    Arguments: { QueueUrl: 'q', MessageBody: 'b' },
    Output: '{% $states.context %}',
    Next: 'N',
  };
  const mock = { result: {} };

  test('is that of an Express execution just started', async () => {
    const { output } = await ask({ definition, input: order, mock, roleArn, stateConfiguration: { retrierRetryCount: 2 } });
    expect(output).toEqual({
      Execution: {
        Id: expect.stringMatching(/^arn:aws:states:us-east-1:111122223333:express:[^:]+:[^:]+$/) as unknown,
        Input: order,
        Name: expect.any(String) as unknown,
        RoleArn: roleArn,
        StartTime: '2025-01-01T00:00:00.000Z',
      },
      StateMachine: { Id: expect.any(String) as unknown, Name: expect.any(String) as unknown },
      State: { Name: 'StateName', EnteredTime: '2025-01-01T00:00:00.000Z', RetryCount: 2 },
    });
  });

  test('has the token of a callback', async () => {
    const callback = {
      ...definition,
      Resource: `${sendMessage}.waitForTaskToken`,
      Arguments: { QueueUrl: 'q', MessageBody: '{% $states.context.Task.Token %}' },
    };
    const { inspectionData } = await ask({ definition: callback, mock, inspectionLevel: 'DEBUG' });
    expect(inspectionData?.['afterArguments']).toEqual({ QueueUrl: 'q', MessageBody: expect.stringMatching(/./) as unknown });
  });

  test('may be given as a whole', async () => {
    const context = { Execution: { Name: 'mine', Input: null }, State: { RetryCount: 7 } };
    expect(await ask({ definition, mock, context })).toMatchObject({ output: context });
    expect(await ask({ definition, mock, context: '{}' })).toMatchObject({ output: {} });
  });

  test('is the same for the same seed', async () => {
    const [one, two, other] = await Promise.all([
      ask({ definition, mock }),
      ask({ definition, mock }),
      ask({ definition, mock }, { seed: 'x' }),
    ]);
    expect(one).toEqual(two);
    expect(one).not.toEqual(other);
  });

  test.each<[Json, string]>([
    [{ Map: {} }, "'Map' field is not supported when mocking a Context object"],
    [{ Execution: { Colour: 'red' } }, "Field 'Colour' is not allowed"],
    [{ Weather: {} }, "Field 'Weather' is not allowed"],
    [{ StateMachine: { Name: 5 } }, 'StateMachine.Name must be a string'],
    [{ State: { RetryCount: '5' } }, 'State.RetryCount must be a number'],
    [{ State: 5 }, 'State must be an object'],
    [[], 'must be a JSON object'],
    ['{', 'must be valid JSON'],
  ])('is refused if it is none: %j', async (context, problem) => {
    await expect(testState({ definition, mock, context })).rejects.toMatchObject({
      code: 'ValidationException',
      message: `Invalid Context object provided: ${problem}`,
    });
  });
});

test('nothing of a run is left behind: the same state can be tested again and again', async () => {
  const definition = { Type: 'Pass', Parameters: { '__proto__.$': '$.x' }, End: true };
  const first = await testState({ definition, input: { x: 1 } });
  expect(first.output).toBe('{"__proto__":1}');
  expect(await testState({ definition, input: { x: 1 } })).toEqual(first);
});
