import fc from 'fast-check';
import { visitsOf, type Visit } from '../../lib/report/visits';
import type { HistoryEvent, HistoryEventType } from '../../lib/simulator/history-event';
import { historyOf, taskRows, type Row } from './history';
import { MAP_OF_PARALLEL_CAUGHT, ORDER_REFUNDED } from './machines';

/** `EachPicture[1]/Sizes[0]/Small` */
function placeOf(visit: Visit): string {
  return [
    ...visit.path.map((step) => `${step.state}${step.attempt > 0 ? `#${step.attempt}` : ''}[${step.index}]`),
    visit.state,
  ].join('/');
}

function outcomes(events: readonly HistoryEvent[]): string[] {
  return visitsOf(events).map(
    (visit) => `${placeOf(visit)} ${visit.outcome}${visit.error === undefined ? '' : ` ${visit.error}`}`,
  );
}

const STARTED: Row = [0, 0, 'ExecutionStarted'];

test('a straight line: each state once, with its times and the state after it', () => {
  const visits = visitsOf(
    historyOf([
      STARTED,
      [0, 0, 'PassStateEntered', 'A'],
      [2, 0, 'PassStateExited', 'A'],
      [3, 0, 'WaitStateEntered', 'B'],
      [4, 5000, 'WaitStateExited', 'B'],
      [5, 5000, 'ExecutionSucceeded', '{}'],
    ]),
  );

  expect(visits).toEqual([
    {
      state: 'A',
      type: 'Pass',
      path: [],
      enteredEventId: 2,
      enteredAtMs: 0,
      exitedAtMs: 0,
      attempts: [],
      outcome: 'succeeded',
      next: 'B',
    },
    {
      state: 'B',
      type: 'Wait',
      path: [],
      enteredEventId: 4,
      enteredAtMs: 0,
      exitedAtMs: 5000,
      attempts: [],
      outcome: 'succeeded',
    },
  ]);
});

test('a retried task is one visit with several attempts', () => {
  const [visit, ...others] = visitsOf(
    historyOf([
      STARTED,
      [0, 0, 'TaskStateEntered', 'A'],
      [2, 0, 'TaskScheduled'],
      [3, 0, 'TaskStarted'],
      [4, 100, 'TaskFailed', ['Busy', 'later']],
      [5, 1100, 'TaskScheduled'],
      [6, 1100, 'TaskStarted'],
      [7, 1200, 'TaskSucceeded'],
      [8, 1200, 'TaskStateExited', 'A'],
      [9, 1200, 'ExecutionSucceeded', '{}'],
    ]),
  );

  expect(others).toEqual([]);
  expect(visit).toMatchObject({ outcome: 'succeeded', enteredAtMs: 0, exitedAtMs: 1200 });
  expect(visit).not.toHaveProperty('error');
  expect(visit?.attempts).toEqual([
    { startedAtMs: 0, endedAtMs: 100, outcome: 'failed', error: 'Busy', cause: 'later' },
    { startedAtMs: 1100, endedAtMs: 1200, outcome: 'succeeded' },
  ]);
});

test('a caught error: the visit is caught, has the error, and goes on to the Catcher’s state', () => {
  const [visit] = visitsOf(
    historyOf([
      STARTED,
      [0, 0, 'TaskStateEntered', 'A'],
      [2, 0, 'LambdaFunctionScheduled'],
      [3, 0, 'LambdaFunctionStarted'],
      [4, 7000, 'LambdaFunctionTimedOut', ['States.Timeout']],
      [5, 7000, 'TaskStateExited', 'A'],
      [6, 7000, 'PassStateEntered', 'Fallback'],
      [7, 7000, 'PassStateExited', 'Fallback'],
      [8, 7000, 'ExecutionSucceeded', '{}'],
    ]),
  );

  expect(visit).toMatchObject({ outcome: 'caught', error: 'States.Timeout', next: 'Fallback' });
  expect(visit?.attempts).toEqual([{ startedAtMs: 0, endedAtMs: 7000, outcome: 'timedOut', error: 'States.Timeout' }]);
});

test('an error that nobody catches fails the visit', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'TaskStateEntered', 'A'],
    [2, 0, 'TaskScheduled'],
    [3, 0, 'TaskStarted'],
    [4, 10, 'TaskFailed', ['Bad', 'broken']],
    [5, 10, 'ExecutionFailed', ['Bad', 'broken']],
  ]);

  expect(visitsOf(events)).toMatchObject([{ state: 'A', outcome: 'failed', error: 'Bad', cause: 'broken', exitedAtMs: 10 }]);
});

test('a state that fails before anything is scheduled has the error of the execution and no attempt', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'TaskStateEntered', 'A'],
    [2, 0, 'ExecutionFailed', ['States.Runtime', 'no such path']],
  ]);

  expect(visitsOf(events)).toMatchObject([{ outcome: 'failed', error: 'States.Runtime', cause: 'no such path', attempts: [] }]);
});

test('a result that cannot be used fails the visit although its task succeeded', () => {
  const rows = taskRows(2, 0, 0, 5, 'A').slice(0, 4);
  const [visit] = visitsOf(historyOf([STARTED, ...rows, [5, 5, 'ExecutionFailed', ['States.Runtime', 'bad path']]]));

  expect(visit).toMatchObject({ outcome: 'failed', error: 'States.Runtime', attempts: [{ outcome: 'succeeded' }] });
});

test('a Fail state has the error of the execution, also from deep inside', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'MapStateEntered', 'M'],
    [2, 0, 'MapStateStarted', 1],
    [3, 0, 'MapIterationStarted', { name: 'M', index: 0 }],
    [4, 0, 'ParallelStateEntered', 'P'],
    [5, 0, 'ParallelStateStarted'],
    [6, 0, 'FailStateEntered', 'F'],
    [7, 0, 'ParallelStateFailed'],
    [8, 0, 'MapIterationFailed', { name: 'M', index: 0 }],
    [8, 0, 'MapStateFailed'],
    [10, 0, 'ExecutionFailed', ['Deep', 'down']],
  ]);

  expect(outcomes(events)).toEqual(['M failed Deep', 'M[0]/P failed Deep', 'M[0]/P[0]/F failed Deep']);
  expect(visitsOf(events).map((visit) => visit.attempts.at(-1)?.error)).toEqual(['Deep', 'Deep', undefined]);
});

test('a failed iteration without Failed events of its own fails everything on the way out, and aborts the rest', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'MapStateEntered', 'M'],
    [2, 0, 'MapStateStarted', 2],
    [3, 0, 'MapIterationStarted', { name: 'M', index: 0 }],
    [3, 0, 'MapIterationStarted', { name: 'M', index: 1 }],
    [4, 0, 'WaitStateEntered', 'W'],
    [5, 0, 'PassStateEntered', 'Q'],
    [7, 0, 'ExecutionFailed', ['States.Runtime', 'bad']],
  ]);

  expect(outcomes(events)).toEqual(['M failed States.Runtime', 'M[0]/W aborted', 'M[1]/Q failed States.Runtime']);
});

test('events of iterations that overlap are told apart by what they follow', () => {
  expect(outcomes(MAP_OF_PARALLEL_CAUGHT)).toEqual([
    'ListPictures succeeded',
    'EachPicture caught TooLarge',
    'EachPicture[0]/Read succeeded',
    'EachPicture[1]/Read succeeded',
    'EachPicture[1]/Sizes failed TooLarge',
    'EachPicture[0]/Sizes aborted',
    'EachPicture[1]/Sizes[0]/Small aborted',
    'EachPicture[0]/Sizes[0]/Small succeeded',
    'EachPicture[1]/Sizes[1]/Large failed TooLarge',
    'EachPicture[0]/Sizes[1]/Large aborted',
    'Report succeeded',
    'Done succeeded',
  ]);
  expect(visitsOf(MAP_OF_PARALLEL_CAUGHT).filter((visit) => visit.state === 'Read')).toMatchObject([
    { exitedAtMs: 90 },
    { exitedAtMs: 80 },
  ]);
});

test('a failed branch fails, its sibling is aborted, and the Parallel is caught', () => {
  expect(outcomes(ORDER_REFUNDED)).toEqual([
    'ValidateOrder succeeded',
    'CheckInventory succeeded',
    'IsInStock succeeded',
    'ProcessPayment succeeded',
    'FulfillOrder caught DynamoDb.ConditionalCheckFailedException',
    'FulfillOrder[0]/UpdateInventory failed DynamoDb.ConditionalCheckFailedException',
    'FulfillOrder[1]/SendConfirmation aborted',
    'RefundPayment succeeded',
    'OrderFailed failed OrderFailed',
  ]);
});

test('an iteration that takes over a free place is one of its own', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'MapStateEntered', 'M'],
    [2, 0, 'MapStateStarted', 2],
    [3, 0, 'MapIterationStarted', { name: 'M', index: 0 }],
    [4, 0, 'PassStateEntered', 'Q'],
    [5, 0, 'PassStateExited', 'Q'],
    [6, 0, 'MapIterationSucceeded', { name: 'M', index: 0 }],
    [6, 0, 'MapIterationStarted', { name: 'M', index: 1 }],
    [8, 0, 'PassStateEntered', 'Q'],
    [9, 0, 'PassStateExited', 'Q'],
    [10, 0, 'MapIterationSucceeded', { name: 'M', index: 1 }],
    [11, 0, 'MapStateSucceeded'],
    [11, 0, 'MapStateExited', 'M'],
    [13, 0, 'PassStateEntered', 'After'],
    [14, 0, 'PassStateExited', 'After'],
    [15, 0, 'ExecutionSucceeded', '{}'],
  ]);

  expect(outcomes(events)).toEqual(['M succeeded', 'M[0]/Q succeeded', 'M[1]/Q succeeded', 'After succeeded']);
  expect(visitsOf(events)[0]).toMatchObject({ next: 'After', attempts: [{ length: 2, outcome: 'succeeded' }] });
});

test('an empty Map succeeds with a length of 0', () => {
  const [visit] = visitsOf(
    historyOf([
      STARTED,
      [0, 0, 'MapStateEntered', 'M'],
      [2, 0, 'MapStateStarted', 0],
      [3, 0, 'MapStateSucceeded'],
      [3, 0, 'MapStateExited', 'M'],
      [5, 0, 'ExecutionSucceeded', '[]'],
    ]),
  );

  expect(visit).toMatchObject({ outcome: 'succeeded', attempts: [{ length: 0, outcome: 'succeeded' }] });
});

test('a retried Map has an attempt for each start, and its inner visits say which', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'MapStateEntered', 'M'],
    [2, 0, 'MapStateStarted', 2],
    [3, 0, 'MapIterationStarted', { name: 'M', index: 0 }],
    [3, 0, 'MapIterationStarted', { name: 'M', index: 1 }],
    [4, 0, 'FailStateEntered', 'F'],
    [5, 0, 'WaitStateEntered', 'W'],
    [6, 0, 'MapIterationFailed', { name: 'M', index: 0 }],
    [6, 0, 'WaitStateAborted'],
    [6, 0, 'MapIterationAborted', { name: 'M', index: 1 }],
    [6, 1000, 'MapStateStarted', 2], // 11
    [11, 1000, 'MapIterationStarted', { name: 'M', index: 0 }],
    [11, 1000, 'MapIterationStarted', { name: 'M', index: 1 }],
    [12, 1000, 'PassStateEntered', 'Q'],
    [13, 1000, 'PassStateEntered', 'Q'],
    [14, 1000, 'PassStateExited', 'Q'],
    [15, 1000, 'PassStateExited', 'Q'],
    [16, 1000, 'MapIterationSucceeded', { name: 'M', index: 0 }],
    [17, 1000, 'MapIterationSucceeded', { name: 'M', index: 1 }],
    [19, 1000, 'MapStateSucceeded'],
    [19, 1000, 'MapStateExited', 'M'],
    [21, 1000, 'ExecutionSucceeded', '[]'],
  ]);

  expect(outcomes(events)).toEqual([
    'M succeeded',
    'M[0]/F failed',
    'M[1]/W aborted',
    'M#1[0]/Q succeeded',
    'M#1[1]/Q succeeded',
  ]);
  expect(visitsOf(events)[0]?.attempts).toMatchObject([
    { startedAtMs: 0, endedAtMs: 0, outcome: 'failed' },
    { startedAtMs: 1000, endedAtMs: 1000, outcome: 'succeeded' },
  ]);
});

test('branches are numbered anew when a Parallel is retried', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'ParallelStateEntered', 'P'],
    [2, 0, 'ParallelStateStarted'],
    [3, 0, 'WaitStateEntered', 'W'],
    [3, 0, 'FailStateEntered', 'F'],
    [5, 0, 'WaitStateAborted'],
    [5, 500, 'ParallelStateStarted'],
    [7, 500, 'WaitStateEntered', 'W'],
    [7, 500, 'FailStateEntered', 'F'],
    [9, 500, 'WaitStateAborted'],
    [9, 500, 'ParallelStateFailed'],
    [11, 500, 'ExecutionFailed', ['F']],
  ]);

  expect(outcomes(events)).toEqual(['P failed F', 'P[0]/W aborted', 'P[1]/F failed', 'P#1[0]/W aborted', 'P#1[1]/F failed F']);
});

test('the end of an inner Parallel is not taken for the end of the outer one', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'ParallelStateEntered', 'Outer'],
    [2, 0, 'ParallelStateStarted'],
    [3, 0, 'ParallelStateEntered', 'Inner'],
    [4, 0, 'ParallelStateStarted'],
    [5, 0, 'PassStateEntered', 'Q'],
    [6, 0, 'PassStateExited', 'Q'],
    [7, 0, 'ParallelStateSucceeded'],
    [7, 0, 'ParallelStateExited', 'Inner'],
    [9, 0, 'ParallelStateSucceeded'],
    [9, 0, 'ParallelStateExited', 'Outer'],
    [11, 0, 'ExecutionSucceeded', '[[{}]]'],
  ]);

  expect(outcomes(events)).toEqual(['Outer succeeded', 'Outer[0]/Inner succeeded', 'Outer[0]/Inner[0]/Q succeeded']);
});

test('the outer Parallel is retried, not the inner one that made it fail', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'ParallelStateEntered', 'Outer'],
    [2, 0, 'ParallelStateStarted'],
    [3, 0, 'ParallelStateEntered', 'Inner'],
    [4, 0, 'ParallelStateStarted'],
    [5, 0, 'FailStateEntered', 'F'],
    [6, 0, 'ParallelStateFailed'],
    [7, 100, 'ParallelStateStarted'],
    [8, 100, 'ParallelStateEntered', 'Inner'],
  ]);

  expect(outcomes(events)).toEqual([
    'Outer running',
    'Outer[0]/Inner failed',
    'Outer[0]/Inner[0]/F failed',
    'Outer#1[0]/Inner running',
  ]);
});

test('a state in a loop is visited anew each time', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'WaitStateEntered', 'W'],
    [2, 10, 'WaitStateExited', 'W'],
    [3, 10, 'ChoiceStateEntered', 'C'],
    [4, 10, 'ChoiceStateExited', 'C'],
    [5, 10, 'WaitStateEntered', 'W'],
    [6, 20, 'WaitStateExited', 'W'],
    [7, 20, 'ChoiceStateEntered', 'C'],
    [8, 20, 'ChoiceStateExited', 'C'],
    [9, 20, 'SucceedStateEntered', 'S'],
    [10, 20, 'SucceedStateExited', 'S'],
    [11, 20, 'ExecutionSucceeded', '{}'],
  ]);

  expect(visitsOf(events).map(({ state, next }) => [state, next])).toEqual([
    ['W', 'C'],
    ['C', 'W'],
    ['W', 'C'],
    ['C', 'S'],
    ['S', undefined],
  ]);
});

test.each(['ExecutionAborted', 'ExecutionTimedOut'] as const)('%s aborts what was at work', (type) => {
  const events = historyOf([STARTED, [0, 0, 'TaskStateEntered', 'A'], [2, 0, 'TaskScheduled'], [0, 900, type]]);

  expect(visitsOf(events)).toMatchObject([
    { outcome: 'aborted', exitedAtMs: 900, attempts: [{ outcome: 'aborted', endedAtMs: 900 }] },
  ]);
});

test('what has not ended is running and has no exit', () => {
  const [visit] = visitsOf(historyOf([STARTED, [0, 0, 'TaskStateEntered', 'A'], [2, 0, 'TaskScheduled'], [3, 0, 'TaskStarted']]));

  expect(visit).toMatchObject({ outcome: 'running', attempts: [{ outcome: 'running' }] });
  expect(visit).not.toHaveProperty('exitedAtMs');
});

test('visits are plain data', () => {
  const visits = visitsOf(MAP_OF_PARALLEL_CAUGHT);

  expect(JSON.parse(JSON.stringify(visits))).toStrictEqual(visits);
});

test('events of a type it does not know, as AWS may add, change nothing', () => {
  const events = historyOf([
    STARTED,
    [0, 0, 'TaskStateEntered', 'A'],
    [2, 0, 'SomethingNew' as HistoryEventType],
    [3, 0, 'TaskScheduled'],
    [4, 0, 'TaskSucceeded'],
    [5, 0, 'TaskStateExited', 'A'],
  ]);

  expect(outcomes(events)).toEqual(['A succeeded']);
});

test('no events, no visits', () => {
  expect(visitsOf([])).toEqual([]);
});

const TYPES: readonly HistoryEventType[] = [
  'PassStateEntered',
  'PassStateExited',
  'TaskStateEntered',
  'TaskScheduled',
  'TaskFailed',
  'TaskSucceeded',
  'TaskStateExited',
  'ParallelStateEntered',
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'ParallelStateFailed',
  'ParallelStateExited',
  'MapStateEntered',
  'MapStateStarted',
  'MapIterationStarted',
  'MapIterationFailed',
  'MapStateFailed',
  'MapStateExited',
  'FailStateEntered',
  'ExecutionFailed',
  'ExecutionAborted',
];

test('a history in any disorder is read to the end: as many visits as states entered, none left before it was entered', () => {
  const row = fc.tuple(fc.nat(30), fc.nat(100), fc.constantFrom(...TYPES), fc.constantFrom('A', 'B', '__proto__'));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      let atMs = 0;
      const events = historyOf(
        rows.map(([previous, passMs, type, name]): Row => {
          atMs += passMs;
          if (type.startsWith('MapIteration')) return [previous, atMs, type, { name, index: previous }];
          return /State(Entered|Exited)$/.test(type) ? [previous, atMs, type, name] : [previous, atMs, type];
        }),
      );
      const visits = visitsOf(events);

      expect(visits).toHaveLength(events.filter((event) => event.type.endsWith('StateEntered')).length);
      for (const visit of visits) expect(visit.exitedAtMs ?? Infinity).toBeGreaterThanOrEqual(visit.enteredAtMs);
    }),
  );
});
