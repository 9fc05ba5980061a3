import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error';

/** Largest file that is read, in bytes: far beyond any definition or input, and no burden. */
const MAX_SIZE_BYTES = 16 * 1_048_576;

/**
 * A file's text. A byte order mark is left out.
 * @param what what the file should be, for messages: `the input`
 * @throws UsageError if there is no such file, it cannot be read, is larger than 16 MiB, or is not text in UTF-8
 */
export function readTextFile(path: string, what: string): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MAX_SIZE_BYTES) throw new UsageError(`${path} has ${size} bytes; ${what} has at most ${MAX_SIZE_BYTES}.`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message}.`);
  }
  return decode(bytes, path);
}

/** The text of bytes in UTF-8. @throws UsageError if they are none */
export function decode(bytes: Buffer, source: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\u0000')) return text;
  } catch {
    // Said below.
  }
  throw new UsageError(`${source} is not text in UTF-8.`);
}

/** Writes a result into a file. @throws UsageError if that cannot be done */
export function writeTextFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be written: ${REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message}.`,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EISDIR: 'that is a directory',
  ENOTDIR: 'there is no such file or directory',
  EACCES: 'permission denied',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links lead in a circle',
};
