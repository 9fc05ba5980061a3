// Compiled, never run: the matchers are typed for `expect` of @jest/globals.
import '../../lib/testing/jest';
import { expect } from '@jest/globals';
import { Duration } from 'aws-cdk-lib';
import { lambda, matchers, serializer, simulate } from '../../lib/testing';

expect.extend(matchers);
expect.addSnapshotSerializer(serializer);

export async function typedForJestGlobals(): Promise<void> {
  const run = await simulate({ StartAt: 'A', States: {} });
  expect(run).toSucceedWith();
  expect(run).not.toSucceedWith(expect.objectContaining({ price: 1 }));
  expect(run).toFailWith(/Busy/, expect.any(String));
  expect(run).toHaveVisited('A', 'B');
  expect(run).toHaveTaken(Duration.hours(3));
  expect(lambda('f', 1)).toHaveBeenCalledTimes(1);
  await expect(simulate('{}')).resolves.toSucceedWith();

  // @ts-expect-error an error to fail with is needed
  expect(run).toFailWith();
  // @ts-expect-error states are named
  expect(run).toHaveVisited(1);
  // @ts-expect-error a duration has a unit: seconds as a number, or a Duration
  expect(run).toHaveTaken('3h');
}
