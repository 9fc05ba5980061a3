import { extname } from 'node:path';
import { isYamlDefinition } from '../asl/read-yaml-definition';
import type { Json } from '../json/json';
import { JsonError } from '../json/json-error';
import { locateInJson } from '../json/locate-in-json';
import { parseJson } from '../json/parse-json';
import { readYaml } from '../json/read-yaml';
import { renderJson } from '../json/render-json';
import type { TextPosition } from '../json/text-position';
import { readTextFile } from './read-text-file';
import { UsageError } from './usage-error';

/** A value in a file, in JSON or YAML. */
export interface JsonFile {
  readonly json: Json;
  /** As JSON text: the file's own if it is JSON. */
  readonly text: string;
  /** Where in the file a value stands, by its JSON pointer. */
  locate(pointer: string): TextPosition;
}

/** What is wrong with a file that holds no value. */
export interface JsonFaults {
  readonly language: 'JSON' | 'YAML';
  /** At least one. */
  readonly faults: readonly { readonly position: TextPosition; readonly message: string }[];
}

/**
 * Reads a file by its extension: `.json`, `.yaml`, `.yml`; any other by its first character, which in JSON is `{`.
 * @param what what the file should be, for messages: `the input`
 * @throws UsageError if it cannot be read, see `readTextFile`
 */
export function readJsonFile(path: string, what: string): JsonFile | JsonFaults {
  const text = readTextFile(path, what);
  const extension = extname(path).toLowerCase();
  const isYaml = extension === '.yaml' || extension === '.yml' || (extension !== '.json' && isYamlDefinition(text));
  try {
    if (!isYaml) return { json: parseJson(text, what), text, locate: (pointer) => locateInJson(text, pointer) };
    const { json, locate } = readYaml(text, what);
    return { json, text: renderJson(json), locate };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { language: isYaml ? 'YAML' : 'JSON', faults: error.problems.map(faultOf) };
  }
}

function faultOf({ where, message }: JsonError['problems'][number]): JsonFaults['faults'][number] {
  const [, line = '1', column = '1'] = /^(\d+):(\d+)$/.exec(where) ?? [];
  return { position: { line: Number(line), column: Number(column) }, message };
}

/** The same for a file that must hold a value. @throws UsageError with every fault and its place */
export function requireJsonFile(path: string, what: string): JsonFile {
  const read = readJsonFile(path, what);
  if (!('faults' in read)) return read;
  throw new UsageError(read.faults.map(({ position, message }) => `${path}:${renderPosition(position)}: ${message}`).join('\n'));
}

/** `line:column`. */
export const renderPosition = ({ line, column }: TextPosition): string => `${line}:${column}`;
