import { accountWith, type Call, PREFIX, refusal, ROLE, settled } from './account';

const stateMachineArn = `${PREFIX}stateMachine:orders`;
const executionArn = `${PREFIX}execution:orders:first`;

const map = (Label: string, states: object) => ({
  StartAt: Label,
  States: {
    [Label]: {
      Type: 'Map',
      Label,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...states },
      End: true,
    },
  },
});

async function run(definition: object, input: string): Promise<Call> {
  const { call } = accountWith();
  await call('CreateStateMachine', { name: 'orders', definition: JSON.stringify(definition), roleArn: ROLE });
  await call('StartExecution', { stateMachineArn, name: 'first', input });
  await settled();
  return call;
}

const onlyMapRun = async (call: Call, arn: string) => {
  const { mapRuns } = await call('ListMapRuns', { executionArn: arn });
  expect(mapRuns).toHaveLength(1);
  return mapRuns[0].mapRunArn as string;
};

test('a Map Run in the child of a Map Run is found, and so are its children', async () => {
  const pass = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
  const call = await run(map('outer', map('inner', pass)), '[[1,2],[3]]');
  const outer = await onlyMapRun(call, executionArn);
  const { executions } = await call('ListExecutions', { mapRunArn: outer });
  const [, first] = executions as readonly { readonly executionArn: string }[];
  const inner = await onlyMapRun(call, first?.executionArn ?? '');
  expect(inner).toContain(':mapRun:orders/outer/inner:');
  expect(await call('DescribeMapRun', { mapRunArn: inner })).toMatchObject({
    executionArn: first?.executionArn,
    itemCounts: { succeeded: 2, total: 2 },
  });
  const { executions: innermost } = await call('ListExecutions', { mapRunArn: inner });
  expect(await call('DescribeExecution', { executionArn: innermost[0].executionArn })).toMatchObject({
    input: '2',
    mapRunArn: inner,
    stateMachineArn: `${stateMachineArn}/outer/inner`,
  });
  const unknown = `${innermost[0].executionArn.slice(0, -1)}x`;
  expect((await refusal(call('DescribeExecution', { executionArn: unknown })))[0]).toBe('ExecutionDoesNotExist');
});

test('a child whose history is full cannot be redriven, and is told so', async () => {
  const endless = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
  const call = await run(map('each', endless), '[1]');
  const mapRunArn = await onlyMapRun(call, executionArn);
  for (const redriveCount of [0, 1]) {
    expect(await call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'FAILED',
      redriveCount,
      executionCounts: { failed: 1, total: 1, failuresNotRedrivable: 1, pendingRedrive: 0 },
    });
    const { executions } = await call('ListExecutions', { mapRunArn });
    expect(await call('DescribeExecution', { executionArn: executions[0].executionArn })).toMatchObject({
      status: 'FAILED',
      redriveStatusReason: 'Execution history event limit exceeded',
    });
    if (redriveCount === 0) await call('RedriveExecution', { executionArn });
    await settled();
  }
});

test('the latest 10,000 of the children that have ended are kept', async () => {
  const pass = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
  const items = Array.from({ length: 10_002 }, (_, index) => index);
  const definition = map('each', pass);
  const call = await run(definition, JSON.stringify(items));
  const mapRunArn = await onlyMapRun(call, executionArn);
  expect((await call('DescribeMapRun', { mapRunArn })).itemCounts).toMatchObject({ succeeded: 10_002 });
  let [count, nextToken] = [0, undefined as string | undefined];
  do {
    const page = await call('ListExecutions', { mapRunArn, maxResults: 1000, nextToken });
    count += page.executions.length as number;
    nextToken = page.nextToken as string | undefined;
  } while (nextToken !== undefined);
  expect(count).toBe(10_000);
});
