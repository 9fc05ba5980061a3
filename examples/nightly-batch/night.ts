import { App } from 'aws-cdk-lib';
import { bucket, createTestWorld, lambda, type ObjectSource, StatesError } from '../../lib/testing';
import { NightlyBatchStack } from './stack';

/** Without it aws-cdk-lib leaves `resultWriterV2` out. */
const FLAGS = { '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': true };

/** One transaction in so many meets a card service that refuses it. */
const REFUSED = 200;

/** A file of so many transactions. It is made as it is read: nobody holds all of it. */
const fileOf = (transactions: number): ObjectSource => ({
  list: () => ['2026-11-21.csv'],
  async *get() {
    yield 'id,amount\n';
    const rows = 10_000;
    for (let from = 0; from < transactions; from += rows)
      yield Array.from({ length: Math.min(rows, transactions - from) }, (_, n) => `t-${from + n},${(from + n) % 97}\n`).join('');
  },
});

/** A night with so many transactions, of which one in two hundred is throttled. @param results where they are written. @default - kept in memory */
export function night(transactions: number, toleratedFailurePercentage: number, results?: ObjectSource) {
  const stack = new NightlyBatchStack(new App({ context: FLAGS }), 'Nightly', { toleratedFailurePercentage });
  const settle = ({ id }: { readonly id: string }) => ({ id, settled: true });
  const busy = lambda(stack.settle, (request: { readonly id: string }) => {
    if (Number(request.id.slice(2)) % REFUSED === 0) throw new StatesError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    return settle(request);
  });
  const buckets = [bucket(stack.transactions, fileOf(transactions)), bucket(stack.results, results)];
  return { stack, busy, calm: lambda(stack.settle, settle), world: createTestWorld(stack, { fakes: [busy], buckets }) };
}
