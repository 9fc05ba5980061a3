// A Distributed Map of a million items, of which one in twenty is throttled. `begin` writes what it takes to go on from time to time, and is
// killed half-way; `go-on` goes on from there, and redrives what has failed. What came of it is printed.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import simulator from '../../../dist/lib/simulator.js';

const { compile, createWorld, parse, StatesError } = simulator;

const [, , what, folder, count] = process.argv;
const ITEMS = Number(count);
const PAGE = 1000;
const THROTTLED = 20;
const SAVED_EVERY = ITEMS / 10;

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
      ToleratedFailureCount: (ITEMS / THROTTLED) * 0.9,
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'results', Prefix: 'run' },
        WriterConfig: { Transformation: 'NONE', OutputType: 'JSONL' },
      },
      End: true,
    },
  },
};

const machine = {
  name: 'Batch',
  arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Batch',
  roleArn: 'arn:aws:iam::123456789012:role/Batch',
  program: compile(parse(definition)),
};

const objects = {
  async *list() {
    for (let from = 0; from < ITEMS; from += PAGE)
      yield Array.from({ length: PAGE }, (_, index) => ({ Key: `objects/${String(from + index).padStart(8, '0')}` }));
  },
  open: () => Promise.reject(new Error('Nothing is read but the list.')),
  create(_, key) {
    const file = join(folder, 'results', key);
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, 'w');
    return { write: (piece) => void writeSync(descriptor, piece), end: () => closeSync(descriptor) };
  },
};

let calls = 0;
let isBusy = true;
const perform = ({ parameters: { Payload } }) => {
  calls++;
  if (isBusy && Number(Payload.key.slice(8)) % THROTTLED === 0)
    throw new StatesError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
  return { value: { Payload: { done: Payload.key } }, durationMs: 0 };
};

const saved = join(folder, 'saved.json');
const told = ({ status, error, mapRuns: [{ itemCounts }] }) => ({ status, error, itemCounts });

if (what === 'begin') {
  let next = SAVED_EVERY;
  const onEvent = ({ snapshot }) => {
    if (calls < next) return;
    next += SAVED_EVERY;
    writeFileSync(`${saved}.new`, JSON.stringify(snapshot()));
    renameSync(`${saved}.new`, saved);
    // Some way on, so that what has been written since is lost.
    if (calls >= ITEMS / 2) next = Infinity;
  };
  const world = createWorld({
    objects,
    onEvent,
    perform: (call) => {
      if (calls === ITEMS * 0.55) process.kill(process.pid, 'SIGKILL');
      return perform(call);
    },
  });
  await world.startExecution(machine, {}, 'batch').run();
} else {
  const world = createWorld({ objects, perform });
  const execution = world.resumeExecution(machine, JSON.parse(readFileSync(saved, 'utf8')));
  const failed = told(await execution.run());
  const madeFirst = calls;
  isBusy = false;
  execution.redrive();
  const redriven = told(await execution.run());
  console.log(JSON.stringify({ failed, redriven, madeFirst, madeAgain: calls - madeFirst }));
}
