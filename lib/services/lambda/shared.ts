import { Socket } from 'node:net';

/**
 * What is there once for the process, whoever loads this package how often: a test framework loads it anew for every test file. It is kept at a
 * class of Node.js, which all copies of this file share.
 */
export function shared<T>(key: symbol, make: () => T): T {
  const known = (Socket as unknown as Record<symbol, T | undefined>)[key];
  if (known !== undefined) return known;
  const made = make();
  Object.defineProperty(Socket, key, { value: made });
  return made;
}
