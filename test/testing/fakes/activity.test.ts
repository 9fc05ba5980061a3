import { App, Duration, Stack } from 'aws-cdk-lib';
import { Activity, DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsInvokeActivity } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { activity, fails, simulate, StatesError, takes } from '../../../lib/testing';
import { inARow } from '../definitions';

const ARN = 'arn:aws:states:us-east-1:123456789012:activity:pack';
const packing = inARow({ Pack: { Type: 'Task', Resource: ARN, TimeoutSeconds: 7200 } });

function shop(): { readonly stack: Stack; readonly pack: Activity; readonly send: Activity } {
  const stack = new Stack(new App(), 'Shop');
  const pack = new Activity(stack, 'Pack');
  const send = new Activity(stack, 'Send', { activityName: 'send' });
  const states = [pack, send].map((one) => new StepFunctionsInvokeActivity(stack, `Use${one.node.id}`, { activity: one }));
  const [first, second] = states as [StepFunctionsInvokeActivity, StepFunctionsInvokeActivity];
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(first.next(second)) });
  return { stack, pack, send };
}

test('a worker works on the input, and has a name', async () => {
  const worker = activity('pack', ({ items }: { items: number }) => ({ parcels: items }), { workerName: 'packer-1' });
  const run = await simulate(packing, { input: { items: 2 }, fakes: [worker] });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { parcels: 2 }, unusedFakes: [] });
  expect(run.events[3]).toMatchObject({ type: 'ActivityStarted', activityStartedEventDetails: { workerName: 'packer-1' } });
  expect(worker).toHaveBeenCalledWith({ items: 2 });
});

test.each([
  [
    'takes its time',
    takes(Duration.hours(1), { ok: true }),
    { status: 'SUCCEEDED', output: { ok: true }, durationMs: 3_600_000 },
  ],
  ['takes too long', takes(Duration.hours(3), {}), { status: 'FAILED', error: 'States.Timeout', durationMs: 7_200_000 }],
  ['fails', fails('OutOfBoxes', 'none'), { status: 'FAILED', error: 'OutOfBoxes', cause: 'none' }],
  ['answers later', async () => Promise.resolve({ later: 1 }), { status: 'SUCCEEDED', output: { later: 1 } }],
  [
    'throws later',
    async () => Promise.reject(new StatesError('Late', 'cause')),
    { status: 'FAILED', error: 'Late', cause: 'cause' },
  ],
])('a worker that %s', async (_, answer, expected) => {
  expect(await simulate(packing, { fakes: [activity(ARN, answer)] })).toMatchObject(expected);
});

test('activities of a stack are meant by construct, name or logical id', async () => {
  const { stack, pack } = shop();
  const run = await simulate(stack, {
    fakes: [activity(pack, { packed: true }), activity('send', (input: object) => ({ ...input, sent: true }))],
  });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { packed: true, sent: true } });
});

test('an activity that nobody works on stops the run, and says what to add', async () => {
  await expect(simulate(packing)).rejects.toThrow(
    `"Pack" waits for a worker of the activity pack, and there is none. Add a fake: activity('pack', …).`,
  );
});

test('a worker of an activity that the stack does not have is refused', async () => {
  const { stack } = shop();
  await expect(simulate(stack, { fakes: [activity('pick', {})] })).rejects.toThrow(
    "activity('pick') is the worker of an activity that the stack does not have. It has: Shop/Pack/Resource, Shop/Send/Resource.",
  );
  const other = new Stack(new App(), 'Other');
  await expect(simulate(packing, { fakes: [activity(new Activity(other, 'Lone'), {})] })).rejects.toThrow('It has: none.');
});

test('an answer that is no JSON is refused where it is made', () => {
  expect(() => activity('pack', { at: 1n })).toThrow("the answer of activity('pack')");
});
