import { accountWith, type Call, pass, PREFIX, refusal, ROLE, settled } from './account';

const arn = `${PREFIX}stateMachine:orders`;
const route = (version: number, weight: number): object => ({ stateMachineVersionArn: `${arn}:${version}`, weight });

/** A state machine with two versions, whose results are 1 and 2. */
async function orders(seed?: string): Promise<Call> {
  const { call } = accountWith({ seed });
  await call('CreateStateMachine', { name: 'orders', definition: pass(1), roleArn: ROLE, publish: true });
  await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(2), publish: true });
  return call;
}

test('is created, described, listed, updated and deleted', async () => {
  const call = await orders();
  const creationDate = new Date('2025-01-01T00:00:00Z');
  const live = { name: 'live', description: 'of customers', routingConfiguration: [route(1, 90), route(2, 10)] };
  const created = { stateMachineAliasArn: `${arn}:live`, creationDate };
  expect(await call('CreateStateMachineAlias', live)).toEqual(created);
  expect(await call('CreateStateMachineAlias', live)).toEqual(created);
  expect(await call('DescribeStateMachineAlias', { stateMachineAliasArn: `${arn}:live` })).toEqual({
    ...created,
    ...live,
    updateDate: creationDate,
  });
  await call('CreateStateMachineAlias', { name: 'test', routingConfiguration: [route(2, 100)] });
  const listed = async (stateMachineArn: string): Promise<readonly string[]> =>
    (await call('ListStateMachineAliases', { stateMachineArn })).stateMachineAliases.map(
      (alias: { stateMachineAliasArn: string }) => alias.stateMachineAliasArn,
    );
  expect(await listed(arn)).toEqual([`${arn}:live`, `${arn}:test`]);
  expect(await listed(`${arn}:1`)).toEqual([`${arn}:live`]);
  await call('UpdateStateMachineAlias', { stateMachineAliasArn: `${arn}:live`, routingConfiguration: [route(2, 100)] });
  expect(await listed(`${arn}:1`)).toEqual([]);
  expect(await call('DeleteStateMachineAlias', { stateMachineAliasArn: `${arn}:live` })).toEqual({});
  expect(await call('DeleteStateMachineAlias', { stateMachineAliasArn: `${arn}:live` })).toEqual({});
  expect(await listed(arn)).toEqual([`${arn}:test`]);
});

test.each<[object, string]>([
  [
    { routingConfiguration: [route(1, 70), route(2, 29)] },
    'Sum of routing configuration weights must equal 100. Received: [70, 29]',
  ],
  [
    { routingConfiguration: [route(1, 50), route(1, 50)] },
    `Routing configuration must contain distinct state machine version ARNs. Received: [${arn}:1, ${arn}:1]`,
  ],
  [
    { routingConfiguration: [{ stateMachineVersionArn: arn, weight: 100 }] },
    `Routing configuration must contain state machine version ARNs. Received: [${arn}]`,
  ],
])('is refused %j', async (wrong, message) => {
  const call = await orders();
  expect(await refusal(call('CreateStateMachineAlias', { name: 'live', ...wrong }))).toEqual(['ValidationException', message]);
});

test('has to lead to versions that are there, and has one name', async () => {
  const call = await orders();
  const unknown = ['ResourceNotFound', 'Request references a resource that does not exist.'];
  expect(await refusal(call('CreateStateMachineAlias', { name: 'live', routingConfiguration: [route(7, 100)] }))).toEqual(
    unknown,
  );
  await call('CreateStateMachineAlias', { name: 'live', routingConfiguration: [route(1, 100)] });
  expect((await refusal(call('CreateStateMachineAlias', { name: 'live', routingConfiguration: [route(2, 100)] })))[0]).toBe(
    'ConflictException',
  );
  const update = { stateMachineAliasArn: `${arn}:other`, description: 'x' };
  expect(await refusal(call('UpdateStateMachineAlias', update))).toEqual(unknown);
  expect(await refusal(call('StartExecution', { stateMachineArn: `${arn}:other` }))).toEqual(unknown);
});

/** How many of some executions an alias started in its first version. */
async function firstOf(count: number, weight: number, seed: string): Promise<number> {
  const call = await orders(seed);
  await call('CreateStateMachineAlias', { name: 'live', routingConfiguration: [route(1, weight), route(2, 100 - weight)] });
  let first = 0;
  for (let index = 0; index < count; index++) {
    const { executionArn } = await call('StartExecution', { stateMachineArn: `${arn}:live` });
    await settled();
    const { output, stateMachineVersionArn, stateMachineAliasArn } = await call('DescribeExecution', { executionArn });
    expect([stateMachineVersionArn, stateMachineAliasArn]).toEqual([`${arn}:${output}`, `${arn}:live`]);
    if (output === '1') first++;
  }
  return first;
}

test('starts executions in its versions by their weights, the same with the same seed', async () => {
  const first = await firstOf(200, 80, 'a');
  expect(first).toBeGreaterThan(140);
  expect(first).toBeLessThan(185);
  expect(await firstOf(200, 80, 'a')).toBe(first);
  expect(await firstOf(20, 0, 'a')).toBe(0);
  expect(await firstOf(20, 100, 'a')).toBe(20);
});
