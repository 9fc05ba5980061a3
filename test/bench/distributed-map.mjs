import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import simulator from '../../dist/lib/simulator.js';

const { bucket, compile, createTestWorld, createWorld, directory, lambda, parse, simulate } = simulator;

const MILLION = 1_000_000;
/** Before them, code is being optimized. */
const WARM_UPS = 50_000;
/** Items that a test has, with a fake that remembers each call. */
const IN_A_TEST = 100_000;
const FAILED = 5_000;
const PAGE = 1_000;

/** A Distributed Map whose children, Express, have one task each; the results are written out. */
const definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'Each',
      ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'source' } },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Work',
        States: {
          Work: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: { FunctionName: 'work', Payload: { 'key.$': '$.Key' } },
            OutputPath: '$.Payload',
            End: true,
          },
        },
      },
      ToleratedFailurePercentage: 0.4,
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'results', Prefix: 'run' } },
      End: true,
    },
  },
};

const ETAG = '"d41d8cd98f00b204e9800998ecf8427e"';
const keyOf = (index) => `objects/${String(index).padStart(8, '0')}`;

/** S3 with so many objects, and a folder for what is written. */
const objectsOf = (count, folder) => ({
  async *list() {
    for (let from = 0; from < count; from += PAGE)
      yield Array.from({ length: Math.min(PAGE, count - from) }, (_, index) => ({
        Etag: ETAG,
        Key: keyOf(from + index),
        LastModified: 1735689600,
        Size: 100,
        StorageClass: 'STANDARD',
      }));
  },
  open: () => Promise.reject(new Error('Nothing is read but the list.')),
  create(_, key) {
    const file = join(folder, key);
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'w');
    return { write: (piece) => void writeSync(descriptor, piece), end: () => closeSync(descriptor) };
  },
});

const machine = {
  name: 'Batch',
  arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Batch',
  roleArn: 'arn:aws:iam::123456789012:role/Batch',
  program: compile(parse(definition)),
};

/** Does something in a folder of its own. */
async function inFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs so many items. @param fails whether the item of that number fails now @returns seconds */
const runItems = (count, fails = () => false) =>
  inFolder(async (folder) => {
    const world = createWorld({
      objects: objectsOf(count, folder),
      perform: ({ parameters: { Payload } }) => {
        if (fails(Payload.key)) throw new simulator.StatesError('Busy', 'no');
        return { value: { Payload: { done: Payload.key } }, durationMs: 0 };
      },
    });
    const execution = world.startExecution(machine, {});
    const started = performance.now();
    const run = await execution.run();
    const seconds = (performance.now() - started) / 1000;
    return { world, execution, run, seconds, written: bytesIn(folder) };
  });

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

function check({ run, written }, count, failed = 0) {
  const [{ itemCounts }] = run.mapRuns;
  if (itemCounts.succeeded !== count - failed || itemCounts.failed !== failed || written < count * 100)
    throw new Error(`The Map does something else: ${JSON.stringify(itemCounts)}, ${written} bytes, ${run.cause}`);
}

/** Children of a Distributed Map, by the thousand. */
export const distributedMap = {
  title: `Distributed Map of ${MILLION.toLocaleString('en-US')} objects, Express children with one task, results written to a folder`,
  notMeasured: ['parsing and compiling: once, before the clock starts', 'the list: made as it is read', 'reading the results'],
  async measure() {
    await runItems(WARM_UPS);
    const ran = await runItems(MILLION);
    check(ran, MILLION);
    const residentMiB = process.resourceUsage().maxRSS / 1024;
    const test = await inTest();
    return [
      { name: 'items', figure: MILLION / ran.seconds, unit: 'per second', target: { atLeast: 100_000 } },
      { name: 'resident memory at most', figure: residentMiB, unit: 'MiB', target: { atMost: 400 } },
      ...(await redriven()),
      { name: `in a test, with a fake, of ${IN_A_TEST.toLocaleString('en-US')}`, figure: test, unit: 'items/s' },
    ];
  },
};

/** Five thousand of a million fail once. */
async function redriven() {
  const every = MILLION / FAILED;
  let isBusy = true;
  return inFolder(async (folder) => {
    const world = createWorld({
      objects: objectsOf(MILLION, folder),
      perform: ({ parameters: { Payload } }) => {
        if (isBusy && Number(Payload.key.slice(8)) % every === 0) throw new simulator.StatesError('Busy', 'no');
        return { value: { Payload: { done: Payload.key } }, durationMs: 0 };
      },
    });
    const execution = world.startExecution(machine, {});
    check({ run: await execution.run(), written: Infinity }, MILLION, FAILED);
    isBusy = false;
    execution.redrive();
    const started = performance.now();
    const run = await execution.run();
    const seconds = (performance.now() - started) / 1000;
    check({ run, written: Infinity }, MILLION);
    return [{ name: `redrive of ${FAILED.toLocaleString('en-US')} that failed`, figure: FAILED / seconds, unit: 'per second' }];
  });
}

const inTest = () =>
  inFolder(async (folder) => {
    const source = {
      *list() {
        for (let index = 0; index < IN_A_TEST; index++) yield { key: keyOf(index), size: 100, etag: ETAG };
      },
      get: () => '',
    };
    const buckets = [bucket('source', source), bucket('results', directory(folder, { writable: true }))];
    const world = createTestWorld(undefined, { buckets, fakes: [lambda('work', ({ key }) => ({ done: key }))] });
    const started = performance.now();
    const run = await simulate(definition, { world });
    const seconds = (performance.now() - started) / 1000;
    check({ run, written: bytesIn(folder) }, IN_A_TEST);
    return IN_A_TEST / seconds;
  });
