// Compiled, never run: the matchers are typed for Vitest by the line that `BatonMatchers` names.
import { expect } from 'vitest';
import { type BatonMatchers, lambda, matchers, serializer, simulate } from '../../lib/testing';

declare module 'vitest' {
  interface Matchers<T> extends BatonMatchers<T> {}
}

expect.extend(matchers);
expect.addSnapshotSerializer(serializer);

export async function typedForVitest(): Promise<void> {
  const run = await simulate({ StartAt: 'A', States: {} });
  expect(run).toSucceedWith({ price: 1 });
  expect(run).not.toFailWith('Busy', /later/);
  expect(run).toHaveVisited('A');
  expect(run).toHaveTaken(3);
  expect(lambda('f', 1)).toHaveBeenCalledTimes(1);

  // @ts-expect-error states are named
  expect(run).toHaveVisited(1);
}
