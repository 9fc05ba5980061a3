import { relative, resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { CfnFunction, Function } from 'aws-cdk-lib/aws-lambda';

/** Metadata type under which the assembly carries the source of a function, beside `aws:cdk:logicalId`. */
export const ENTRY_METADATA = 'cdk-baton:entry';

/** Where the source of a function is. */
export interface Entry {
  /** Path of the TypeScript or JavaScript file that exports the handler. */
  readonly entry: string;
  /**
   * Name of the export.
   *
   * @default 'handler'
   */
  readonly handler?: string;
}

/**
 * Records where the source of a function is, so that the simulator runs the source itself: breakpoints hold, stack traces name
 * its lines. The template stays as it is; only the cloud assembly's metadata says it, with the path relative to the assembly: whoever
 * reads it may stand anywhere.
 *
 * @returns the function
 */
export function withEntry<F extends Function>(fn: F, { entry, handler = 'handler' }: Entry): F {
  const resource = fn.node.defaultChild as CfnFunction;
  const assembly = Stage.of(fn)?.outdir ?? '';
  resource.node.addMetadata(ENTRY_METADATA, { entry: relative(assembly, resolve(entry)), handler });
  return fn;
}
