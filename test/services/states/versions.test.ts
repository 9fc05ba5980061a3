import { accountWith, type Call, pass, PREFIX, refusal, ROLE } from './account';

const arn = `${PREFIX}stateMachine:orders`;

async function orders(): Promise<Call> {
  const { call } = accountWith();
  await call('CreateStateMachine', { name: 'orders', definition: pass(), roleArn: ROLE, publish: true });
  return call;
}

test('a revision has one version, and numbers are not used again', async () => {
  const call = await orders();
  const publish = async (): Promise<string> =>
    (await call('PublishStateMachineVersion', { stateMachineArn: arn })).stateMachineVersionArn;
  expect(await publish()).toBe(`${arn}:1`);
  await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(2) });
  expect(await publish()).toBe(`${arn}:2`);
  expect(await publish()).toBe(`${arn}:2`);
  await call('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:2` });
  expect(await publish()).toBe(`${arn}:3`);
  const { stateMachineVersions } = await call('ListStateMachineVersions', { stateMachineArn: arn });
  expect(stateMachineVersions.map((version: { stateMachineVersionArn: string }) => version.stateMachineVersionArn)).toEqual([
    `${arn}:3`,
    `${arn}:1`,
  ]);
});

test('UpdateStateMachine publishes when told, with a description', async () => {
  const call = await orders();
  const updated = await call('UpdateStateMachine', {
    stateMachineArn: arn,
    definition: pass(2),
    publish: true,
    versionDescription: 'second',
  });
  expect(updated.stateMachineVersionArn).toBe(`${arn}:2`);
  expect(await call('DescribeStateMachine', { stateMachineArn: `${arn}:2` })).toMatchObject({
    stateMachineArn: `${arn}:2`,
    description: 'second',
    definition: pass(2),
    revisionId: updated.revisionId,
  });
  expect(await call('DescribeStateMachine', { stateMachineArn: `${arn}:1` })).toMatchObject({ definition: pass() });
});

test('another revision than the current one is not published', async () => {
  const call = await orders();
  expect(await refusal(call('PublishStateMachineVersion', { stateMachineArn: arn, revisionId: 'old' }))).toEqual([
    'ConflictException',
    'Failed to publish the State Machine version for revision old. The current State Machine revision is INITIAL.',
  ]);
  const { revisionId } = await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(2) });
  expect(await call('PublishStateMachineVersion', { stateMachineArn: arn, revisionId })).toMatchObject({
    stateMachineVersionArn: `${arn}:2`,
  });
});

test('a version that an alias leads to stays', async () => {
  const call = await orders();
  const routingConfiguration = [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }];
  await call('CreateStateMachineAlias', { name: 'live', routingConfiguration });
  await call('CreateStateMachineAlias', { name: 'test', routingConfiguration });
  expect(await refusal(call('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:1` }))).toEqual([
    'ConflictException',
    'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live, test]',
  ]);
});

test('deleting a version that is not there does nothing', async () => {
  const call = await orders();
  expect(await call('DeleteStateMachineVersion', { stateMachineVersionArn: `${arn}:7` })).toEqual({});
  expect((await refusal(call('DeleteStateMachineVersion', { stateMachineVersionArn: arn })))[0]).toBe('ValidationException');
});

test('there are at most 1,000', async () => {
  const call = await orders();
  for (let number = 2; number <= 1000; number++)
    await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(number), publish: true });
  expect((await refusal(call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(0), publish: true })))[0]).toBe(
    'ServiceQuotaExceededException',
  );
});
