import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package of an AWS SDK client, as it lies in `node_modules`. */
export interface ClientPackage {
  /** What follows `@aws-sdk/client-`. */
  readonly name: string;
  readonly folder: string;
  /** Names of the API's operations, in PascalCase; undefined: the package does not tell. Read without loading the client. */
  readonly operations: ReadonlySet<string> | undefined;
}

const packages = new Map<string, ClientPackage | undefined>();

/**
 * The client of an API, from the user's project or from where this package is installed; undefined: it is not installed.
 * @param token the service as SDK integrations name it, in lower case without hyphens: `secretsmanager`
 */
export function tryFindClientPackage(token: string): ClientPackage | undefined {
  if (!packages.has(token)) packages.set(token, tryFind(token));
  return packages.get(token);
}

const PREFIX = 'client-';

function tryFind(token: string): ClientPackage | undefined {
  for (const scope of scopesUpwards([process.cwd(), __dirname])) {
    // SDK integrations leave the hyphens out: `secretsmanager` is `client-secrets-manager`.
    const found = readdirSync(scope).find(
      (candidate) => candidate.startsWith(PREFIX) && candidate.slice(PREFIX.length).replaceAll('-', '') === token,
    );
    if (found === undefined) continue;
    const folder = join(scope, found);
    return { name: found.slice(PREFIX.length), folder, operations: operationsIn(folder) };
  }
  return undefined;
}

/** `node_modules/@aws-sdk` in every folder from each of these up to the root. */
function scopesUpwards(starts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const start of starts) {
    for (let folder = start, last = ''; folder !== last; last = folder, folder = dirname(folder)) {
      const scope = join(folder, 'node_modules', '@aws-sdk');
      if (existsSync(scope)) found.add(scope);
    }
  }
  return [...found];
}

/** Every client of version 3 declares a command for each operation in a file of its own. */
const COMMAND = /^(\w+)Command\.d\.ts$/;

function operationsIn(folder: string): ReadonlySet<string> | undefined {
  const commands = join(folder, 'dist-types', 'commands');
  if (!existsSync(commands)) return undefined;
  const names = readdirSync(commands).flatMap((file) => COMMAND.exec(file)?.[1] ?? []);
  return names.length === 0 ? undefined : new Set(names);
}
