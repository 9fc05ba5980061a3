import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { LAYOUTS, ResultFiles } from '../../../lib/simulator/map-run/result-files';
import type { Run } from '../../../lib/simulator/run';
import { WriteQueue } from '../../../lib/simulator/map-run/write-queue';
import { bucket, createTestWorld, directory, lambda, type ObjectSource, simulate, start } from '../../../lib/testing';

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'work', 'Payload.$': '$' },
  OutputPath: '$.Payload',
};

/** A Distributed Map over `$.items` whose children invoke `work`. */
const over = (fields: object, execution: 'STANDARD' | 'EXPRESS' = 'STANDARD', child: object = INVOKE) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'Each',
      ItemsPath: '$.items',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: execution },
        StartAt: 'Work',
        States: { Work: { ...child, End: true } },
      },
      End: true,
      ...fields,
    },
  },
});

const writer = (config: object | undefined, parameters: object = { Bucket: 'out', Prefix: 'runs' }) => ({
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    Parameters: parameters,
    ...(config === undefined ? {} : { WriterConfig: config }),
  },
});

const NONE = { Transformation: 'NONE', OutputType: 'JSON' };

/** Fails for items whose `fails` is true. */
const work = lambda('work', ((item: { fails?: boolean }) => {
  if (item.fails === true) throw Object.assign(new Error('no'), { name: 'Broken' });
  return { done: item };
}) as never);

interface Written {
  readonly run: Run & { readonly output?: unknown };
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: { readonly ResultFiles: Readonly<Record<string, readonly { Key: string; Size: number }[]>> };
}

/** Runs a machine and gives what stands in the bucket `out`, by the names of the files. */
async function write(machine: ReturnType<typeof over>, items: readonly unknown[], source?: ObjectSource): Promise<Written> {
  const world = createTestWorld(undefined, { buckets: [bucket('out', source)], fakes: [work] });
  const run = (await simulate(machine, { world, input: { items } })) as Written['run'];
  const objects = await world.objects('out');
  const files = Object.fromEntries(objects.map(({ key, text }) => [key.slice(key.lastIndexOf('/') + 1), text]));
  return { run, files, manifest: JSON.parse(files['manifest.json'] ?? '{}') as Written['manifest'] };
}

const recordsIn = (text: string | undefined): readonly Record<string, unknown>[] => JSON.parse(text ?? '[]') as never;
const inputsIn = (text: string | undefined): readonly unknown[] =>
  recordsIn(text).map(({ Input }) => JSON.parse(Input as string) as unknown);

test('the state gives the place of the manifest, which names the files', async () => {
  const world = createTestWorld(undefined, { buckets: [bucket('out')], fakes: [work] });
  const run = await simulate(over(writer(undefined)), { world, input: { items: ['a', 'b'] } });
  const { output } = run as unknown as { output: { MapRunArn: string; ResultWriterDetails: { Key: string } } };
  const folder = `runs/${output.MapRunArn.split(':').at(-1)}`;
  expect(output).toEqual({
    MapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:\d+:mapRun:\w+\/Each:[0-9a-f-]{36}$/),
    ResultWriterDetails: { Bucket: 'out', Key: `${folder}/manifest.json` },
  });

  const objects = await world.objects('out');
  expect(objects.map(({ key }) => key)).toEqual([`${folder}/SUCCEEDED_0.json`, `${folder}/manifest.json`]);
  const [succeeded, manifest] = objects;
  expect(manifest?.text).toBe(
    JSON.stringify({
      DestinationBucket: 'out',
      MapRunArn: output.MapRunArn,
      ResultFiles: { FAILED: [], PENDING: [], SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: succeeded?.bytes.length }] },
    }),
  );
});

test.each([
  ['runs/', /^runs\/[0-9a-f-]{36}\/manifest\.json$/],
  ['', /^[0-9a-f-]{36}\/manifest\.json$/],
  [undefined, /^[0-9a-f-]{36}\/manifest\.json$/],
])('with the Prefix %j', async (Prefix, expected) => {
  const { run } = await write(over(writer(undefined, { Bucket: 'out', ...(Prefix === undefined ? {} : { Prefix }) })), []);
  expect(run.output).toMatchObject({ ResultWriterDetails: { Key: expect.stringMatching(expected) } });
});

test('Standard children have a record with what DescribeExecution says', async () => {
  const { files } = await write(over({ ...writer(NONE), ToleratedFailureCount: 1 }), [{ n: 1 }, { fails: true }]);
  const [succeeded] = recordsIn(files['SUCCEEDED_0.json']);
  const arn = expect.stringMatching(/^arn:aws:states:us-east-1:\d+:execution:\w+\/Each:[0-9a-f-]{36}$/);
  const machine = expect.stringMatching(/:stateMachine:\w+\/Each$/);
  expect(Object.entries(succeeded ?? {})).toEqual([
    ['ExecutionArn', arn],
    ['Input', '{"n":1}'],
    ['InputDetails', { Included: true }],
    ['Name', String(succeeded?.['ExecutionArn']).split(':').at(-1)],
    ['Output', '{"done":{"n":1}}'],
    ['OutputDetails', { Included: true }],
    ['RedriveCount', 0],
    ['RedriveStatus', 'NOT_REDRIVABLE'],
    ['RedriveStatusReason', 'Execution is SUCCEEDED and cannot be redriven'],
    ['StartDate', '2025-01-01T00:00:00.000Z'],
    ['StateMachineArn', machine],
    ['Status', 'SUCCEEDED'],
    ['StopDate', '2025-01-01T00:00:00.000Z'],
  ]);
  const [failed] = recordsIn(files['FAILED_0.json']);
  expect(Object.entries(failed ?? {})).toEqual([
    ['Cause', expect.stringContaining('"errorMessage":"no"')],
    ['Error', 'Broken'],
    ['ExecutionArn', arn],
    ['Input', '{"fails":true}'],
    ['InputDetails', { Included: true }],
    ['Name', expect.any(String)],
    ['OutputDetails', { Included: true }],
    ['RedriveCount', 0],
    ['RedriveStatus', 'REDRIVABLE_BY_MAP_RUN'],
    ['StartDate', '2025-01-01T00:00:00.000Z'],
    ['StateMachineArn', machine],
    ['Status', 'FAILED'],
    ['StopDate', '2025-01-01T00:00:00.000Z'],
  ]);
});

test('Express children have no RedriveStatus, and their id is part of their name', async () => {
  const { run, files } = await write(over(writer(NONE), 'EXPRESS'), ['a']);
  expect(run.assumptions).toContain('express-record-name');
  const [record] = recordsIn(files['SUCCEEDED_0.json']);
  expect(record).not.toHaveProperty('RedriveStatus');
  expect(record).toMatchObject({ RedriveCount: 0, Name: expect.stringMatching(/^[0-9a-f-]{36}:[0-9a-f-]{36}$/) });
  expect(record?.['ExecutionArn']).toMatch(new RegExp(`:express:\\w+/Each:${String(record?.['Name'])}$`));
});

const ECHO = { Type: 'Pass' };

test.each([
  ['COMPACT', 'JSON', { 'SUCCEEDED_0.json': '["é",[1,2],[]]' }],
  ['FLATTEN', 'JSON', { 'SUCCEEDED_0.json': '["é",1,2]' }],
  ['COMPACT', 'JSONL', { 'SUCCEEDED_0.jsonl': '"é"\n[1,2]\n[]\n' }],
  ['FLATTEN', 'JSONL', { 'SUCCEEDED_0.jsonl': '"é"\n1\n2\n' }],
])('%s as %s', async (Transformation, OutputType, expected) => {
  const { files, manifest } = await write(over(writer({ Transformation, OutputType }), 'EXPRESS', ECHO), ['é', [1, 2], []]);
  expect(files).toEqual({ ...expected, 'manifest.json': expect.any(String) });
  for (const { Key, Size } of manifest.ResultFiles['SUCCEEDED'] ?? [])
    expect(Size).toBe(Buffer.byteLength(files[Key.slice(Key.lastIndexOf('/') + 1)] ?? ''));
});

test('a child that failed is written as it is, whatever the transformation', async () => {
  const machine = over({ ...writer({ Transformation: 'COMPACT', OutputType: 'JSONL' }), ToleratedFailurePercentage: 100 });
  const { files } = await write(machine, [{ fails: true }, { fails: true }]);
  const lines = (files['FAILED_0.jsonl'] ?? '').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ Status: 'FAILED', Input: '{"fails":true}' }),
    expect.objectContaining({ Status: 'FAILED', Input: '{"fails":true}' }),
  ]);
});

test('a run that fails writes what was never started, and the state fails for its own reason', async () => {
  const items = [{ n: 0 }, { fails: true }, { n: 2 }, { n: 3 }];
  const { run, files } = await write(over({ ...writer(NONE), MaxConcurrency: 1 }), items);
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(run.assumptions).toEqual(expect.arrayContaining(['pending-results', 'result-file-order']));
  expect(inputsIn(files['SUCCEEDED_0.json'])).toEqual([{ n: 0 }]);
  expect(inputsIn(files['FAILED_0.json'])).toEqual([{ fails: true }]);
  expect(files['PENDING_0.json']).toBe(
    '[{"Input":"{\\"n\\":2}","InputDetails":{"Included":true},"Status":"PENDING"},' +
      '{"Input":"{\\"n\\":3}","InputDetails":{"Included":true},"Status":"PENDING"}]',
  );
});

test('what was never read is pending, too, in batches as children would have had it', async () => {
  const files = Array.from({ length: 2_500 }, (_, index) => `f${String(index).padStart(4, '0')}`);
  const world = createTestWorld(undefined, {
    buckets: [bucket('in', { list: (_prefix, after) => files.filter((key) => key > after), get: () => 'text' }), bucket('out')],
    fakes: [lambda('work', () => Promise.reject(new Error('no')))],
  });
  const machine = over({
    ...writer(NONE),
    ItemsPath: undefined,
    ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'in' } },
    ItemSelector: { 'key.$': '$$.Map.Item.Value.Key' },
    ItemBatcher: { MaxItemsPerBatch: 400 },
    MaxConcurrency: 1,
  });
  await simulate(JSON.parse(JSON.stringify(machine)) as typeof machine, { world });
  const records = (await world.objects('out')).filter(({ key }) => !key.endsWith('manifest.json'));
  expect(records.map(({ key }) => key.slice(key.lastIndexOf('/') + 1))).toEqual(['FAILED_0.json', 'PENDING_0.json']);
  const keysIn = (text: string) =>
    inputsIn(text).map((input) => (input as { Items: readonly { key: string }[] }).Items.map(({ key }) => key));
  const [failed, pending] = records.map(({ text }) => keysIn(text));
  expect([failed, pending].map((batches) => batches?.map(({ length }) => length))).toEqual([
    [400],
    [400, 400, 400, 400, 400, 100],
  ]);
  expect([...(failed ?? []), ...(pending ?? [])].flat()).toEqual(files);
});

test('what stops a run because it is too long for a child is pending', async () => {
  const batcher = { ItemBatcher: { MaxItemsPerBatch: 1, BatchInput: { text: 'x'.repeat(250 * 1024) } }, MaxConcurrency: 1 };
  const long = 'y'.repeat(20 * 1024);
  const { run, files } = await write(over({ ...writer(NONE), ...batcher }, 'EXPRESS', ECHO), ['a', long, 'c']);
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  const itemsIn = (kind: string) =>
    inputsIn(files[`${kind}_0.json`]).map((input) => (input as { Items: [string] }).Items[0].length);
  expect([itemsIn('SUCCEEDED'), itemsIn('PENDING')]).toEqual([[1], [long.length, 1]]);
});

test('of what ItemSelector fails for there is no record', async () => {
  const fields = { ...writer(NONE), MaxConcurrency: 1, ItemSelector: { 'n.$': '$$.Map.Item.Value.n' } };
  const { run, files } = await write(over(fields, 'EXPRESS', ECHO), [{ n: 1 }, {}, { n: 3 }, {}]);
  expect(run.status).toBe('FAILED');
  expect(inputsIn(files['SUCCEEDED_0.json'])).toEqual([{ n: 1 }]);
  expect(inputsIn(files['PENDING_0.json'])).toEqual([{ n: 3 }]);
});

test('an execution that is stopped leaves its results behind', async () => {
  const world = createTestWorld(undefined, { buckets: [bucket('out')] });
  const wait = { Type: 'Wait', SecondsPath: '$' };
  const execution = start(over({ ...writer(NONE), MaxConcurrency: 2 }, 'STANDARD', wait), {
    world,
    input: { items: [10, 1000, 20, 30] },
  });
  await execution.advance(15);
  execution.stop('Enough', 'by the test');
  const run = await execution.finished();
  expect(run.status).toBe('ABORTED');
  await world.settled();
  const objects = await world.objects('out');
  const inputs = Object.fromEntries(objects.map(({ key, text }) => [key.slice(key.lastIndexOf('/') + 1), text]));
  expect(inputsIn(inputs['SUCCEEDED_0.json'])).toEqual([10]);
  expect(recordsIn(inputs['FAILED_0.json']).map(({ Input, Status }) => [Input, Status])).toEqual([
    ['1000', 'ABORTED'],
    ['20', 'ABORTED'],
  ]);
  expect(inputsIn(inputs['PENDING_0.json'])).toEqual([30]);
});

describe('a bucket that cannot be written to', () => {
  test('is not there', async () => {
    const { run } = await write(over(writer(NONE, { Bucket: 'none' })), ['a']);
    expect(run).toMatchObject({
      status: 'FAILED',
      error: 'States.ResultWriterFailed',
      cause: 'The specified bucket does not exist',
      assumptions: expect.arrayContaining(['results-not-writable']),
    });
    expect(run.events.map(({ type }) => type)).toContain('MapRunFailed');
  });

  test('is not there, though there is nothing to write but the manifest', async () => {
    const { run } = await write(over(writer(NONE, { Bucket: 'none' })), []);
    expect(run).toMatchObject({ error: 'States.ResultWriterFailed' });
  });

  const refusing = (put: ObjectSource['put']): ObjectSource => ({ list: () => [], get: () => undefined, ...(put && { put }) });
  test.each<[string, ObjectSource['put']]>([
    [
      'at once',
      () => {
        throw new Error('Access Denied');
      },
    ],
    [
      'while it writes',
      () => ({
        write: () => {
          throw new Error('Access Denied');
        },
        end: () => undefined,
      }),
    ],
    ['while it writes, later', () => ({ write: () => Promise.reject(new Error('Access Denied')), end: () => undefined })],
    ['at the end', () => ({ write: () => undefined, end: () => Promise.reject(new Error('Access Denied')) })],
  ])('refuses %s', async (_when, put) => {
    const caught = { Catch: [{ ErrorEquals: ['States.ResultWriterFailed'], Next: 'Caught' }] };
    const machine = over({ ...writer(NONE), ...caught });
    Object.assign(machine.States, { Caught: { Type: 'Pass', End: true } });
    const { run } = await write(machine, ['a', 'b'], refusing(put));
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.ResultWriterFailed', Cause: 'Access Denied' } });
  });
});

test('no child is started while what others have left waits to be written', async () => {
  let open = 0;
  let most = 0;
  const slow: ObjectSource = {
    list: () => [],
    get: () => undefined,
    put: () => ({
      write: async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setImmediate(resolve));
        open--;
      },
      end: () => Promise.resolve(),
    }),
  };
  const text = 'x'.repeat(100 * 1024);
  const { run } = await write(
    over({ ...writer(NONE), MaxConcurrency: 1 }, 'EXPRESS', ECHO),
    [text, text].map((each) => ({ each })),
    slow,
  );
  expect(run.status).toBe('SUCCEEDED');
  expect([most, open]).toEqual([1, 0]);
});

describe('results that become the state’s own', () => {
  const own = (Transformation: string, OutputType = 'JSON') => ({
    ResultWriter: { WriterConfig: { Transformation, OutputType } },
  });

  test('are limited to 256 KiB', async () => {
    const items = Array.from({ length: 3 }, () => 'x'.repeat(100));
    const grow = { Type: 'Pass', Parameters: { 'all.$': `States.Format('${'{}'.repeat(900)}'${', $'.repeat(900)})` } };
    const run = await simulate(over({}, 'EXPRESS', grow), { input: { items } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    const fits = await simulate(over({}, 'EXPRESS', grow), { input: { items: items.slice(1) } });
    expect(fits.status).toBe('SUCCEEDED');
  });

  test('NONE gives records, as files have them', async () => {
    const run = await simulate(over(own('NONE'), 'EXPRESS', ECHO), { input: { items: ['a'] } });
    expect(run).toHaveProperty('output', [expect.objectContaining({ Input: '"a"', Output: '"a"', Status: 'SUCCEEDED' })]);
  });

  test.each([
    ['FLATTEN', 'JSON', [1, 2, 'b']],
    ['COMPACT', 'JSONL', '[1,2]\n[]\n"b"\n'],
  ])('%s as %s', async (transformation, type, expected) => {
    const run = await simulate(over(own(transformation, type), 'EXPRESS', ECHO), { input: { items: [[1, 2], [], 'b'] } });
    expect(run).toHaveProperty('output', expected);
  });
});

describe('files', () => {
  /** What is written, by key. */
  const filesOf = (layout: keyof typeof LAYOUTS, limitBytes: number, records: readonly string[]) => {
    const files = new Map<string, string>();
    const create = (key: string) => {
      const pieces: Uint8Array[] = [];
      return {
        write: (piece: Uint8Array) => void pieces.push(piece),
        end: () => void files.set(key, Buffer.concat(pieces).toString()),
      };
    };
    const all = new ResultFiles('r/SUCCEEDED', LAYOUTS[layout], create, new WriteQueue(), limitBytes);
    for (const record of records) all.add(Buffer.from(record));
    all.close();
    return { files, written: all.written };
  };
  const parsed = (layout: string, text: string): unknown[] =>
    layout === 'JSON'
      ? (JSON.parse(text) as unknown[])
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown);

  test('there is none without a record', () => {
    expect(filesOf('JSON', 100, [])).toEqual({ files: new Map(), written: [] });
  });

  test('a file ends where the next record would make it too long', () => {
    expect([...filesOf('JSON', 9, ['111', '222', '333', '"a long one"', '4']).files]).toEqual([
      ['r/SUCCEEDED_0.json', '[111,222]'],
      ['r/SUCCEEDED_1.json', '[333]'],
      ['r/SUCCEEDED_2.json', '["a long one"]'],
      ['r/SUCCEEDED_3.json', '[4]'],
    ]);
  });

  test('all records are there in order, in files that are as long as they may be, and as long as is said of them', () => {
    const long = fc.constantFrom('é', '\u{1f600}x').map((text) => text.repeat(100_000));
    fc.assert(
      fc.property(
        fc.constantFrom<keyof typeof LAYOUTS>('JSON', 'JSONL'),
        fc.array(fc.oneof({ weight: 40, arbitrary: fc.string({ unit: 'grapheme' }) }, { weight: 1, arbitrary: long }), {
          maxLength: 40,
        }),
        fc.integer({ min: 2, max: 400 }),
        (layout, values, limit) => {
          const { files, written } = filesOf(
            layout,
            limit,
            values.map((value) => JSON.stringify(value)),
          );
          expect([...files.values()].flatMap((text) => parsed(layout, text))).toEqual(values);
          expect(written).toEqual([...files].map(([Key, text]) => ({ Key, Size: Buffer.byteLength(text) })));
          for (const text of files.values())
            expect(Buffer.byteLength(text) <= limit || parsed(layout, text).length === 1).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('every item ends in exactly one file, whatever fails and in whatever order', async () => {
  const item = fc.record({ seconds: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { maxLength: 25 }),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom<'STANDARD' | 'EXPRESS'>('STANDARD', 'EXPRESS'),
      async (drawn, MaxConcurrency, ToleratedFailureCount, type) => {
        const items = drawn.map((each, index) => ({ ...each, index }));
        const machine = {
          ...over({ ...writer(NONE), MaxConcurrency, ToleratedFailureCount }, type),
        };
        const each = machine.States.Each as { ItemProcessor: { StartAt: string; States: Record<string, object> } };
        each.ItemProcessor.StartAt = 'Wait';
        each.ItemProcessor.States = {
          Wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Work' },
          ...each.ItemProcessor.States,
        };
        const { run, files, manifest } = await write(machine, items);
        const failures = items.filter(({ fails }) => fails).length;
        expect(run.status).toBe(failures > ToleratedFailureCount ? 'FAILED' : 'SUCCEEDED');
        const indicesOf = (kind: string) => inputsIn(files[`${kind}_0.json`]).map((input) => (input as { index: number }).index);
        const kinds = ['SUCCEEDED', 'FAILED', 'PENDING'];
        expect(kinds.flatMap(indicesOf).sort((a, b) => a - b)).toEqual(items.map(({ index }) => index));
        for (const kind of kinds) expect(manifest.ResultFiles[kind]?.length).toBe(indicesOf(kind).length === 0 ? 0 : 1);
        const ended = recordsIn(files['FAILED_0.json']).filter(({ Status }) => Status === 'FAILED');
        for (const { Input } of ended) expect(JSON.parse(String(Input))).toMatchObject({ fails: true });
        if (run.status === 'SUCCEEDED') expect(indicesOf('PENDING')).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

describe('a directory', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'results-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  test('takes what a Distributed Map writes, if it is writable', async () => {
    const { run, files } = await write(over(writer(NONE)), ['a'], directory(root, { writable: true }));
    expect(run.status).toBe('SUCCEEDED');
    const [folder] = readdirSync(join(root, 'runs'));
    expect(readdirSync(join(root, 'runs', folder as string)).sort()).toEqual(['SUCCEEDED_0.json', 'manifest.json']);
    expect(inputsIn(files['SUCCEEDED_0.json'])).toEqual(['a']);
  });

  test('stays as it is, if it is not', async () => {
    const { files } = await write(over(writer(NONE)), ['a'], directory(root));
    expect(Object.keys(files)).toContain('manifest.json');
    expect(readdirSync(root)).toEqual([]);
  });

  test('is never left', async () => {
    mkdirSync(join(root, 'in'));
    const inside = directory(join(root, 'in'), { writable: true });
    await expect(write(over(writer(NONE, { Bucket: 'out', Prefix: '../above' })), ['a'], inside)).rejects.toThrow(
      /A Distributed Map writes the object "\.\.\/above\/.*SUCCEEDED_0\.json".*Change the Prefix/,
    );
    expect(existsSync(join(root, 'above'))).toBe(false);
  });
});
