import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDynaliteError, loadDynalite } from '../../lib/vendor/dynalite';
import type { DynaliteAction } from '../../lib/vendor/dynalite';

const bundle = join(__dirname, '../../dist/lib/vendor/dynalite.bundle.js');

function database() {
  const { create, checkTypes, checkValidations, operations } = loadDynalite();
  const store = create({ createTableMs: 0 });
  return (action: DynaliteAction, request: Record<string, unknown>): Promise<unknown> => {
    const { types, run } = operations[action];
    const data = checkTypes(structuredClone(request), types.types);
    checkValidations(data, types.types, types.custom, store);
    return new Promise((resolve, reject) =>
      run(store, data, (error, response) => (error === null ? resolve(response) : reject(error))),
    );
  };
}

const table = {
  TableName: 'Stock',
  AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const Key = { sku: { S: 'blue' } };
const takeTwo = {
  TableName: 'Stock',
  Key,
  UpdateExpression: 'SET quantity = quantity - :n',
  ConditionExpression: 'quantity >= :n',
  ExpressionAttributeValues: { ':n': { N: '2' } },
  ReturnValues: 'ALL_NEW',
};

describe.each(['real', 'fake'])('the bundled dynalite under %s timers', (timers) => {
  beforeEach(() => (timers === 'fake' ? jest.useFakeTimers() : jest.useRealTimers()));
  afterEach(() => jest.useRealTimers());

  test('puts, gets, updates on a condition, queries and scans', async () => {
    const perform = database();
    await perform('CreateTable', table);
    await perform('PutItem', { TableName: 'Stock', Item: { ...Key, quantity: { N: '3' } } });

    expect(await perform('GetItem', { TableName: 'Stock', Key })).toMatchObject({ Item: { quantity: { N: '3' } } });
    expect(await perform('UpdateItem', takeTwo)).toMatchObject({ Attributes: { quantity: { N: '1' } } });
    await expect(perform('UpdateItem', takeTwo)).rejects.toThrow('The conditional request failed');
    expect(await perform('Scan', { TableName: 'Stock' })).toMatchObject({ Items: [{ ...Key, quantity: { N: '1' } }] });
    expect(
      await perform('Query', {
        TableName: 'Stock',
        KeyConditionExpression: 'sku = :sku',
        ExpressionAttributeValues: { ':sku': { S: 'blue' } },
      }),
    ).toMatchObject({ Count: 1 });
  });
});

test('an API error is recognised, any other error is not', async () => {
  const error = await database()('GetItem', { TableName: 'Nothing', Key }).catch((reason: unknown) => reason);
  expect(isDynaliteError(error)).toBe(true);
  expect(isDynaliteError(new Error('x'))).toBe(false);
  expect(isDynaliteError(undefined)).toBe(false);
});

test('loads in less than 50 ms and loads no native code', () => {
  // Time of the processor, and the best of five: the machine runs other tests meanwhile.
  const script = `
    const start = process.cpuUsage();
    require(${JSON.stringify(bundle)}).create({ createTableMs: 0 });
    const { user, system } = process.cpuUsage(start);
    const native = Object.keys(require.cache).filter((file) => file.endsWith('.node'));
    console.log(JSON.stringify({ ms: (user + system) / 1000, native }));`;
  const load = () =>
    JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as { ms: number; native: string[] };
  const loads = Array.from({ length: 5 }, load);
  expect(Math.min(...loads.map(({ ms }) => ms))).toBeLessThan(50);
  expect(loads.flatMap(({ native }) => native)).toEqual([]);
});

test('the licences of what is bundled stand beside the bundle', () => {
  const licences = bundle.replace(/js$/, 'LICENSES.txt');
  expect(existsSync(licences)).toBe(true);
  const text = readFileSync(licences, 'utf8');
  for (const name of ['dynalite', 'memory-level', 'abstract-level', 'async', 'big.js', 'lazy', 'lock', 'once']) {
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
  }
  expect(text).toContain('Apache License');
});
