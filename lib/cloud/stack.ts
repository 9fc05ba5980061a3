import type { Json } from '../json/json';
import type { Template } from './template';

/** One stack, or nested stack: its template and everything around it that a value may depend on. */
export interface Stack {
  /** The physical name, as `AWS::StackName` gives it. */
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  /** Absolute path of the assembly that holds the stack; undefined for a bare template. */
  readonly directory?: string;
  /** Construct path by logical id, without the leading slash. */
  readonly constructPaths: ReadonlyMap<string, string>;
  /** Where the source of a function is, by the function's logical id. */
  readonly entries: ReadonlyMap<string, SourceEntry>;
  /** Values of parameters, given by whoever reads the template. */
  readonly parameters: ReadonlyMap<string, Json>;
  /** Files of the assembly, by the object key under which `cdk deploy` would upload them. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** For a nested stack: the stack and the resource that it belongs to. */
  readonly parent?: { readonly stack: Stack; readonly logicalId: string };
  /** Nested stacks by the logical id of their `AWS::CloudFormation::Stack`. */
  readonly nested: ReadonlyMap<string, Stack>;
}

/** The source of a function, as our constructs record it: node metadata of type `cdk-baton:entry`. */
export interface SourceEntry {
  /** Absolute path of the source; the assembly has it relative to itself. */
  readonly entry: string;
  /** Name of the exported handler. */
  readonly handler: string;
}

/** One file asset of an assembly. */
export interface Asset {
  /** Absolute path of the file or directory. */
  readonly path: string;
  /** `zip`: `path` is a directory that is zipped when published; `file`: `path` is published as it is. */
  readonly packaging: 'zip' | 'file';
}

/** The account that stands for the unknown one of an environment-agnostic stack. */
export const DEFAULT_ACCOUNT = '123456789012';
/** The region that stands for the unknown one of an environment-agnostic stack. */
export const DEFAULT_REGION = 'us-east-1';
