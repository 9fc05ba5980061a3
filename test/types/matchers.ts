// Compiled, never run: the matchers are typed for the global `expect` of @types/jest.
import '../../lib/testing/jest';
import { Duration } from 'aws-cdk-lib';
import { matchers, serializer, simulate } from '../../lib/testing';

expect.extend(matchers);
expect.addSnapshotSerializer(serializer);

export async function typedForTypesJest(): Promise<void> {
  const run = await simulate<{ price: number }>({ StartAt: 'A', States: {} });
  expect(run).toSucceedWith();
  expect(run).toSucceedWith({ price: 1 });
  expect(run).not.toSucceedWith(expect.objectContaining({ price: 1 }));
  expect(run).toFailWith('Busy');
  expect(run).toFailWith(/Busy/, expect.any(String));
  expect(run).toHaveVisited('A', 'B');
  expect(run).toHaveTaken(3);
  expect(run).toHaveTaken(Duration.hours(3));
  await expect(simulate('{}')).resolves.toSucceedWith();

  // @ts-expect-error an error to fail with is needed
  expect(run).toFailWith();
  // @ts-expect-error states are named
  expect(run).toHaveVisited(1);
  // @ts-expect-error a duration has a unit: seconds as a number, or a Duration
  expect(run).toHaveTaken('3h');
  // @ts-expect-error there is no such matcher
  expect(run).toSucced();
}
