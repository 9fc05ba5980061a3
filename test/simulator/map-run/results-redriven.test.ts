import * as fc from 'fast-check';
import type { Json } from '../../../lib/json/json';
import { mapRunObjects } from '../../../lib/services/s3/map-run-objects';
import { createS3 } from '../../../lib/services/s3/s3';
import type { Snapshot } from '../../../lib/simulator/execution';
import { StatesError } from '../../../lib/simulator/states-error';
import { createWorld, type World } from '../../../lib/simulator/world';
import { machineOf } from '../run-definition';

interface Item {
  readonly index: number;
  readonly seconds: number;
  readonly fails: boolean;
}

/** A world with a bucket, whose functions fail for the items that say so, until they are mended. */
function workshop() {
  const s3 = createS3();
  s3.makeBucket('out', 0);
  const state = { mended: false };
  const snapshots: string[] = [];
  const world: World = createWorld({
    perform: ({ parameters }) => {
      if (!state.mended && JSON.stringify(parameters).includes('"fails":true')) throw new StatesError('Broken', 'no');
      return { value: parameters, durationMs: 0 };
    },
    objects: mapRunObjects(
      s3,
      () => '123456789012',
      () => world.epochMs,
    ),
    onEvent: ({ snapshot }) => void snapshots.push(JSON.stringify(snapshot())),
  });
  /** Records of a folder, by kind; they end in it. */
  const recordsIn = async (folder: string) => {
    const found: Record<string, readonly { Input: string; Status: string; RedriveCount?: number }[]> = {};
    for await (const { key } of s3.tryBucket('out')?.list() ?? []) {
      const [, where, kind] = /^[0-9a-f-]{36}\/(.*?)([A-Z]+)_0\.json$/.exec(key) ?? [];
      if (where === folder)
        found[kind as string] = JSON.parse(Buffer.from((await s3.tryBucket('out')?.get(key))?.bytes ?? []).toString()) as never;
    }
    return found;
  };
  const manifest = async (folder: string): Promise<{ ResultFiles: Record<string, { Key: string }[]> }> => {
    for await (const { key } of s3.tryBucket('out')?.list() ?? [])
      if (key.slice(37) === `${folder}manifest.json`)
        return JSON.parse(Buffer.from((await s3.tryBucket('out')?.get(key))?.bytes ?? []).toString()) as never;
    throw new Error(`There is no manifest in ${folder}.`);
  };
  return { world, state, snapshots, recordsIn, manifest };
}

const indicesIn = (records: readonly { Input: string }[] | undefined): number[] =>
  (records ?? []).flatMap(({ Input }) => {
    const input = JSON.parse(Input) as Item | { readonly Items: readonly Item[] };
    return 'Items' in input ? input.Items.map(({ index }) => index) : [input.index];
  });

const map = (ExecutionType: string, fields: object) => ({
  Type: 'Map',
  Label: 'Each',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', SecondsPath: '$.Items[0].seconds', Next: 'Work' },
      Work: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:work', End: true },
    },
  },
  ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'out' } },
  End: true,
  ...fields,
});

const drawn = fc.record({
  items: fc.array(fc.record({ seconds: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() }), { minLength: 1, maxLength: 20 }),
  concurrency: fc.integer({ min: 0, max: 4 }),
  tolerated: fc.integer({ min: 0, max: 3 }),
  batch: fc.integer({ min: 1, max: 3 }),
  type: fc.constantFrom('STANDARD', 'EXPRESS'),
});

test('files and counters agree, and a redrive, also of a reloaded run, leaves every item among the successes once', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fc.boolean(), async ({ items: some, concurrency, tolerated, batch, type }, reloads) => {
      const items = some.map((item, index) => ({ ...item, index }));
      const all = items.map(({ index }) => index);
      const fields = { MaxConcurrency: concurrency, ToleratedFailureCount: tolerated, ItemBatcher: { MaxItemsPerBatch: batch } };
      const machine = machineOf({ StartAt: 'Each', States: { Each: map(type, fields) } });
      const { world, state, recordsIn, manifest } = workshop();
      let execution = world.startExecution(machine, items, 'run');
      const first = await execution.run();

      const files = await recordsIn('');
      expect(['SUCCEEDED', 'FAILED', 'PENDING'].flatMap((kind) => indicesIn(files[kind])).sort((a, b) => a - b)).toEqual(all);
      const [{ itemCounts, executionCounts } = {} as never] = execution.snapshot().mapRuns;
      const records = (kind: string, status: string) => (files[kind] ?? []).filter(({ Status }) => Status === status);
      for (const [counter, kind, status] of [
        ['succeeded', 'SUCCEEDED', 'SUCCEEDED'],
        ['failed', 'FAILED', 'FAILED'],
        ['aborted', 'FAILED', 'ABORTED'],
        ['pending', 'PENDING', 'PENDING'],
      ] as const) {
        expect([counter, executionCounts[counter]]).toEqual([counter, records(kind, status).length]);
        expect([counter, itemCounts[counter]]).toEqual([counter, indicesIn(records(kind, status)).length]);
      }
      expect([itemCounts.running, itemCounts.resultsWritten]).toEqual([0, all.length]);
      expect(executionCounts.resultsWritten).toBe(Object.values(files).flat().length);
      if (first.status === 'SUCCEEDED') return;

      state.mended = true;
      if (reloads) execution = world.resumeExecution(machine, JSON.parse(JSON.stringify(execution.snapshot())) as Snapshot);
      execution.redrive();
      const second = await execution.run();
      expect(second).toMatchObject({
        status: 'SUCCEEDED',
        output: { ResultWriterDetails: { Key: expect.stringMatching(/^[0-9a-f-]{36}\/Redrive-1\/manifest\.json$/) } },
      });
      const again = await recordsIn('Redrive-1/');
      expect(Object.keys(again)).toEqual(['SUCCEEDED']);
      expect([...indicesIn(files['SUCCEEDED']), ...indicesIn(again['SUCCEEDED'])].sort((a, b) => a - b)).toEqual(all);
      const { ResultFiles } = await manifest('Redrive-1/');
      expect(ResultFiles).toMatchObject({ FAILED: [], PENDING: [] });
      expect(ResultFiles['SUCCEEDED']).toHaveLength((files['SUCCEEDED'] === undefined ? 0 : 1) + 1);
      const [after = {} as never] = execution.snapshot().mapRuns;
      expect(after.itemCounts).toMatchObject({
        succeeded: all.length,
        pending: 0,
        failed: 0,
        aborted: 0,
        resultsWritten: all.length,
      });
      expect(after.executionCounts).toMatchObject({ succeeded: Math.ceil(all.length / batch), pending: 0 });
    }),
    { numRuns: 60 },
  );
});

test('a run that is cut anywhere and reloaded writes what it would have written', async () => {
  const items: Json = [0, 1, 2, 3, 4, 5].map((index) => ({ index, seconds: index % 3, fails: index === 4 }));
  const machine = machineOf({
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Each',
            States: {
              Each: map('STANDARD', { MaxConcurrency: 2, ItemBatcher: { MaxItemsPerBatch: 1 }, ToleratedFailureCount: 1 }),
            },
          },
          {
            StartAt: 'W1',
            States: { W1: { Type: 'Wait', Seconds: 1, Next: 'W2' }, W2: { Type: 'Wait', Seconds: 1, End: true } },
          },
        ],
        End: true,
      },
    },
  });
  const whole = workshop();
  await whole.world.startExecution(machine, items, 'run').run();
  const expected = await whole.recordsIn('');
  expect(indicesIn(expected['SUCCEEDED'])).toHaveLength(5);
  expect(indicesIn(expected['FAILED'])).toEqual([4]);
  const underWay = whole.snapshots.filter((text) => text.includes('"status":"RUNNING"'));
  expect(underWay.length).toBeGreaterThan(3);
  for (const text of underWay) {
    const reloaded = workshop();
    const run = await reloaded.world.resumeExecution(machine, JSON.parse(text) as Snapshot).run();
    expect(run.status).toBe('SUCCEEDED');
    expect(await reloaded.recordsIn('')).toEqual(expected);
  }
});
