import { accountWith, pass, PREFIX, refusal, ROLE } from './account';

test('state machines and activities have tags', async () => {
  const { call } = accountWith();
  await call('CreateStateMachine', { name: 'orders', definition: pass(), roleArn: ROLE, tags: [{ key: 'a', value: '1' }] });
  await call('CreateActivity', { name: 'pack', tags: [{ key: 'a', value: '1' }] });
  for (const resourceArn of [`${PREFIX}stateMachine:orders`, `${PREFIX}activity:pack`]) {
    await call('TagResource', {
      resourceArn,
      tags: [
        { key: 'b', value: '' },
        { key: 'a', value: '2' },
      ],
    });
    const both = [
      { key: 'a', value: '2' },
      { key: 'b', value: '' },
    ];
    expect(await call('ListTagsForResource', { resourceArn })).toEqual({ tags: both });
    await call('UntagResource', { resourceArn, tagKeys: ['a', 'unknown'] });
    expect(await call('ListTagsForResource', { resourceArn })).toEqual({ tags: [both[1]] });
  }
});

test('a version has none, and there are at most 50', async () => {
  const { call } = accountWith();
  await call('CreateStateMachine', { name: 'orders', definition: pass(), roleArn: ROLE, publish: true });
  const version = `${PREFIX}stateMachine:orders:1`;
  expect(await refusal(call('TagResource', { resourceArn: version, tags: [] }))).toEqual([
    'ResourceNotFound',
    `Resource not found: '${version}'`,
  ]);
  const resourceArn = `${PREFIX}stateMachine:orders`;
  const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));
  expect((await refusal(call('TagResource', { resourceArn, tags })))[0]).toBe('TooManyTags');
  expect(await call('ListTagsForResource', { resourceArn })).toEqual({ tags: [] });
  expect(await call('TagResource', { resourceArn, tags: tags.slice(1) })).toEqual({});
});
