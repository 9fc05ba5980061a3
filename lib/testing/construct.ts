/**
 * A CDK construct, as far as the simulator needs to know it: anything that has a place in a construct tree. Stated by its
 * shape, so that `cdk-baton/simulator` needs neither aws-cdk-lib nor constructs.
 */
export interface ConstructLike {
  readonly node: {
    readonly path: string;
    readonly root: unknown;
  };
}

/** A resource of a stack: its construct; or its name, ARN, logical id or construct path. */
export type ResourceLike = ConstructLike | string;

/** True for CDK constructs. */
export const isConstruct = (value: unknown): value is ConstructLike =>
  typeof value === 'object' &&
  value !== null &&
  'node' in value &&
  typeof (value as { node: unknown }).node === 'object' &&
  typeof (value as ConstructLike).node?.path === 'string';

/** How a resource is asked for in a `Cloud`. */
export const queryOf = (resource: ResourceLike): string => (isConstruct(resource) ? resource.node.path : resource);
