import { resolve, sep } from 'node:path';
import { types } from 'node:util';

/** What Lambda answers for a handler that failed: the payload of the response, and the cause of the Error Output. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Absent where the runtime could not read the error. */
  readonly trace?: readonly string[];
}

/**
 * The error payload of Lambda's Node.js runtime: `toRapidResponse` of
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/Errors.js
 *
 * The trace has the lines of the function's own code only, its directory replaced by Lambda's: what stands between is this process's
 * matter, and would make two runs differ.
 * @param root the code's directory; undefined: no line is the function's own
 */
export function functionError(error: unknown, root: string | undefined): FunctionError {
  try {
    if (types.isNativeError(error) || isErrorLike(error)) {
      const { name, message, stack } = error as Error;
      return { errorType: name, errorMessage: message, trace: ownTrace(stack as string, root) };
    }
    return { errorType: typeof error, errorMessage: (error as { toString(): string }).toString(), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

function isErrorLike(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message, stack } = error as Record<string, unknown>;
  return [name, message, stack].every((value) => typeof value === 'string' && value !== '');
}

function ownTrace(stack: string, root: string | undefined): readonly string[] {
  const lines = stack.split('\n');
  const firstFrame = lines.findIndex((line) => FRAME.test(line));
  if (firstFrame === -1) return lines;
  const header = lines.slice(0, firstFrame);
  if (root === undefined) return header;
  const frames = lines.slice(firstFrame);
  const caller = frames.findIndex((line) => line.includes(THIS_PACKAGE));
  const own = (caller === -1 ? frames : frames.slice(0, caller)).filter(
    (line) => line.includes(root + sep) && !line.includes(`${sep}node_modules${sep}`),
  );
  return [...header, ...own.map((line) => line.replaceAll(root + sep, '/var/task/').replace('file://', ''))];
}

const FRAME = /^\s+at /;
/** Whatever stands below the first frame of this package called the handler, and is no part of it. */
const THIS_PACKAGE = resolve(__dirname, '..', '..') + sep;

/** The cause of a function's error is its payload. */
export function readError(errorType: string, cause: string): FunctionError {
  try {
    return JSON.parse(cause) as FunctionError;
  } catch {
    return { errorType, errorMessage: cause };
  }
}
