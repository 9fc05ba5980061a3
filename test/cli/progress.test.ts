import { itemsOf, renderStanding, startProgress, wantsProgress } from '../../lib/cli/progress';
import { StatesError } from '../../lib/simulator/states-error';
import { createWorld } from '../../lib/simulator/world';
import { CALL, machineOf, only } from '../simulator/run-definition';

test('a line tells items, failures, rate and virtual time', () => {
  const items = { known: 100_000, done: 40_000, failed: 200 };
  expect(renderStanding({ events: 1, items, virtualMs: 3_720_000, realSeconds: 0.5 })).toBe(
    '[########------------] 40,000 of 100,000 items, 200 failed, 80,000/s, virtual time 1h 02m',
  );
  expect(renderStanding({ events: 5120, items: undefined, virtualMs: 1500, realSeconds: 2 })).toBe(
    '5,120 events, 2,560/s, virtual time 1.5s',
  );
  const none = { known: 0, done: 0, failed: 0 };
  expect(renderStanding({ events: 1, items: none, virtualMs: 0, realSeconds: 1 })).toMatch(/^\[-{20}\] 0 of 0 items, /);
});

test('it comes after half a second, ten times a second at the most, and goes away', () => {
  const lines: string[] = [];
  let nowMs = 7;
  const progress = startProgress(
    (line) => lines.push(line),
    () => ({ items: undefined, virtualMs: 0 }),
    () => nowMs,
  );
  const events = (count: number, atMs: number): void => {
    nowMs = 7 + atMs;
    for (let index = 0; index < count; index++) progress.noteEvent();
  };
  events(512, 499);
  expect(lines).toEqual([]);
  events(512, 500);
  events(512, 599);
  expect(lines).toEqual(['768 events, 1,536/s, virtual time 0s']);
  events(256, 600);
  progress.end();
  expect(lines).toEqual(['768 events, 1,536/s, virtual time 0s', '1,792 events, 2,987/s, virtual time 0s', '']);
});

test('what is done at once has no line', () => {
  const lines: string[] = [];
  startProgress(
    (line) => lines.push(line),
    () => ({ items: undefined, virtualMs: 0 }),
    () => 0,
  ).end();
  expect(lines).toEqual([]);
});

test('it counts the items of all Map Runs', async () => {
  const map = {
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...only(CALL, 'Work') },
    ToleratedFailureCount: 1,
  };
  const world = createWorld({
    perform: ({ parameters }) => {
      if ((parameters as { readonly Payload: number }).Payload === 2) throw new StatesError('No', undefined);
      return { value: null, durationMs: 0 };
    },
  });
  const execution = world.startExecution(machineOf(only({ Type: 'Wait', Seconds: 1 })), [1]);
  expect(itemsOf(execution.mapRuns())).toBeUndefined();
  const mapped = world.startExecution(machineOf(only({ ...map, ResultPath: null })), [1, 2, 3]);
  await mapped.run();
  expect(itemsOf(mapped.mapRuns())).toEqual({ known: 3, done: 3, failed: 1 });
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ CI: 'true' }, true, false],
  [{ TERM: 'dumb' }, true, false],
])('in the environment %j, on a terminal: %s, it is wanted: %s', (env, isTerminal, wanted) => {
  expect(wantsProgress(env, isTerminal)).toBe(wanted);
});
