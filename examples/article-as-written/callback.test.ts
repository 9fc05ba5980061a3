import type { Json } from '../../lib/testing';
import { createTestWorld, fails, lambda, service, simulate, SimulatorError, type TestWorld } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './callback.json';
import { withEdits } from './with-edits';

const order = { orderId: 'o-1', amount: 900 };

interface Message {
  readonly QueueUrl: string;
  readonly MessageBody: {
    readonly taskToken: string;
    readonly orderId: string;
    readonly amount: number;
    readonly approvalUrl: string;
  };
}

/** An approval queue on whose other side somebody decides at once, and the function that executes what was approved. */
function office(decide: (token: string, world: TestWorld) => void) {
  const queue = service('sqs:sendMessage', (request: Json) => {
    decide((request as unknown as Message).MessageBody.taskToken, world);
    return { MessageId: 'm-1', MD5OfMessageBody: '0' };
  });
  const executeOrder = lambda('execute-order', { executed: true });
  const world: TestWorld = createTestWorld(undefined, { fakes: [queue, executeOrder] });
  return { world, queue, executeOrder };
}

const approve = (token: string, world: TestWorld) => world.sendTaskSuccess(token, { approved: true });
const reject = (token: string, world: TestWorld) => world.sendTaskSuccess(token, { approved: false });
const nobody = () => undefined;

describe('as written', () => {
  test('AWS takes it, and an approval executes', async () => {
    const { world, executeOrder } = office(approve);
    const run = await simulate(asWritten, { world, input: order });
    expect(run).toSucceedWith({ executed: true });
    expect(executeOrder).toHaveBeenCalledTimes(1);
  });

  test('the decision replaces the order: ExecuteOrder does not know which one', async () => {
    const { world, executeOrder } = office(approve);
    await simulate(asWritten, { world, input: order });
    expect(executeOrder).toHaveBeenCalledWith({ approved: true });
  });

  test('an order that was not approved is executed as well', async () => {
    const { world, executeOrder } = office(reject);
    expect(await simulate(asWritten, { world, input: order })).toHaveVisited('WaitForApproval', 'ExecuteOrder');
    expect(executeOrder).toHaveBeenCalledTimes(1);
  });

  test('after 24 hours the execution fails as if something had gone wrong: nothing catches States.Timeout', async () => {
    const { world, executeOrder } = office(nobody);
    const run = await simulate(asWritten, { world, input: order });
    expect(run).toFailWith('States.Timeout', undefined);
    expect(run).toHaveTaken(86_400);
    expect(executeOrder).not.toHaveBeenCalled();
  });

  test('a message that is not sent once is not sent: nothing retries', async () => {
    const throttled = service('sqs:sendMessage', fails('SQS.AmazonSQSException'));
    const run = await simulate(asWritten, { input: order, fakes: [throttled] });
    expect(run).toFailWith('SQS.AmazonSQSException');
    expect(throttled).toHaveBeenCalledTimes(1);
  });

  test('the token, which is the right to decide, stands in a URL: in every log on its way', async () => {
    let taskToken = '';
    const { world, queue } = office((token) => {
      taskToken = token;
      approve(token, world);
    });
    await simulate(asWritten, { world, input: order });
    const approvalUrl = `https://internal.example.com/approve?token=${taskToken}`;
    expect(taskToken).not.toBe('');
    expect(queue).toHaveBeenCalledWith(expect.objectContaining({ MessageBody: { ...order, taskToken, approvalUrl } }));
  });

  test('without a fake the simulator says that it has no SQS yet', async () => {
    const run = simulate(asWritten, { input: order });
    await expect(run).rejects.toBeInstanceOf(SimulatorError);
    await expect(run).rejects.toThrow(/"WaitForApproval" .*sqs/s);
  });
});

const repaired = withEdits(asWritten, {
  '/States/WaitForApproval/ResultPath': '$.decision',
  '/States/WaitForApproval/Catch': [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'ApprovalExpired' }],
  '/States/WaitForApproval/Next': 'IsApproved',
  '/States/IsApproved': {
    Type: 'Choice',
    Choices: [
      {
        And: [
          { Variable: '$.decision.approved', IsPresent: true },
          { Variable: '$.decision.approved', BooleanEquals: true },
        ],
        Next: 'ExecuteOrder',
      },
    ],
    Default: 'OrderRejected',
  },
  '/States/OrderRejected': { Type: 'Fail', Error: 'OrderRejected' },
  '/States/ApprovalExpired': { Type: 'Fail', Error: 'ApprovalExpired' },
});

describe('with the decision beside the order, and looked at', () => {
  test('what is approved is executed, with its order', async () => {
    const { world, executeOrder } = office(approve);
    expect(await simulate(repaired, { world, input: order })).toSucceedWith({ executed: true });
    expect(executeOrder).toHaveBeenCalledWith({ ...order, decision: { approved: true } });
  });

  test.each([
    ['rejected', reject, 'OrderRejected'],
    ['forgotten', nobody, 'ApprovalExpired'],
  ])('what is %s is not', async (_, decide, error) => {
    const { world, executeOrder } = office(decide);
    expect(await simulate(repaired, { world, input: order })).toFailWith(error);
    expect(executeOrder).not.toHaveBeenCalled();
  });
});
