import { Duration } from 'aws-cdk-lib';
import { createTestWorld, fails, lambda, neverAnswers, type Script, service, simulate, takes } from '../../../lib/testing';
import { inARow, invoke, send } from '../definitions';
import { ShopStack } from '../shop-stack';

const shop = new ShopStack();

/** A task that is tried again for a whole day. */
const stubborn = inARow({
  A: invoke('f', { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 50 }] }),
});

const outcomeOf = async (script: Script): Promise<{ calls: number; seconds: number; output: unknown }> => {
  const fake = lambda('f', script);
  const run = await simulate(stubborn, { input: { n: 1 }, fakes: [fake] });
  return {
    calls: fake.calls.length,
    seconds: run.durationMs / 1000,
    output: run.status === 'SUCCEEDED' ? run.output : run.error,
  };
};

describe('a script says what a fake does, call after call', () => {
  test.each<[string, Script, { calls: number; seconds: number; output: unknown }]>([
    ['fails once, then answers', fails('Busy').then('done'), { calls: 2, seconds: 1, output: 'done' }],
    ['fails twice, then answers', fails('Busy').times(2).then('done'), { calls: 3, seconds: 2, output: 'done' }],
    ['whatever comes last goes on', fails('Busy'), { calls: 51, seconds: 50, output: 'Busy' }],
    ['one failure after another', fails('A').times(2).then(fails('B')).then('done'), { calls: 4, seconds: 3, output: 'done' }],
    [
      'a function of the request comes last',
      fails('Busy').then(({ n }: { n: number }) => n + 1),
      { calls: 2, seconds: 1, output: 2 },
    ],
    ['answers 0, false, the empty string and null', fails('Busy').then(0), { calls: 2, seconds: 1, output: 0 }],
    ['takes its time', takes(90, 'done'), { calls: 1, seconds: 90, output: 'done' }],
    ['takes a Duration', takes(Duration.minutes(2), 'done'), { calls: 1, seconds: 120, output: 'done' }],
    ['takes its time to fail', takes(10, fails('Busy')), { calls: 51, seconds: 560, output: 'Busy' }],
    ['takes its time to fail, once', takes(10, fails('Busy')).then('done'), { calls: 2, seconds: 11, output: 'done' }],
    ['takes its time for all of a script', takes(10, fails('Busy').then('done')), { calls: 2, seconds: 21, output: 'done' }],
    [
      'an answer, then a failure, then an answer',
      takes(0, 'first').then(fails('B')).then('last'),
      { calls: 1, seconds: 0, output: 'first' },
    ],
    [
      'scripts in scripts',
      fails('A')
        .then(fails('B').times(2).then(fails('C')))
        .then('done'),
      { calls: 5, seconds: 4, output: 'done' },
    ],
    ['takes its time to fail once', fails('Busy').then(takes(10, 'done')), { calls: 2, seconds: 11, output: 'done' }],
    ['takes nothing', takes(0, 'done'), { calls: 1, seconds: 0, output: 'done' }],
    ['takes its time for an asynchronous answer', takes(10, async () => 'done'), { calls: 1, seconds: 10, output: 'done' }],
  ])('%s', async (_, script, outcome) => {
    expect(await outcomeOf(script)).toEqual(outcome);
  });

  test('and begins anew in each world', async () => {
    const ship = lambda(shop.ship, fails('Depot.Busy').times(2).then('shipped'));
    for (let world = 1; world <= 2; world++) {
      const run = await simulate(shop, { input: { items: 1 }, fakes: [ship] });
      expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'shipped', durationMs: 3_620_000 });
    }
    expect(ship).toHaveBeenCalledTimes(6);
  });

  test('but not in each execution of a shared world', async () => {
    const world = createTestWorld(shop, { fakes: [lambda(shop.ship, fails('Depot.Busy').then('shipped'))] });
    const durations: number[] = [];
    for (let execution = 0; execution < 2; execution++)
      durations.push((await simulate(shop, { input: { items: 1 }, world })).durationMs);
    expect(durations).toEqual([3_610_000, 3_600_000]);
  });

  test('and is not changed by what is made of it', async () => {
    const busy = fails('Busy');
    const twice = busy.times(2).then('done');
    expect(await outcomeOf(busy.then('other'))).toMatchObject({ calls: 2, output: 'other' });
    expect(await outcomeOf(twice)).toMatchObject({ calls: 3, output: 'done' });
    expect(await outcomeOf(busy)).toMatchObject({ calls: 51 });
  });
});

describe('what fails', () => {
  test('has the cause that it is given', async () => {
    const run = await simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', fails('Busy', 'come back later'))] });
    expect(run).toMatchObject({ error: 'Busy', cause: 'come back later' });
    const empty = await simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', fails('Busy', ''))] });
    expect(empty).toMatchObject({ error: 'Busy', cause: '' });
  });

  test('has the cause that Lambda makes of an error, or none for a service', async () => {
    const run = await simulate(inARow({ A: invoke('f') }), { fakes: [lambda('f', fails('Busy'))] });
    expect(run).toMatchObject({ error: 'Busy', cause: '{"errorType":"Busy","errorMessage":"Busy","trace":[]}' });
    const sent = await simulate(inARow({ A: send() }), { fakes: [service('sqs:sendMessage', fails('Sqs.SqsException'))] });
    expect(sent).toMatchObject({ error: 'Sqs.SqsException', cause: undefined });
  });
});

describe('what never answers', () => {
  test('is ended by TimeoutSeconds', async () => {
    const run = await simulate(inARow({ A: invoke('f', { TimeoutSeconds: 30 }) }), { fakes: [lambda('f', neverAnswers())] });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: 30_000 });
    expect(run.droppedCalls).toHaveLength(1);
  });

  test('may answer the next time', async () => {
    const retry = { Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1 }] };
    const run = await simulate(inARow({ A: invoke('f', { TimeoutSeconds: 30, ...retry }) }), {
      fakes: [lambda('f', neverAnswers().then('done'))],
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'done', durationMs: 31_000 });
  });
});

describe('mistakes are refused where they are made', () => {
  test.each([
    ['times(0)', () => fails('X').times(0), 'times() wants a whole number of at least 1; it got 0.'],
    ['times(1.5)', () => fails('X').times(1.5), 'it got 1.5.'],
    ['times(NaN)', () => fails('X').times(NaN), 'it got NaN.'],
    ['times() behind then()', () => fails('X').then(1).times(2), 'times() belongs behind'],
    ['times() behind takes() of a script', () => takes(1, fails('X')).times(2), 'times() belongs behind'],
    ['takes(-1)', () => takes(-1, 1), 'takes() wants a duration of zero or more; it got -1000 ms.'],
    ['takes(NaN)', () => takes(NaN, 1), 'it got NaN ms.'],
    [
      'takes() of nothing known',
      () => takes('1' as never, 1),
      'A duration is a number of seconds or a Duration of aws-cdk-lib; found "1".',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test('awaiting a script', async () => {
    await expect((async () => await (fails('X') as unknown as Promise<void>))()).rejects.toThrow(
      'A script such as fails(…) was awaited or returned from a function.',
    );
  });
});
