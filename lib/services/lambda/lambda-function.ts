import type { LambdaContext } from './lambda-context';

/** A Lambda function of a world. Node.js runtimes only. */
export interface LambdaFunction {
  /** Unqualified: `arn:aws:lambda:<region>:<account>:function:<name>`. */
  readonly arn: string;
  /** A function to call, or where to load it from when it is first invoked. */
  readonly code: Handler | HandlerSource;
  /** Its environment variables. The process's own are not visible to it. @default - none of its own */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 3,000, as Lambda */
  readonly timeoutMs?: number;
  /** @default 128, as Lambda */
  readonly memorySizeMb?: number;
  /** Version by alias. @default - no aliases */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** A handler as Lambda's Node.js runtime calls it: it gives a promise, or calls back. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
export type Handler = (event: unknown, context: LambdaContext, callback: HandlerCallback) => unknown;

/** Ends an invocation: with an error unless it is null or undefined, else with the result. */
export type HandlerCallback = (error?: unknown, result?: unknown) => void;

/** Where a handler's code is. */
export type HandlerSource = EntrySource | AssetSource | InlineSource;

/** A module of the project, TypeScript or JavaScript, as it is before bundling. */
export interface EntrySource {
  readonly kind: 'entry';
  /** Absolute path. */
  readonly file: string;
  /** Name of the export. */
  readonly exportName: string;
}

/** A directory as it would be deployed. */
export interface AssetSource {
  readonly kind: 'asset';
  /** Absolute path. */
  readonly directory: string;
  /** `<file without extension>.<export>`, such as `index.handler`. */
  readonly handler: string;
  /** Such as `nodejs22.x`. */
  readonly runtime: string;
}

/** Code that stands in the template. */
export interface InlineSource {
  readonly kind: 'inline';
  /** The text of `index.js`. */
  readonly code: string;
  /** `index.<export>`. */
  readonly handler: string;
  /** Such as `nodejs22.x`. */
  readonly runtime: string;
}

/** The name in a function's ARN. */
export const nameOf = ({ arn }: Pick<LambdaFunction, 'arn'>): string => arn.slice(arn.lastIndexOf(':') + 1);
