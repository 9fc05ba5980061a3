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
  typeof value.node === 'object' &&
  typeof (value as ConstructLike).node?.path === 'string';

/** How a resource is asked for in a `Cloud`. */
export const queryOf = (resource: ResourceLike): string => (isConstruct(resource) ? resource.node.path : resource);

/** The ARN of a resource that the stack imports: given as such, or by a construct that knows it without a template. */
export function tryImportedArn(resource: ResourceLike, attribute: string): string | undefined {
  const arn = isConstruct(resource) ? (resource as unknown as Record<string, unknown>)[attribute] : resource;
  // A token stands for something that only the template knows.
  return typeof arn === 'string' && arn.startsWith('arn:') && !arn.includes('${Token') ? arn : undefined;
}
