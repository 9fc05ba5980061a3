import '../../lib/testing/jest';
import { App } from 'aws-cdk-lib';
import { check, lambda, limit, simulate, takes } from '../../lib/testing';
import input from './input.json';
import { CARD_SERVICE_CAPACITY, ThrottledBatchStack } from './stack';

/** Batches, and a function that takes a second for each transaction and has a hundred places. */
const batchOf = (maxConcurrency: number) => {
  const { batches, charge } = new ThrottledBatchStack(new App(), 'Batch', { maxConcurrency });
  const answer = ({ transaction }: { transaction: number }) => ({ transaction, charged: true });
  const cards = lambda(charge, limit(CARD_SERVICE_CAPACITY).atOnce().elseThrottle().then(takes(1, answer)));
  return { batches, cards };
};

const overrun = batchOf(1000);
const bearable = batchOf(100);

test('a thousand at once overrun a function with a hundred places', async () => {
  const { batches, cards } = overrun;
  const run = await simulate(batches, { input, fakes: [cards] });

  expect(run).toFailWith('States.ExceedToleratedFailureThreshold');
  expect(cards.load).toMatchObject({ peakPerSecond: 1000, peakAtOnce: 100, throttled: 900 });
});

test('a hundred at once are what it can bear: every transaction is charged', async () => {
  const { batches, cards } = bearable;
  const run = await simulate(batches, { input, fakes: [cards] });

  expect(run).toSucceedWith({ charged: 2000 });
  expect(run).toHaveTaken(20);
  expect(cards.load).toMatchObject({ calls: 2000, peakPerSecond: 100, peakAtOnce: 100, throttled: 0 });
});

test('the function is throttled, and the Retrier of aws-cdk-lib does not try that again', () => {
  expect(check(bearable.batches).map(({ code }) => code)).toEqual(['retry-without-throttling']);
});
