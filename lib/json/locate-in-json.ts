import { keysOf, positionAt, type TextPosition } from './text-position';

/**
 * Where a value stands in a text that `parseJson` reads: the key of an object's member, the beginning of an element or of the root.
 * What is not there is where the last of its ancestors is that is.
 * @param pointer a JSON pointer
 */
export const locateInJson = (text: string, pointer: string): TextPosition => {
  let found = skipSpace(text, 0);
  let value = found;
  for (const key of keysOf(pointer)) {
    const member = text[value] === '{' ? findMember(text, value, key) : findElement(text, value, key);
    if (member === undefined) break;
    found = member.at;
    value = member.value;
  }
  return positionAt(text, found);
};

/** Offsets of a member's key and value; of an element twice the same. */
interface Member {
  readonly at: number;
  readonly value: number;
}

const findMember = (text: string, object: number, key: string): Member | undefined => {
  let at = skipSpace(text, object + 1);
  while (text[at] === '"') {
    const end = skipToken(text, at);
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === key) return { at, value };
    at = afterComma(text, value);
  }
  return undefined;
};

const findElement = (text: string, array: number, key: string): Member | undefined => {
  if (text[array] !== '[' || !/^(0|[1-9]\d*)$/.test(key)) return undefined;
  let at = skipSpace(text, array + 1);
  for (let index = 0; text[at] !== ']' && at < text.length; index++) {
    if (index === Number(key)) return { at, value: at };
    at = afterComma(text, at);
  }
  return undefined;
};

/** The offset behind a value and the comma that follows it. */
const afterComma = (text: string, value: number): number => {
  const end = skipSpace(text, skipValue(text, value));
  return text[end] === ',' ? skipSpace(text, end + 1) : end;
};

const skipValue = (text: string, value: number): number => {
  let depth = 0;
  let at = value;
  do {
    at = skipSpace(text, at);
    const opening = text[at] === '{' || text[at] === '[';
    const closing = text[at] === '}' || text[at] === ']';
    depth += Number(opening) - Number(closing);
    at = skipToken(text, at);
  } while (depth > 0);
  return at;
};

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}[\],:]+|[{}[\],:]/y;
const SPACE = /[ \n\r\t]*/y;

const skipToken = (text: string, at: number): number => matchAt(TOKEN, text, at);
const skipSpace = (text: string, at: number): number => matchAt(SPACE, text, at);

/** The offset behind the match. */
const matchAt = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : text.length;
};
