import simulator from '../../dist/lib/simulator.js';

const { compile, createWorld, parse } = simulator;

const BYTES = 1_000_000_000;
const ROW_BYTES = 1_000;
const ROWS = BYTES / ROW_BYTES;
const PIECE_ROWS = 64;

const HEADER = 'id,text\n';

/** A row of a thousand bytes with its line end. */
const rowOf = (index) => `${String(index).padStart(8, '0')},${'x'.repeat(ROW_BYTES - 10)}\n`;

const definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Label: 'Each',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'source', Key: 'rows.csv' },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Take',
        States: { Take: { Type: 'Pass', Result: null, End: true } },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'results', Prefix: 'run' },
        WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSONL' },
      },
      End: true,
    },
  },
};

/** A file that is longer than a test's memory. */
export const csv = {
  title: `Distributed Map of a CSV file of 1 GB: ${ROWS.toLocaleString('en-US')} rows of ${ROW_BYTES} bytes`,
  notMeasured: ['making the rows: they are the same text but for their number', 'storing the results: they are dropped'],
  async measure() {
    const piece = Buffer.from(Array.from({ length: PIECE_ROWS }, (_, index) => rowOf(index)).join(''));
    const objects = {
      list: () => [],
      open: async () => ({
        async *bytes() {
          yield Buffer.from(HEADER);
          for (let rows = 0; rows < ROWS; rows += PIECE_ROWS)
            yield piece.subarray(0, Math.min(PIECE_ROWS, ROWS - rows) * ROW_BYTES);
        },
      }),
      create: () => ({ write: () => undefined, end: () => undefined }),
    };
    const machine = {
      name: 'Rows',
      arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Rows',
      roleArn: 'arn:aws:iam::123456789012:role/Rows',
      program: compile(parse(definition)),
    };
    const started = performance.now();
    const run = await createWorld({ objects, perform: () => undefined })
      .startExecution(machine, {})
      .run();
    const seconds = (performance.now() - started) / 1000;
    if (run.mapRuns[0]?.itemCounts.succeeded !== ROWS) throw new Error(`The Map does something else: ${run.cause}`);
    return [
      { name: 'bytes', figure: BYTES / 1e6 / seconds, unit: 'MB/s' },
      { name: 'resident memory at most', figure: process.resourceUsage().maxRSS / 1024, unit: 'MiB', target: { atMost: 400 } },
    ];
  },
};
