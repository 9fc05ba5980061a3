/**
 * `cdk-baton/testing/jest`: one line in Jest's configuration sets up matchers and serializers.
 *
 * ```js
 * setupFilesAfterEnv: ['cdk-baton/testing/jest']
 * ```
 * @packageDocumentation
 */
import { type BatonMatchers, matchers } from './matchers/matchers';
import { serializer } from './serializer';

declare global {
  // The names are those of @types/jest.
  namespace jest {
    interface Matchers<R, T = {}> extends BatonMatchers<R> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends BatonMatchers<R> {}
}

interface JestExpect {
  extend(matchers: object): void;
  addSnapshotSerializer(serializer: object): void;
}

const found = (globalThis as { expect?: JestExpect }).expect;
if (found === undefined)
  throw new Error("cdk-baton/testing/jest belongs in Jest's setupFilesAfterEnv: there is no global `expect` here.");
found.extend(matchers);
found.addSnapshotSerializer(serializer);
