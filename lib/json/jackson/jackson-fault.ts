import { isDigit, readNumber, readPlus } from './number';
import {
  Fault,
  failAtLast,
  locationOf,
  nextVisible,
  positionOf,
  type Reader,
  refuseCharacter,
  refuseEnd,
  type Scope,
} from './reader';
import type { JacksonSource } from './source';
import { readString } from './string';
import { IDENTIFIER_START, readWord, refuseToken, refuseValue, WORDS } from './word';

/** What Jackson says of a text that is not JSON. */
export interface JacksonFault {
  readonly message: string;
  /** `[Source: …; line: 1, column: 4]` */
  readonly location: string;
}

/** Both, as getMessage() of Jackson's exceptions has them. */
export const renderJacksonFault = ({ message, location }: JacksonFault): string => `${message}\n at ${location}`;

/**
 * What Jackson, which Step Functions reads JSON with, says of the first fault in a text. Undefined: it would read the text, or at
 * least has nothing to say that we know, as of a key that is there twice.
 * https://github.com/FasterXML/jackson-core, ReaderBasedJsonParser and ParserMinimalBase, quirks included
 */
export const tryFindJacksonFault = (text: string, source: JacksonSource): JacksonFault | undefined => {
  const reader: Reader = { text, at: 0, line: 1, lineStart: 0, source, scopes: [] };
  try {
    do readToken(reader);
    while (reader.scopes.length > 0);
    checkTrailing(reader);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return { message: error.message, location: error.location };
    throw error;
  }
};

/** Reads a value, the beginning or the end of an array or object, or a key with what comes behind it. False: the text is over. */
const readToken = (reader: Reader): boolean => {
  const scope = reader.scopes.at(-1);
  const first = nextVisible(reader);
  if (first === undefined) {
    if (scope === undefined) return false;
    const start = locationOf(reader, scope.start);
    return refuseEnd(reader, `: expected close marker for ${scope.type} (start marker at ${start})`);
  }
  if (first === ']' || first === '}') closeScope(reader, first);
  else if (scope === undefined) readValue(reader, first);
  else if (scope.type === 'Array') readValue(reader, afterComma(reader, scope, first));
  else readValue(reader, afterKey(reader, afterComma(reader, scope, first)));
  return true;
};

/** Jackson can be told to read on behind the value. */
const checkTrailing = (reader: Reader): void => {
  if (nextVisible(reader) === undefined) return;
  const start = positionOf(reader, 1);
  reader.at--;
  readToken(reader);
  throw new Fault(TRAILING, locationOf(reader, start));
};

const TRAILING = 'Trailing token found after value: not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`';

const closeScope = (reader: Reader, bracket: ']' | '}'): void => {
  const scope = reader.scopes.pop();
  if (scope?.type === (bracket === ']' ? 'Array' : 'Object')) return;
  const { type, start } = scope ?? ROOT;
  const expected = bracket === ']' ? '}' : ']';
  const from = locationOf(reader, start);
  failAtLast(reader, `Unexpected close marker '${bracket}': expected '${expected}' (for ${type} starting at ${from})`);
};

/** As Jackson has it for what stands in no array or object. */
const ROOT = { type: 'root', start: { line: 1, column: 0 } };

const between = ({ type }: Scope): string => ` within/between ${type} entries`;

const afterComma = (reader: Reader, scope: Scope, first: string): string => {
  if (scope.isEmpty) {
    scope.isEmpty = false;
    return first;
  }
  if (first !== ',') refuseCharacter(reader, first, `was expecting comma to separate ${scope.type} entries`);
  return nextVisible(reader) ?? refuseEnd(reader, between(scope));
};

const afterKey = (reader: Reader, first: string): string => {
  if (first !== '"') refuseCharacter(reader, first, 'was expecting double-quote to start field name');
  readString(reader, 'name', ' in field name');
  const scope = reader.scopes.at(-1) as Scope;
  const colon = nextVisible(reader) ?? refuseEnd(reader, between(scope));
  if (colon !== ':') refuseCharacter(reader, colon, 'was expecting a colon to separate field name and value');
  return nextVisible(reader) ?? refuseEnd(reader, between(scope));
};

const readValue = (reader: Reader, first: string): void => {
  if (first === '"') readString(reader, 'string value', ': was expecting closing quote for a string value');
  else if (first === '[' || first === '{') {
    reader.scopes.push({ type: first === '[' ? 'Array' : 'Object', start: positionOf(reader, 1), isEmpty: true });
  } else if (first === '-' || isDigit(first)) readNumber(reader, first);
  else if (first === '+') readPlus(reader);
  else if (first === '}') refuseCharacter(reader, first, 'expected a value');
  else if (Object.hasOwn(WORDS, first)) readWord(reader, WORDS[first] as string, 1);
  else if (IDENTIFIER_START.test(first)) refuseToken(reader, first);
  else refuseValue(reader, first);
};
