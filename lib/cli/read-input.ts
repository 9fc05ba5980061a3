import { existsSync } from 'node:fs';
import type { Json } from '../json/json';
import { JsonError } from '../json/json-error';
import { parseJson } from '../json/parse-json';
import { requireJsonFile } from './json-file';
import { decode } from './read-text-file';
import type { Surroundings } from './surroundings';
import { UsageError } from './usage-error';

/**
 * A value from the command line: `-` for JSON from standard input, JSON itself, or a file in JSON or YAML. What begins with `{`, `[` or `"` is JSON; else
 * a file counts first.
 * @param what the value's name in messages: `the input`
 * @param expected what it should be, as a sentence: behind the message for what is no JSON
 * @throws UsageError if it is none of these
 */
export function readInput(given: string, what: string, { readStandardInput }: Surroundings, expected?: string): Json {
  if (given === '-') return parse(decode(readStandardInput(), 'Standard input'), what);
  const isJson = /^\s*[{["]/.test(given);
  if (!isJson && existsSync(given)) return requireJsonFile(given, what).json;
  try {
    return parseJson(given, what);
  } catch (error) {
    if (isJson) throw usageError(error);
    throw new UsageError(
      [
        `${what} is ${JSON.stringify(given)}, which is neither a file nor JSON.`,
        ...(expected === undefined ? [] : [expected]),
      ].join(' '),
    );
  }
}

function parse(text: string, what: string): Json {
  try {
    return parseJson(text, what);
  } catch (error) {
    throw usageError(error);
  }
}

const usageError = (error: unknown): unknown => (error instanceof JsonError ? new UsageError(`${error.message}.`) : error);
