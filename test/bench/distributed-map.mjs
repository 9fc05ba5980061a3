import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import simulator from '../../dist/lib/simulator.js';

const { bucket, compile, createTestWorld, createWorld, directory, lambda, parse, simulate, StatesError } = simulator;

const MILLION = 1_000_000;
/** Before them, code is being optimized. */
const WARM_UPS = 50_000;
/** Items that a test has, with a fake that remembers each call. */
const IN_A_TEST = 30_000;
/** Once. */
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

/** Runs so many items, of which 5,000 fail; then redrives them. */
const runItems = (count) =>
  inFolder(async (folder) => {
    const every = count / FAILED;
    let isBusy = true;
    const world = createWorld({
      objects: objectsOf(count, folder),
      perform: ({ parameters: { Payload } }) => {
        if (isBusy && Number(Payload.key.slice(8)) % every === 0) throw new StatesError('Busy', 'no');
        return { value: { Payload: { done: Payload.key } }, durationMs: 0 };
      },
    });
    const execution = world.startExecution(machine, {});
    const first = await timed(execution);
    check(first.run, count, FAILED, bytesIn(folder));
    isBusy = false;
    execution.redrive();
    const second = await timed(execution);
    check(second.run, count, 0, bytesIn(folder));
    return { seconds: first.seconds, redriveSeconds: second.seconds };
  });

async function timed(execution) {
  const started = performance.now();
  const run = await execution.run();
  return { run, seconds: (performance.now() - started) / 1000 };
}

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

function check({ mapRuns: [{ itemCounts }], cause }, count, failed, written) {
  if (itemCounts.succeeded !== count - failed || itemCounts.failed !== failed || written < count * 100)
    throw new Error(`The Map does something else: ${JSON.stringify(itemCounts)}, ${written} bytes, ${cause}`);
}

/** Children of a Distributed Map, by the thousand. */
export const distributedMap = {
  title: `Distributed Map of ${MILLION.toLocaleString('en-US')} objects, Express children with one task, results written to a folder`,
  notMeasured: ['parsing and compiling: once, before the clock starts', 'the list: made as it is read', 'reading the results'],
  async measure() {
    await runItems(WARM_UPS);
    const { seconds, redriveSeconds } = await runItems(MILLION);
    const residentMiB = process.resourceUsage().maxRSS / 1024;
    return [
      { name: 'items', figure: MILLION / seconds, unit: 'per second', target: { atLeast: 100_000 } },
      { name: 'resident memory at most', figure: residentMiB, unit: 'MiB', target: { atMost: 400 } },
      { name: `redrive of the ${FAILED.toLocaleString('en-US')} that failed`, figure: redriveSeconds, unit: 's' },
      { name: `in a test, with a fake, of ${IN_A_TEST.toLocaleString('en-US')}`, figure: await inTest(), unit: 'items/s' },
    ];
  },
};

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
    check(run, IN_A_TEST, 0, bytesIn(folder));
    return IN_A_TEST / seconds;
  });
