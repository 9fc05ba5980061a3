/**
 * `cdk-baton/testing`: the simulator for constructs and stacks, with matchers and a snapshot serializer for Jest and Vitest.
 * @packageDocumentation
 */
export * from './simulator';
export { type BatonMatchers, matchers } from './testing/matchers/matchers';
export { serializer, type SnapshotSerializer } from './testing/serializer';
