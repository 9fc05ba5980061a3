import type { Json } from './json';
import type { JsonProblem } from './json-error';
import { MAX_DEPTH } from './limits';
import { isWellFormed } from './well-formed';

/** The strict reader behind `parseJson`: RFC 8259 and nothing else. Slower than the engine's, but it knows where it is. */
export const readJson = (text: string): { readonly json: Json } | JsonProblem => {
  const reader: Reader = { text, at: 0, depth: 0 };
  try {
    skip(reader);
    const json = value(reader);
    skip(reader);
    if (reader.at < text.length) fail(reader, `found ${shown(reader)} after the end of the value`);
    return { json };
  } catch (error) {
    if (error instanceof Fault) return { where: place(text, error.at), message: error.message };
    throw error;
  }
};

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

class Fault extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const fail = (reader: Reader, message: string, at = reader.at): never => {
  throw new Fault(message, at);
};

const place = (text: string, at: number): string => {
  const lines = text.slice(0, at).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
};

const shown = (reader: Reader): string => {
  const code = reader.text.codePointAt(reader.at);
  return code === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(code));
};

const skip = (reader: Reader): void => {
  while (' \n\r\t'.includes(reader.text[reader.at] ?? 'end')) reader.at++;
};

const value = (reader: Reader): Json => {
  switch (reader.text[reader.at]) {
    case '{':
      return nested(reader, object);
    case '[':
      return nested(reader, array);
    case '"':
      return string(reader);
    case 't':
      return word(reader, 'true', true);
    case 'f':
      return word(reader, 'false', false);
    case 'n':
      return word(reader, 'null', null);
    default:
      return number(reader);
  }
};

const word = (reader: Reader, text: string, json: Json): Json => {
  if (!reader.text.startsWith(text, reader.at)) fail(reader, `expected a value, found ${shown(reader)}`);
  reader.at += text.length;
  return json;
};

const nested = (reader: Reader, read: (reader: Reader) => Json): Json => {
  if (reader.depth === MAX_DEPTH) fail(reader, `found more than ${MAX_DEPTH} levels of arrays and objects`);
  reader.depth++;
  reader.at++;
  skip(reader);
  const json = read(reader);
  reader.depth--;
  return json;
};

const array = (reader: Reader): Json => {
  const items: Json[] = [];
  if (ends(reader, ']')) return items;
  for (;;) {
    items.push(value(reader));
    skip(reader);
    if (ends(reader, ']')) return items;
    expect(reader, ',', "',' or ']'");
  }
};

const object = (reader: Reader): Json => {
  const fields: Record<string, Json> = {};
  if (ends(reader, '}')) return fields;
  for (;;) {
    const at = reader.at;
    if (reader.text[at] !== '"') fail(reader, `expected a key in double quotes, found ${shown(reader)}`);
    const key = string(reader);
    if (Object.hasOwn(fields, key)) fail(reader, `found the key ${JSON.stringify(key)} a second time in one object`, at);
    skip(reader);
    expect(reader, ':', "':'");
    Object.defineProperty(fields, key, { value: value(reader), enumerable: true, writable: true, configurable: true });
    skip(reader);
    if (ends(reader, '}')) return fields;
    expect(reader, ',', "',' or '}'");
  }
};

const ends = (reader: Reader, bracket: string): boolean => {
  if (reader.text[reader.at] !== bracket) return false;
  reader.at++;
  return true;
};

const expect = (reader: Reader, character: string, what: string): void => {
  if (reader.text[reader.at] !== character) fail(reader, `expected ${what}, found ${shown(reader)}`);
  reader.at++;
  skip(reader);
};

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const string = (reader: Reader): string => {
  const start = reader.at++;
  let result = '';
  for (;;) {
    const character = reader.text[reader.at];
    if (character === undefined) return fail(reader, 'found a string without its closing quote', start);
    if (character < ' ')
      fail(reader, `found the control character ${JSON.stringify(character)} in a string; write it as an escape`);
    reader.at++;
    if (character === '"') break;
    result += character === '\\' ? escape(reader) : character;
  }
  if (!isWellFormed(result)) fail(reader, 'found a string with a lone surrogate, which UTF-8 cannot carry', start);
  return result;
};

const escape = (reader: Reader): string => {
  const at = reader.at - 1;
  const letter = reader.text[reader.at++] ?? '';
  if (letter !== 'u') return ESCAPES[letter] ?? fail(reader, `found the unknown escape ${JSON.stringify(`\\${letter}`)}`, at);
  const digits = reader.text.slice(reader.at, reader.at + 4);
  if (!/^[\da-fA-F]{4}$/.test(digits)) fail(reader, 'found \\u without four hexadecimal digits', at);
  reader.at += 4;
  return String.fromCharCode(Number.parseInt(digits, 16));
};

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

const number = (reader: Reader): Json => {
  NUMBER.lastIndex = reader.at;
  const match = NUMBER.exec(reader.text);
  if (match === null) return fail(reader, `expected a value, found ${shown(reader)}`);
  const [text, fraction, exponent] = match;
  const json = Number(text);
  if (!Number.isFinite(json)) fail(reader, `found ${clip(text)}, which no double can hold; pass it as a string`);
  const isWhole = fraction === undefined && exponent === undefined;
  if (isWhole && !Number.isSafeInteger(json) && String(json) !== text && BigInt(text) !== BigInt(json))
    fail(reader, `found the integer ${clip(text)}, which a double would change to ${json}; pass it as a string`);
  reader.at += text.length;
  return json;
};

const clip = (digits: string): string => (digits.length <= 40 ? digits : `${digits.slice(0, 40)}… (${digits.length} characters)`);
