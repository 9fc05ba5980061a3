import '../../../lib/testing/jest';
import { Duration } from 'aws-cdk-lib';
import { matchers, fails, lambda, type SimulatedRun, simulate, SimulatorError } from '../../../lib/testing';
import { inARow, invoke } from '../definitions';

const definition = inARow({
  Check: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThan: 5, Next: 'Ask' }], Default: 'Each' },
  Ask: invoke('f'),
  Each: {
    Type: 'Map',
    ItemsPath: '$.list',
    ItemProcessor: { StartAt: 'Inner', States: { Inner: { Type: 'Pass', End: true } } },
  },
  Rest: { Type: 'Wait', Seconds: 90 },
});
const large = { n: 6, list: [1] };

const succeeded = (): Promise<SimulatedRun> =>
  simulate(definition, { input: large, fakes: [lambda('f', { list: [1, 2] }), lambda('unused', 1)], seed: 'my seed' });
const failed = (cause = 'come back later'): Promise<SimulatedRun> =>
  simulate(definition, { input: large, fakes: [lambda('f', fails('Busy', cause))] });

/** What a matcher says when it does not hold. */
const messageOf = (assert: () => unknown): string => {
  try {
    assert();
  } catch (error) {
    if (error instanceof SimulatorError) throw error;
    return (error as Error).message.replaceAll(/\u001b\[\d+m/g, '');
  }
  throw new Error('it held');
};

describe('toSucceedWith', () => {
  test('holds', async () => {
    const run = await succeeded();
    expect(run).toSucceedWith();
    expect(run).toSucceedWith([1, 2]);
    expect(run).toSucceedWith(expect.arrayContaining([2]));
    expect(run).not.toSucceedWith([1]);
    expect(run).not.toSucceedWith(undefined);
    expect(await failed()).not.toSucceedWith();
    expect(await failed()).not.toSucceedWith(undefined);
  });

  test.each([0, false, '', null])('holds for %p', async (input) => {
    const run = await simulate(inARow({ A: { Type: 'Pass' } }), { input });
    expect(run).toSucceedWith(input);
    expect(run).not.toSucceedWith(undefined);
    expect(() => expect(run).toSucceedWith({})).toThrow('It succeeded with');
  });

  test('says what came out, the way there and the seed', async () => {
    const run = await succeeded();
    const message = messageOf(() => expect(run).toSucceedWith([1]));
    expect(message).toContain('Expected the execution to succeed with [1].\nIt succeeded with [1, 2]');
    expect(message).toMatch(/Check[^]*Ask[^]*Each[^]*Rest/);
    expect(message).toContain("Seed: my seed\nFakes that nothing used: lambda('unused')");
  });

  test('says how it ended otherwise', async () => {
    const run = await failed();
    expect(messageOf(() => expect(run).toSucceedWith())).toContain(
      'Expected the execution to succeed.\nIt ended in FAILED with Busy: come back later\n',
    );
  });

  test('says the opposite with .not', async () => {
    const run = await succeeded();
    expect(messageOf(() => expect(run).not.toSucceedWith())).toContain(
      'Expected the execution not to succeed.\nIt succeeded with [1, 2]',
    );
  });
});

describe('toFailWith', () => {
  test('holds', async () => {
    const run = await failed();
    expect(run).toFailWith('Busy');
    expect(run).toFailWith('Busy', 'come back later');
    expect(run).toFailWith(/^Bu/, /later$/);
    expect(run).toFailWith(expect.stringContaining('us'), expect.stringContaining('back'));
    expect(run).not.toFailWith('Bus');
    expect(run).not.toFailWith('Busy', 'come back');
    expect(run).not.toFailWith('Busy', undefined);
    expect(run).not.toFailWith(/busy/);
    expect(await succeeded()).not.toFailWith(expect.anything());
    expect(await succeeded()).not.toFailWith(undefined);
  });

  test('holds every time for a regular expression with state', async () => {
    const run = await failed();
    const global = /Busy/g;
    for (let round = 0; round < 3; round++) expect(run).toFailWith(global);
  });

  test('tells an empty cause from none', async () => {
    const empty = await failed('');
    expect(empty).toFailWith('Busy', '');
    expect(empty).not.toFailWith('Busy', undefined);
    const none = await simulate({ StartAt: 'F', States: { F: { Type: 'Fail' } } });
    expect(none).toFailWith(undefined, undefined);
    expect(none).not.toFailWith('', '');
    expect(none).not.toFailWith(/(?:)/);
  });

  test('says how it ended, the way there and the seed', async () => {
    const run = await failed();
    const message = messageOf(() => expect(run).toFailWith('Idle', /x/));
    expect(message).toContain(
      'Expected the execution to fail with "Idle" and the cause /x/.\nIt ended in FAILED with Busy: come back later',
    );
    expect(message).toMatch(/Ask[^]*Seed: baton$/);
  });

  test('says so of a success, and the opposite with .not', async () => {
    expect(messageOf(() => expect(runs.succeeded).toFailWith('Busy'))).toContain('It ended in SUCCEEDED');
    expect(messageOf(() => expect(runs.failed).not.toFailWith('Busy'))).toContain(
      'Expected the execution not to fail with "Busy".',
    );
  });
});

describe('toHaveVisited', () => {
  test('holds for states in order, others between', async () => {
    const run = await succeeded();
    expect(run).toHaveVisited('Check', 'Ask', 'Each', 'Rest');
    expect(run).toHaveVisited('Check', 'Rest');
    expect(run).toHaveVisited('Each', 'Inner', 'Inner', 'Rest');
    expect(run).not.toHaveVisited('Rest', 'Check');
    expect(run).not.toHaveVisited('Inner', 'Inner', 'Inner');
    expect(await failed()).not.toHaveVisited('Rest');
  });

  test('says what was missed, what was visited, the way and the seed', async () => {
    const message = messageOf(() => expect(runs.failed).toHaveVisited('Check', 'Each'));
    expect(message).toContain(
      'Expected the execution to visit Check → Each. It did not enter "Each" after "Check".\nIt visited Check → Ask\n',
    );
    expect(message).toContain('Seed: baton');
    expect(messageOf(() => expect(runs.failed).toHaveVisited('Each'))).toContain('It did not enter "Each".\n');
    expect(messageOf(() => expect(runs.failed).not.toHaveVisited('Ask'))).toContain(
      'Expected the execution not to visit Ask.\nIt visited',
    );
  });

  test('throws for a state that the definition does not have, with .not too', () => {
    const message = 'toHaveVisited: the definition has no state "Asked", "Eat". It has: Check, Ask, Each, Inner, Rest.';
    expect(() => expect(runs.failed).toHaveVisited('Asked', 'Each', 'Eat')).toThrow(message);
    expect(() => expect(runs.failed).not.toHaveVisited('Asked', 'Each', 'Eat')).toThrow(message);
    expect(() => expect(runs.failed).not.toHaveVisited()).toThrow('toHaveVisited wants at least one state name.');
  });
});

describe('toHaveTaken', () => {
  test('holds for seconds and for Durations', async () => {
    const run = await succeeded();
    expect(run).toHaveTaken(90);
    expect(run).toHaveTaken(Duration.seconds(90));
    expect(run).not.toHaveTaken(90.001);
    expect(await failed()).toHaveTaken(0);
  });

  test('says what it took, the way and the seed', () => {
    const message = messageOf(() => expect(runs.succeeded).toHaveTaken(Duration.minutes(1)));
    expect(message).toContain('Expected the execution to take 60 s of virtual time.\nIt took 90 s\n');
    expect(message).toContain('Seed: my seed');
    expect(messageOf(() => expect(runs.succeeded).not.toHaveTaken(90))).toContain(
      'Expected the execution not to take 90 s of virtual time.',
    );
  });

  test('throws for what is no duration, with .not too', () => {
    expect(() => expect(runs.succeeded).not.toHaveTaken('90' as never)).toThrow(
      'A duration is a number of seconds or a Duration',
    );
  });
});

describe('what is no run throws, with .not too', () => {
  test.each<[string, unknown, string]>([
    ['a promise', Promise.resolve(1), 'was given a promise: write expect(await simulate(…)).'],
    ['a thenable', { then: () => 0 }, 'was given a promise'],
    ['undefined', undefined, 'wants what simulate(…) gives; it got undefined.'],
    ['null', null, 'it got null.'],
    ['an output', { status: 'SUCCEEDED' }, 'it got object.'],
  ])('%s', (_, received, message) => {
    // oxlint-disable-next-line jest/valid-expect
    for (const actual of [expect(received), expect(received).not]) {
      for (const assert of [
        () => actual.toSucceedWith(),
        () => actual.toFailWith('X'),
        () => actual.toHaveVisited('A'),
        () => actual.toHaveTaken(1),
      ]) {
        expect(assert).toThrow(SimulatorError);
        expect(assert).toThrow(message);
      }
    }
  });
});

test('a promise may be resolved by Jest', async () => {
  await expect(succeeded()).resolves.toSucceedWith([1, 2]);
  await expect(failed()).resolves.not.toSucceedWith();
});

test('custom equality testers are asked', () => {
  const equals = jest.fn(() => true);
  const context = { isNot: false, equals, customTesters: ['mine'], utils: { printExpected: String, printReceived: String } };
  expect(matchers.toSucceedWith.call(context, runs.succeeded, 'anything').pass).toBe(true);
  expect(equals).toHaveBeenCalledWith([1, 2], 'anything', ['mine']);
});

const runs = {} as { succeeded: SimulatedRun; failed: SimulatedRun };
beforeAll(async () => {
  runs.succeeded = await succeeded();
  runs.failed = await failed();
});

describe("Jest's fake timers", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('neither stop the simulation nor change its time', async () => {
    jest.setSystemTime(new Date('1999-12-31T23:59:59Z'));
    const run = await succeeded();
    expect(run).toHaveTaken(90);
    expect(run.startDate).toEqual(new Date('2025-01-01T00:00:00Z'));
    expect(jest.getTimerCount()).toBe(0);
  });

  test('do not hide a handler that never answers', async () => {
    const pending = lambda('f', () => new Promise(() => undefined));
    await expect(simulate(definition, { input: large, fakes: [pending], stallSeconds: 0.05 })).rejects.toThrow(
      'has been pending for 0.05 s',
    );
  });
});
