import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { parseJson } from '../json/parse-json';
import { get } from '../json/with-field';

/** A workflow with inputs and what becomes of them: what `example.json` in the example's folder says. */
export interface Example {
  /** Name of the folder. */
  readonly name: string;
  /** Construct path of the state machine. */
  readonly machine: string;
  /** The items, in DynamoDB JSON, that tables have at the start; by construct path. */
  readonly tables: Readonly<Record<string, readonly JsonObject[]>>;
  /** Addresses that the simulated SES rejects. */
  readonly rejectedAddresses: readonly string[];
  /** At least one; the first is the usual one. */
  readonly inputs: readonly [ExampleInput, ...ExampleInput[]];
}

/** An input, and how its execution ends. */
export interface ExampleInput {
  /** Name of the file without `.json`. */
  readonly name: string;
  /** The input as it stands in the file. */
  readonly text: string;
  /** One sentence. */
  readonly description: string;
  readonly expected: Ending;
}

/** How an execution ends; `error` is undefined where it succeeds. */
export interface Ending {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly error: string | undefined;
}

/** Means every input; no input has this name. */
export const ALL = 'all';

const STATUSES: readonly string[] = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] satisfies readonly Ending['status'][];

/**
 * Reads the example in a folder.
 *
 * @throws Error with everything that is wrong with `example.json`, or with the file that cannot be read
 */
export function readExample(directory: string): Example {
  const path = join(directory, 'example.json');
  const json = read(path);
  const problems: string[] = [];
  const check = <T extends Json>(ok: (value: Json | undefined) => value is T, value: Json | undefined, what: string): T => {
    if (!ok(value)) problems.push(`${what}, found ${value === undefined ? 'nothing' : JSON.stringify(value)}`);
    return value as T;
  };

  const top = isObject(json) ? json : {};
  const machine = check(isText, get(top, 'machine'), '"machine" must be the construct path of the state machine');
  const tables = check(isFileMap, get(top, 'tables'), '"tables" must be an object of construct paths and file names');
  const rejectedAddresses = check(isTexts, get(top, 'rejectedAddresses'), '"rejectedAddresses" must be an array of addresses');
  const inputs = check(isObjects, get(top, 'inputs'), '"inputs" must be an array of one object or more');
  for (const [index, input] of isObjects(inputs) ? inputs.entries() : []) {
    const where = `"inputs"[${index}]`;
    const status = check(isStatus, get(input, 'status'), `${where}.status must be one of ${STATUSES.join(', ')}`);
    check(isText, get(input, 'file'), `${where}.file must be a file name`);
    check(isText, get(input, 'description'), `${where}.description must be a sentence`);
    if (status !== 'SUCCEEDED') check(isText, get(input, 'error'), `${where}.error must be the error's name`);
  }
  const names = isObjects(inputs)
    ? inputs
        .map((input) => get(input, 'file'))
        .filter(isText)
        .map(nameOf)
    : [];
  for (const name of names.filter((one, index) => one === ALL || names.indexOf(one) !== index))
    problems.push(`"inputs": the name "${name}" is taken; name the file differently`);
  if (problems.length > 0) throw new Error(`${path}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);

  return {
    name: basename(directory),
    machine,
    tables: Object.fromEntries(Object.entries(tables).map(([table, file]) => [table, readItems(join(directory, file))])),
    rejectedAddresses,
    inputs: inputs.map((input) => readInput(directory, input)) as unknown as Example['inputs'],
  };
}

const nameOf = (file: string): string => basename(file, '.json');

function readInput(directory: string, input: JsonObject): ExampleInput {
  const { file, description, status, error } = input as unknown as { file: string; description: string } & Ending;
  return { name: nameOf(file), text: readText(join(directory, file)), description, expected: { status, error } };
}

function readItems(path: string): readonly JsonObject[] {
  const items = read(path);
  if (isArray(items) && items.every(isObject)) return items;
  throw new Error(`${path} must be an array of items in DynamoDB JSON, such as [{ "Id": { "S": "1" } }].`);
}

const read = (path: string): Json => parseJson(readText(path), path);

const readText = (path: string): string => readFileSync(path, 'utf8');

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: Json | undefined): value is readonly string[] => isArray(value) && value.every(isText);
const isObjects = (value: Json | undefined): value is readonly JsonObject[] =>
  isArray(value) && value.length > 0 && value.every(isObject);
const isFileMap = (value: Json | undefined): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(isText);
const isStatus = (value: Json | undefined): value is string => typeof value === 'string' && STATUSES.includes(value);
