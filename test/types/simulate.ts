// Compiled, never run: what simulate, fakes and worlds take and give.
import type { Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { createTestWorld, fails, type Json, lambda, neverAnswers, service, simulate, takes } from '../../lib/testing';

declare const stack: Stack;
declare const fn: IFunction;

export async function runs(): Promise<void> {
  const run = await simulate<{ price: number }>(stack, { input: { any: ['JSON', 1, null] } });
  if (run.status === 'SUCCEEDED') {
    const price: number = run.output.price;
    // @ts-expect-error a run that succeeded has no error
    void run.error;
    void price;
  } else {
    const texts: (string | undefined)[] = [run.error, run.cause];
    // @ts-expect-error a run that failed has no output
    void run.output;
    void texts;
  }
  // @ts-expect-error what comes out is read when the status is known
  void run.output;
  const untyped = await simulate(stack);
  if (untyped.status === 'SUCCEEDED') {
    const output: Json = untyped.output;
    void output;
  }
  // @ts-expect-error a run is read only
  run.status = 'FAILED';
}

export function targets(): void {
  void simulate({ assembly: 'cdk.out' });
  void simulate({ assembly: 'cdk.out', machine: 'Orders' });
  void simulate('{"StartAt": "A"}');
  // @ts-expect-error a definition has StartAt and States
  void simulate({ StartAt: 'A' });
  // @ts-expect-error a target is no number
  void simulate(1);
  // @ts-expect-error there is no such option
  void simulate(stack, { fake: [] });
}

interface Order {
  readonly total: number;
}

export function fakes(): void {
  lambda(fn, { paymentId: 'p-1' });
  lambda('charge-card', 0);
  lambda(fn, (event: Order) => event.total);
  lambda(fn, async (event: Order, { attempt }) => event.total + attempt);
  // The event is whatever the workflow sends: its fields may be taken without saying what it is.
  lambda(fn, ({ total }) => ({ paymentId: 'p-1', total }));
  lambda<Order, { ok: boolean }>(fn, ({ total }) => ({ ok: total > 0 }));
  // @ts-expect-error the result is said to be another
  lambda<Order, { ok: boolean }>(fn, ({ total }) => ({ ok: total }));
  // @ts-expect-error the event is said to have no such field
  lambda<Order>(fn, ({ sum }) => sum);
  lambda(fn, fails('Busy').times(2).then({ paymentId: 'p-1' }));
  lambda(fn, takes(3, neverAnswers()));
  service('sqs:sendMessage', { MessageId: 'm-1' });
  service('sqs:sendMessage', (request) => ({ request }));
  service('sqs:sendMessage', fails('Sqs.SqsException').then({ MessageId: 'm-1' }));
  // @ts-expect-error a service answers JSON
  service('sqs:sendMessage', { at: new Date() });
  // @ts-expect-error a function is named by a construct or a text
  lambda(7, 1);
}

export async function worlds(): Promise<void> {
  const world = createTestWorld(stack, { seed: 's', fakes: [lambda(fn, 1)] });
  await simulate(stack, { world });
  const now: Date = world.now;
  void now;
  // @ts-expect-error the time of a world is its own
  world.now = new Date();
  // @ts-expect-error seeds are texts
  createTestWorld(stack, { seed: 7 });
}
