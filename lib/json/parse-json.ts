import { admit, tryFindHeight } from './admitted';
import { isArray, isObject, type Json, type JsonArray, type JsonObject } from './json';
import { JsonError } from './json-error';
import { MAX_DEPTH } from './limits';
import { readJson } from './read-json';
import { isWellFormed } from './well-formed';

/**
 * Reads JSON text into a deeply frozen value, strictly: what JSON.parse would let pass or change in silence is refused.
 * @param what the text's name in the error, such as `the state machine's definition`
 * @throws JsonError with line and column: a syntax error, a duplicate key, a number too large for a double (1e400), an integer that
 *   a double would change (9007199254740993), a lone surrogate, more than 1,000 levels
 */
export const parseJson = (text: string, what: string): Json => {
  const quick = tryParseQuickly(text);
  if (quick !== undefined) return quick;
  const problem = readJson(text);
  if ('where' in problem) throw new JsonError(what, [problem]);
  return freeze(problem.json);
};

/**
 * The engine's parser does the work; its result is taken only if it can be shown that nothing was lost on the way.
 * Undefined: the strict reader must look, and either finds the fault and its place or that all is well.
 */
const tryParseQuickly = (text: string): Json | undefined => {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const check: Check = { keys: 0, escaped: text.includes('\\u') };
  if (!check.escaped && !isWellFormed(text)) return undefined;
  if (!isSafe(json, check, 0)) return undefined;
  // `":` also occurs inside strings (as `\":`), never less often than there are keys: equal counts mean no key was there twice.
  if (check.keys !== count(text)) return undefined;
  return freeze(json);
};

interface Check {
  keys: number;
  /** True if the text has \u escapes, which may make lone surrogates. */
  readonly escaped: boolean;
}

const isSafe = (json: Json, check: Check, depth: number): boolean => {
  if (typeof json === 'string') return !check.escaped || isWellFormed(json);
  if (typeof json === 'number') return Number.isFinite(json) && (!Number.isInteger(json) || Number.isSafeInteger(json));
  if (isArray(json)) return depth < MAX_DEPTH && json.every((item) => isSafe(item, check, depth + 1));
  if (!isObject(json)) return true;
  if (depth === MAX_DEPTH) return false;
  const keys = Object.keys(json);
  check.keys += keys.length;
  return keys.every((key) => (!check.escaped || isWellFormed(key)) && isSafe(json[key] as Json, check, depth + 1));
};

/** How often a quote is followed by a colon. */
const count = (text: string): number => {
  let colons = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (before >= 0 && isWhiteSpace(text.charCodeAt(before))) before--;
    if (text.charCodeAt(before) === 0x22) colons++;
  }
  return colons;
};

const isWhiteSpace = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;

/** Freezes what a parser made; it is nobody else's, so it need not be copied. */
const freeze = (json: Json): Json => {
  if (isArray(json)) freezeArray(json);
  else if (isObject(json)) freezeObject(json);
  return json === 0 ? 0 : json;
};

const freezeArray = (json: JsonArray): number => {
  const items = json as Json[];
  let height = 0;
  for (let index = 0; index < items.length; index++) {
    const item = freeze(items[index] as Json);
    if (item === 0) items[index] = 0; // -0
    height = Math.max(height, heightOf(item));
  }
  admit(items, height + 1);
  return height + 1;
};

const freezeObject = (json: JsonObject): number => {
  const fields = json as Record<string, Json>;
  let height = 0;
  for (const key of Object.keys(fields)) {
    const field = freeze(fields[key] as Json);
    if (field === 0) fields[key] = 0; // -0; an own __proto__ is no exception, for a write to an own key stays with the object
    height = Math.max(height, heightOf(field));
  }
  admit(fields, height + 1);
  return height + 1;
};

const heightOf = (json: Json): number => (isArray(json) || isObject(json) ? (tryFindHeight(json) ?? 0) : 0);
