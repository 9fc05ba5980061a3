import { createRequire } from 'node:module';
import { join } from 'node:path';
import { tryFindClientPackage } from '../../aws-sdk/client-package';
import type { Schema } from './schema';

/** An AWS SDK client's package, as far as it describes an API. */
export interface Client {
  /** What follows `@aws-sdk/client-`. */
  readonly name: string;
  /** The schema of an operation's input; undefined: the client does not have the operation. @param operation PascalCase */
  tryFindInput(operation: string): Schema | undefined;
  /** The schema of an operation's output; undefined: the client does not have the operation. @param operation PascalCase */
  tryFindOutput(operation: string): Schema | undefined;
  /** The schema of an exception; undefined: the client has none of that name. @param code as `ResourceNotFoundException` */
  tryFindError(code: string): Schema | undefined;
  /** The values of an exported enum; undefined: the client has none of that name. */
  tryFindEnum(name: string): readonly string[] | undefined;
}

const clients = new Map<string, Client | string>();

/**
 * The client of an API, from the user's project or from where this package is installed; loaded when first asked for.
 * @param token the service as SDK integrations name it, in lower case without hyphens: `secretsmanager`
 * @returns a sentence where there is none: it is optional, and nothing can be checked without it
 */
export function findClient(token: string): Client | string {
  const known = clients.get(token);
  if (known !== undefined) return known;
  const found = load(token);
  clients.set(token, found);
  return found;
}

function load(token: string): Client | string {
  const found = tryFindClientPackage(token);
  if (found === undefined) return `the AWS SDK's client of "${token}" is not installed`;
  const { name, folder } = found;
  const entry = createRequire(join(folder, 'package.json'));
  try {
    const exported = entry(folder) as Readonly<Record<string, unknown>>;
    const { NormalizedSchema } = entry('@smithy/core/schema') as { NormalizedSchema: { of(schema: unknown): Schema } };
    return clientOf(name, exported, (schema) => NormalizedSchema.of(schema));
  } catch (error) {
    return `@aws-sdk/client-${name} could not be read: ${(error as Error).message.split('\n', 1)[0]}`;
  }
}

/** The kind of an exception's static schema. */
const ERROR = -3;

/** An operation's static schema: `[9, namespace, name, traits, input, output]`. */
const INPUT = 4;
const OUTPUT = 5;

function clientOf(name: string, exported: Readonly<Record<string, unknown>>, normalise: (schema: unknown) => Schema): Client {
  const tryFindPart = (operation: string, part: number): Schema | undefined => {
    const schema = exported[`${operation}$`];
    const found: unknown = Array.isArray(schema) ? schema[part] : undefined;
    return found === undefined ? undefined : normalise(typeof found === 'function' ? (found as () => unknown)() : found);
  };
  return {
    name,
    tryFindInput: (operation) => tryFindPart(operation, INPUT),
    tryFindOutput: (operation) => tryFindPart(operation, OUTPUT),
    tryFindError(code) {
      const schema = exported[`${code}$`];
      return Array.isArray(schema) && schema[0] === ERROR ? normalise(schema) : undefined;
    },
    tryFindEnum(enumName) {
      const values = exported[enumName];
      if (typeof values !== 'object' || values === null || Array.isArray(values)) return undefined;
      const texts: unknown[] = Object.values(values);
      return texts.length > 0 && texts.every((text): text is string => typeof text === 'string') ? texts : undefined;
    },
  };
}
