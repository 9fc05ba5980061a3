import '../../lib/testing/jest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { createTestWorld, lambda, limit, type Load, renderLoad, simulate } from '../../lib/testing';
import input from './input.json';
import { RetryStormStack } from './stack';

const stack = new RetryStormStack(new App(), 'RetryStorm');

/** A thousand executions begin at once; the function bears a hundred calls a second. */
async function storm(reservations: StateMachine): Promise<{ readonly reserved: number; readonly load: Load }> {
  const reserve = lambda(stack.reserve, limit(100).perSecond().elseThrottle().then({ reserved: 2 }));
  const world = createTestWorld(stack, { fakes: [reserve] });
  const runs = await Promise.all(Array.from({ length: 1000 }, () => simulate(reservations, { world, input })));
  return { reserved: runs.filter(({ status }) => status === 'SUCCEEDED').length, load: reserve.load };
}

const readme = readFileSync(join(__dirname, 'README.md'), 'utf8');

test('without jitter all come back together, again and again', async () => {
  const { reserved, load } = await storm(stack.inStep);

  expect(reserved).toBe(600);
  expect(load.perSecond.map(({ second }) => second)).toEqual([0, 5, 15, 35, 75, 155]);
  expect(renderLoad(load)).toMatchSnapshot();
  expect(readme).toContain(renderLoad(load));
});

test('with full jitter they spread, and everybody has a seat', async () => {
  const { reserved, load } = await storm(stack.withJitter);

  expect(reserved).toBe(1000);
  expect(renderLoad(load)).toMatchSnapshot();
  expect(readme).toContain(renderLoad(load));
});
