import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The package's version. This file runs as `lib/cli/*.ts` and as `dist/lib/cli/*.js`. */
export function readVersion(): string {
  const path = ['../..', '../../..'].map((root) => join(__dirname, root, 'package.json')).find((file) => existsSync(file));
  return (JSON.parse(readFileSync(path ?? 'package.json', 'utf8')) as { readonly version: string }).version;
}
