import type { Json } from '../../../lib/json/json';
import { answerIn, readMockConfig } from '../../../lib/services/states/mock-config';
import { accountWith, PREFIX, ROLE, settled } from './account';

const config = {
  StateMachines: { orders: { TestCases: { Happy: { Ask: 'Yes', Job: 'Done' }, Sad: { Ask: 'No' } } } },
  MockedResponses: {
    Yes: { '0': { Return: { yes: true } } },
    No: { '0': { Throw: { Error: 'Refused', Cause: 'no' } }, '1-2': { Return: null } },
    Done: { '0': { Return: { Status: 'SUCCEEDED' } } },
  },
};

const task = (Resource: string, rest: object): object => ({ Type: 'Task', Resource, ResultPath: '$.result', ...rest });

const definition = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: task('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
      Next: 'Job',
    }),
    Job: task('arn:aws:states:::states:startExecution.sync', {
      Parameters: { StateMachineArn: 'arn' },
      ResultPath: '$.job',
      End: true,
    }),
  },
});

/** Runs the machine in a test case. */
async function run(testCase: string): Promise<{ readonly status: string; readonly output?: string; readonly error?: string }> {
  const { call, world, account } = accountWith({
    mockConfig: readMockConfig(config),
    perform: (made) => {
      const mocks = account.testCases.get(made.executionArn);
      return (mocks === undefined ? undefined : answerIn(mocks, made, world)) ?? { value: 'real', durationMs: 0 };
    },
  });
  await call('CreateStateMachine', { name: 'orders', definition, roleArn: ROLE });
  const { executionArn } = await call('StartExecution', { stateMachineArn: `${PREFIX}stateMachine:orders${testCase}` });
  await settled();
  return call('DescribeExecution', { executionArn });
}

test('tokens and jobs come to what the test case says', async () => {
  expect(await run('#Happy')).toMatchObject({ output: '{"result":{"yes":true},"job":{"Status":"SUCCEEDED"}}' });
  expect(await run('#Sad')).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'no' });
});

test('a Task of an activity is not mocked, at any depth', async () => {
  const { call } = accountWith({
    mockConfig: readMockConfig({
      StateMachines: { m: { TestCases: { Packed: { Pack: 'Done', Ship: 'Done' }, Shipped: { Ship: 'Done' } } } },
      MockedResponses: { Done: { '0': { Return: {} } } },
    }),
  });
  const Pack = { Type: 'Task', Resource: `${PREFIX}activity:pack`, End: true };
  const Both = { Type: 'Parallel', Branches: [{ StartAt: 'Pack', States: { Pack } }], Next: 'Ship' };
  const Ship = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Parameters: { QueueUrl: 'q', MessageBody: 'b' },
    End: true,
  };
  const text = JSON.stringify({ StartAt: 'Both', States: { Both, Ship } });
  await call('CreateStateMachine', { name: 'm', definition: text, roleArn: ROLE });
  const start = (testCase: string) => call('StartExecution', { stateMachineArn: `${PREFIX}stateMachine:m#${testCase}` });
  await expect(start('Packed')).rejects.toThrow(
    'The test case "Packed" of the state machine "m" mocks "Pack": Tasks of activities, which a mock configuration cannot answer.',
  );
  await start('Shipped');
});

test('a bare # is no test case', async () => {
  expect(await run('#')).toMatchObject({ status: 'RUNNING' });
});

test('an attempt that the file does not cover fails with States.Runtime', async () => {
  const { stateMachines } = readMockConfig({
    StateMachines: { m: { TestCases: { c: { T: 'R' } } } },
    MockedResponses: { R: { '1': { Return: 1 } } },
  });
  const testCase = stateMachines.get('m')?.get('c');
  const answer = (): unknown =>
    testCase === undefined
      ? undefined
      : answerIn(
          testCase,
          { state: 'T', attempt: 0, resource: 'r', submitted: undefined, token: undefined } as never,
          {} as never,
        );
  expect(answer).toThrow('The mocked response "R" of "T" has no attempt 0.');
});

test('all mistakes are told at once', () => {
  const wrong: Json = {
    StateMachines: { m: { TestCases: { c: { T: 'Nothing' }, d: [] } }, n: {} },
    MockedResponses: {
      A: { '0': { Return: 1, Throw: { Error: 'E' } }, x: { Return: 1 }, '3-1': { Return: 1 } },
      B: { '0-2': { Return: 1 }, '1': { Return: 2 } },
      C: { '0': { Throw: { Cause: 'c' } } },
      D: 5,
    },
  };
  expect(() => readMockConfig(wrong)).toThrow(
    [
      'The mock configuration is not right:',
      '  - MockedResponses.A.0 wants either "Return" or "Throw"; found {"Return":1,"Throw":{"Error":"E"}}',
      '  - MockedResponses.A has "x", which is no attempt, such as "0", and no range of them, such as "1-2"',
      '  - MockedResponses.A has "3-1", which is no attempt, such as "0", and no range of them, such as "1-2"',
      '  - MockedResponses.B has attempt 1 twice',
      '  - MockedResponses.C.0.Throw wants the texts "Error" and, if there is one, "Cause"; found {"Cause":"c"}',
      '  - MockedResponses.D is an object: attempts such as "0" or "1-2", and what each comes to; found 5',
      '  - StateMachines.m.TestCases.c.T names none of MockedResponses; found "Nothing"',
      '  - StateMachines.m.TestCases.d is an object: states, and which of MockedResponses each answers; found []',
      '  - StateMachines.n wants an object "TestCases"; found nothing',
    ].join('\n'),
  );
});
