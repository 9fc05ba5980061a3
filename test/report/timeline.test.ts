import { renderTimeline } from '../../lib/report/timeline';
import { historyOf, taskRows, type Row } from './history';
import { MAP_OF_PARALLEL_CAUGHT, ORDER_REFUNDED } from './machines';

const STARTED: Row = [0, 0, 'ExecutionStarted'];

function table(text: string): string {
  const lines = text.split('\n').slice(1, -1);
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}

test('retries, a caught Parallel, its branches and the end, a line each', () => {
  expect(
    renderTimeline(ORDER_REFUNDED, { width: 100 })
      .split('\n')
      .map((line) => line.trim())
      .join('\n'),
  ).toBe(
    table(`
      time  state               try  outcome
      +0.000s  ValidateOrder         1  succeeded in 0.12s
      +0.120s  CheckInventory        1  succeeded in 0.02s
      +0.140s  IsInStock                → ProcessPayment
      +0.140s  ProcessPayment        1  failed, retried after 1s · Payment.Busy: the card service is busy
      +1.390s                        2  succeeded in 0.31s
      +1.700s  FulfillOrder             failed, caught → RefundPayment · DynamoDb.ConditionalCheckFailedE…
      +1.700s  ├ UpdateInventory     1  failed · DynamoDb.ConditionalCheckFailedException: The conditiona…
      +1.700s  └ SendConfirmation    1  aborted after 0.015s
      +1.715s  RefundPayment         1  succeeded in 0.085s
      +1.800s  OrderFailed              failed · OrderFailed
      +1.800s  execution                FAILED · OrderFailed
    `),
  );
});

test('what happened in one iteration stands together, although iterations overlap', () => {
  const states = renderTimeline(MAP_OF_PARALLEL_CAUGHT)
    .split('\n')
    .map((line) => line.slice(9, 22).trimEnd());

  expect(states).toEqual([
    'state',
    'ListPictures',
    'EachPicture',
    '[0] Read',
    '    Sizes',
    '    ├ Small',
    '    └ Large',
    '[1] Read',
    '    Sizes',
    '    ├ Small',
    '    └ Large',
    'Report',
    'Done',
    'execution',
  ]);
});

test('a Map tells its items, a Wait how long, a task over its limit that it timed out', () => {
  const text = renderTimeline(
    historyOf([
      STARTED,
      [0, 0, 'MapStateEntered', 'M'],
      [2, 0, 'MapStateStarted', 1],
      [3, 0, 'MapIterationStarted', { name: 'M', index: 0 }],
      [4, 0, 'WaitStateEntered', 'W'],
      [5, 10_800_000, 'WaitStateExited', 'W'],
      [6, 10_800_000, 'MapIterationSucceeded', { name: 'M', index: 0 }],
      [7, 10_800_000, 'MapStateSucceeded'],
      [7, 10_800_000, 'MapStateExited', 'M'],
      [9, 10_800_000, 'TaskStateEntered', 'T'],
      [10, 10_800_000, 'TaskScheduled'],
      [11, 10_800_000, 'TaskStarted'],
      [12, 10_805_000, 'TaskTimedOut', ['States.Timeout']],
      [13, 10_805_000, 'ExecutionFailed', ['States.Timeout']],
    ]),
  );

  expect(text).toMatch(/\+0\.000s {2}M +1 item, succeeded in 3h 00m\n/);
  expect(text).toMatch(/\[0\] W +waited 3h 00m\n/);
  expect(text).toMatch(/\+3h 00m {2}T +1 {2}timed out after 5s · States\.Timeout\n/);
  expect(text).toMatch(/\+3h 00m 05s {2}execution +FAILED · States\.Timeout$/);
});

test('each try of a Map comes with its own iterations', () => {
  const text = renderTimeline(
    historyOf([
      STARTED,
      [0, 0, 'MapStateEntered', 'M'],
      [2, 0, 'MapStateStarted', 1],
      [3, 0, 'MapIterationStarted', { name: 'M', index: 0 }],
      [4, 0, 'FailStateEntered', 'F'],
      [5, 0, 'MapIterationFailed', { name: 'M', index: 0 }],
      [5, 2000, 'MapStateStarted', 1],
      [7, 2000, 'MapIterationStarted', { name: 'M', index: 0 }],
      [8, 2000, 'FailStateEntered', 'F'],
      [9, 2000, 'MapIterationFailed', { name: 'M', index: 0 }],
      [9, 2000, 'MapStateFailed'],
      [11, 2000, 'ExecutionFailed', ['Nope', 'twice']],
    ]),
  );

  expect(text).toBe(
    [
      '   time  state      try  outcome',
      '+0.000s  M            1  failed, retried after 2s',
      '+0.000s  [0] F           failed',
      '+2.000s               2  failed · Nope: twice',
      '+2.000s  [0] F           failed · Nope: twice',
      '+2.000s  execution       FAILED · Nope: twice',
    ].join('\n'),
  );
});

test('an execution that is stopped, and one that is still waiting', () => {
  const rows: Row[] = [
    STARTED,
    [0, 0, 'TaskStateEntered', 'T'],
    [2, 0, 'TaskScheduled'],
    [3, 0, 'TaskStarted'],
    [4, 5, 'TaskSubmitted'],
  ];

  expect(renderTimeline(historyOf(rows))).toMatch(/T +1 {2}not finished\n\+0\.005s {2}execution +RUNNING$/);
  expect(renderTimeline(historyOf([...rows, [0, 60_000, 'ExecutionAborted', ['Stopped', 'by hand']]]))).toMatch(
    /T +1 {2}aborted after 1m 00s\n *\+1m 00s {2}execution +ABORTED · Stopped: by hand$/,
  );
});

test('a long timeline keeps its beginning and its end and says how many lines are left out', () => {
  const rows: Row[] = [STARTED];
  for (let index = 0; index < 200; index++)
    rows.push(...taskRows(2 + 5 * index, index === 0 ? 0 : 1 + 5 * index, index, index, `S${index}`));
  rows.push([1001, 200, 'ExecutionSucceeded', '{}']);
  const lines = renderTimeline(historyOf(rows)).split('\n');

  expect(lines).toHaveLength(81);
  expect(lines[40]).toMatch(/ S39 /);
  expect(lines[41]).toMatch(/^ +… 122 lines left out …$/);
  expect(lines[42]).toMatch(/ S162 /);
  expect(lines[80]).toMatch(/SUCCEEDED/);
});

test('no line is longer than the width, whatever names and causes say', () => {
  const name = '注文'.repeat(60);
  const events = historyOf([
    STARTED,
    [0, 0, 'TaskStateEntered', name],
    [2, 0, 'TaskScheduled'],
    [3, 0, 'TaskFailed', ['E'.repeat(200), 'x\n'.repeat(5000)]],
    [4, 0, 'ExecutionFailed', ['E'.repeat(200), 'x\n'.repeat(5000)]],
  ]);

  for (const width of [60, 120, 1]) {
    for (const line of renderTimeline(events, { width }).split('\n'))
      expect([...line].length).toBeLessThanOrEqual(Math.max(width, 60));
  }
});

test('escape sequences in names, causes and output do not reach the terminal', () => {
  const text = renderTimeline(
    historyOf([
      STARTED,
      [0, 0, 'PassStateEntered', '\u001b[2Jwipe'],
      [2, 0, 'PassStateExited', '\u001b[2Jwipe'],
      [3, 0, 'ExecutionSucceeded', '"\u009b31m"'],
    ]),
  );

  expect(text).not.toMatch(/[\u001b\u009b]/);
});

test('plain unless colours are asked for; with colours the same text', () => {
  const plain = renderTimeline(ORDER_REFUNDED);
  const coloured = renderTimeline(ORDER_REFUNDED, { colour: true });

  expect(plain).not.toContain('\u001b');
  expect(coloured).toContain('\u001b[31mFAILED · OrderFailed\u001b[39m');
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
});

test('an output of 0, false or "" is shown', () => {
  for (const output of ['0', 'false', '""', 'null']) {
    expect(renderTimeline(historyOf([STARTED, [1, 0, 'ExecutionSucceeded', output]]))).toContain(`SUCCEEDED · ${output}`);
  }
});

test('no events', () => {
  expect(renderTimeline([])).toBe('no events');
});
