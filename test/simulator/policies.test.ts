import type { Retrier } from '../../lib/asl/types';
import { retryDelayMs } from '../../lib/simulator/policies';

const failure = (error: string, heartbeat = false) => ({ error, cause: undefined, heartbeat });
const noJitter = (): number => {
  throw new Error('jitter was drawn');
};

/** Delays of a retrier's attempts, until it has enough. */
function delays(retriers: readonly Retrier[], errors: readonly string[], jitter = noJitter): (number | undefined)[] {
  const frame = { retries: undefined, retryCount: 0 };
  return errors.map((error) => retryDelayMs(retriers, frame, failure(error), jitter));
}

const many = (count: number, error = 'E'): string[] => Array.from({ length: count }, () => error);

test('defaults: three attempts, after 1, 2 and 4 seconds', () => {
  expect(delays([{ ErrorEquals: ['E'] }], many(4))).toEqual([1000, 2000, 4000, undefined]);
});

test('BackoffRate multiplies, MaxDelaySeconds caps', () => {
  const retrier = { ErrorEquals: ['E'], IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 5, MaxDelaySeconds: 10 };
  expect(delays([retrier], many(6))).toEqual([3000, 4500, 6750, 10_000, 10_000, undefined]);
});

test('BackoffRate 1 keeps the interval, MaxAttempts 0 never retries', () => {
  expect(delays([{ ErrorEquals: ['E'], BackoffRate: 1, IntervalSeconds: 7, MaxAttempts: 2 }], many(3))).toEqual([
    7000,
    7000,
    undefined,
  ]);
  expect(delays([{ ErrorEquals: ['E'], MaxAttempts: 0 }], many(1))).toEqual([undefined]);
});

test('a delay that grows beyond all numbers stays one', () => {
  const huge = { ErrorEquals: ['E'], IntervalSeconds: 99_999_999, BackoffRate: 1e300, MaxAttempts: 9 };
  for (const delay of delays([huge], many(9))) expect(Number.isFinite(delay)).toBe(true);
  expect(delays([{ ...huge, JitterStrategy: 'FULL' }], many(9), () => 0)).toEqual(many(9).map(() => 0));
});

test('each retrier counts for itself', () => {
  const retriers: Retrier[] = [
    { ErrorEquals: ['A'], IntervalSeconds: 1, MaxAttempts: 2 },
    { ErrorEquals: ['B'], IntervalSeconds: 10, MaxAttempts: 2 },
  ];
  expect(delays(retriers, ['A', 'B', 'A', 'B', 'A'])).toEqual([1000, 10_000, 2000, 20_000, undefined]);
});

test('the first retrier that matches is the only one, also when it is exhausted', () => {
  const retriers: Retrier[] = [
    { ErrorEquals: ['X', 'A'], MaxAttempts: 1 },
    { ErrorEquals: ['States.ALL'], MaxAttempts: 5 },
  ];
  expect(delays(retriers, ['A', 'A', 'B'])).toEqual([1000, undefined, 1000]);
});

test('retryCount counts the retries of all retriers', () => {
  const frame = { retries: undefined as number[] | undefined, retryCount: 0 };
  const retriers: Retrier[] = [{ ErrorEquals: ['A'] }, { ErrorEquals: ['B'] }];
  for (const error of ['A', 'B', 'C', 'B']) retryDelayMs(retriers, frame, failure(error), noJitter);
  expect(frame).toEqual({ retries: [1, 2], retryCount: 3 });
});

test('FULL jitter is anything between nothing and the capped delay', () => {
  const retrier: Retrier = {
    ErrorEquals: ['E'],
    IntervalSeconds: 10,
    MaxAttempts: 3,
    MaxDelaySeconds: 15,
    JitterStrategy: 'FULL',
  };
  expect(delays([retrier], many(3), () => 0)).toEqual([0, 0, 0]);
  expect(delays([retrier], many(3), () => 0.5)).toEqual([5000, 7500, 7500]);
  expect(delays([retrier], many(3), () => 0.999999999)).toEqual([10_000, 15_000, 15_000]);
});

test.each([
  ['States.ALL', 'States.Timeout', true],
  ['States.ALL', 'States.DataLimitExceeded', true],
  ['States.TaskFailed', 'Custom', true],
  ['States.TaskFailed', 'States.Permissions', true],
  ['States.TaskFailed', 'States.Timeout', false],
  ['States.Timeout', 'States.Timeout', true],
  ['States.Timeout', 'Custom', false],
  ['Custom', 'Custom', true],
  ['Custom', 'custom', false],
  ['Cust', 'Custom', false],
  ['States.HeartbeatTimeout', 'States.Timeout', false],
])('ErrorEquals %s against %s: %s', (name, error, matches) => {
  expect(delays([{ ErrorEquals: [name] }], [error])[0] !== undefined).toBe(matches);
});

test('a lapsed heartbeat is matched by States.HeartbeatTimeout and by States.Timeout', () => {
  for (const name of ['States.HeartbeatTimeout', 'States.Timeout']) {
    const frame = { retries: undefined, retryCount: 0 };
    expect(retryDelayMs([{ ErrorEquals: [name] }], frame, failure('States.Timeout', true), noJitter)).toBe(1000);
  }
});

test('an error without a name is matched by wildcards only', () => {
  const nameless = { error: undefined, cause: undefined, heartbeat: false };
  const delay = (name: string): number | undefined =>
    retryDelayMs([{ ErrorEquals: [name] }], { retries: undefined, retryCount: 0 }, nameless, noJitter);
  expect([delay('States.ALL'), delay('States.TaskFailed'), delay('undefined'), delay('')]).toEqual([
    1000,
    1000,
    undefined,
    undefined,
  ]);
});
