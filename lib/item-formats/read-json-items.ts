import type { Json, JsonObject } from '../json/json';
import { ItemFormatError, NOT_ITERABLE } from './item-format-error';
import { MAX_ITEM_BYTES, type ItemPieces, type SourceBytes } from './item-pieces';
import { malformed, parseItem } from './parse-item';
import { textPieces, tooLong, withoutMark } from './text-pieces';

/**
 * The elements of the array that a JSON file is. With a pointer: of the array that it leads to, or the members of the object, each as
 * `{Key, Value}`; what stands behind is not read. An item is parsed when it is whole, the file never.
 * @param pointer a JSON Pointer (RFC 6901)
 * @throws ItemFormatError
 */
export async function* readJsonItems(bytes: SourceBytes, pointer: string | undefined): ItemPieces {
  const scan: JsonScan = { text: '', at: 0, keep: 0, isWhole: false, items: [] };
  const reader = readDocument(scan, pointer);
  let isFirst = true;
  for await (const piece of textPieces(bytes)) {
    if (piece === '') continue;
    if (scan.text.length - scan.keep > MAX_ITEM_BYTES) throw tooLong('JSON item');
    scan.text = scan.text.slice(scan.keep) + (isFirst ? withoutMark(piece) : piece);
    scan.at -= scan.keep;
    scan.keep = 0;
    isFirst = false;
    const { done } = reader.next();
    yield scan.items;
    if (done === true) return;
    scan.items = [];
  }
  scan.isWhole = true;
  reader.next();
  yield scan.items;
}

interface JsonScan {
  /** What has come, from some place on. */
  text: string;
  /** Where the scan is. One behind the end, if what comes next is escaped. */
  at: number;
  /** What stands before is not needed any more. */
  keep: number;
  /** No more text comes. */
  isWhole: boolean;
  items: Json[];
}

/** Yields when it has to have more text. */
type Reading<T = void> = Generator<undefined, T, undefined>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Instead of a UTF-16 unit: the text is over. */
const END = -1;

function* readDocument(scan: JsonScan, pointer: string | undefined): Reading {
  for (const key of keysOf(pointer ?? '')) yield* enter(scan, key);
  const first = yield* nextUnit(scan);
  if (first === OPEN_ARRAY) yield* readParts(scan, CLOSE_ARRAY, readElement);
  else if (first === OPEN_OBJECT && pointer !== undefined) yield* readParts(scan, CLOSE_OBJECT, readMember);
  // Recorded, though before a pointer could lead to an object.
  else if (first === OPEN_OBJECT) throw new ItemFormatError(NOT_ITERABLE);
  else {
    scan.keep = scan.at;
    yield* skipValue(scan);
    parseItem(scan.text.slice(scan.keep, scan.at), () => 'the value');
    throw new ItemFormatError(NOT_ITERABLE);
  }
  if (pointer === undefined && (yield* nextUnit(scan)) !== END) throw malformed('there is more text behind the array');
}

const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The elements or members behind a bracket, up to the one that closes it. */
function* readParts(scan: JsonScan, closing: number, read: (text: string, index: number) => Json): Reading {
  scan.at++;
  for (let index = 0; ; index++) {
    scan.keep = scan.at;
    const unit = yield* skipValue(scan);
    if (unit === END) throw malformed('it ends too early');
    const text = scan.text.slice(scan.keep, scan.at);
    scan.at++;
    if (index === 0 && unit === closing && text.trim() === '') break;
    scan.items.push(read(text, index));
    if (unit === closing) break;
    if (unit !== COMMA) throw malformed('its brackets do not match');
  }
  scan.keep = scan.at;
}

const readElement = (text: string, index: number): Json => parseItem(text, () => `item ${index}`);

const readMember = (text: string, index: number): Json => {
  const [entry] = Object.entries(parseItem(`{${text}}`, () => `member ${index}`) as JsonObject);
  if (entry === undefined) throw malformed(`member ${index} is missing`);
  return Object.freeze({ Key: entry[0], Value: entry[1] });
};

/** Moves to the value with that key, or index, in the value that comes next. @throws ItemFormatError if there is none */
function* enter(scan: JsonScan, key: string): Reading {
  const first = yield* nextUnit(scan);
  scan.at++;
  if (first === OPEN_OBJECT) yield* findMember(scan, key);
  else if (first === OPEN_ARRAY && /^(?:0|[1-9]\d*)$/.test(key)) yield* findElement(scan, Number(key));
  else throw new ItemFormatError(NOT_ITERABLE);
}

function* findMember(scan: JsonScan, key: string): Reading {
  if ((yield* nextUnit(scan)) === CLOSE_OBJECT) throw new ItemFormatError(NOT_ITERABLE);
  for (;;) {
    if ((yield* nextUnit(scan)) !== QUOTE) throw malformed('a key in double quotes is missing');
    scan.keep = scan.at++;
    yield* skipString(scan);
    const found = parseItem(scan.text.slice(scan.keep, scan.at), () => 'a key');
    if ((yield* nextUnit(scan)) !== COLON) throw malformed("a ':' is missing");
    scan.at++;
    if (found === key) return;
    yield* skipPart(scan, CLOSE_OBJECT);
  }
}

function* findElement(scan: JsonScan, index: number): Reading {
  if ((yield* nextUnit(scan)) === CLOSE_ARRAY) throw new ItemFormatError(NOT_ITERABLE);
  for (let passed = 0; passed < index; passed++) yield* skipPart(scan, CLOSE_ARRAY);
}

/** Moves behind a value and the comma that follows it. @throws ItemFormatError if it is the last */
function* skipPart(scan: JsonScan, closing: number): Reading {
  const unit = yield* skipValue(scan, true);
  if (unit === closing) throw new ItemFormatError(NOT_ITERABLE);
  if (unit !== COMMA) throw malformed(unit === END ? 'it ends too early' : 'its brackets do not match');
  scan.at++;
}

/** Moves to the next unit that is no white space, and gives it back. */
function* nextUnit(scan: JsonScan): Reading<number> {
  for (;;) {
    for (; scan.at < scan.text.length; scan.at++) {
      const unit = scan.text.charCodeAt(scan.at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return unit;
    }
    if (scan.isWhole) return END;
    scan.keep = scan.at;
    yield;
  }
}

/**
 * Moves to the comma or closing bracket behind the value that comes next, and gives it back. Looks at strings and brackets only: who reads
 * the value finds what is wrong with it.
 * @param forgets the text of the value is not needed
 */
function* skipValue(scan: JsonScan, forgets = false): Reading<number> {
  let depth = 0;
  for (;;) {
    const { text } = scan;
    let { at } = scan;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        scan.at = at + 1;
        if (!isStringIn(scan)) {
          yield* skipString(scan, forgets);
          break;
        }
        at = scan.at - 1;
      } else if (unit === OPEN_ARRAY || unit === OPEN_OBJECT) depth++;
      else if (depth === 0 && (unit === COMMA || unit === CLOSE_ARRAY || unit === CLOSE_OBJECT)) {
        scan.at = at;
        return unit;
      } else if (unit === CLOSE_ARRAY || unit === CLOSE_OBJECT) depth--;
    }
    if (at < text.length) continue;
    scan.at = at;
    if (forgets) scan.keep = at;
    if (scan.isWhole) return END;
    yield;
  }
}

/** Moves behind the quote that closes a string. */
function* skipString(scan: JsonScan, forgets = false): Reading {
  while (!isStringIn(scan)) {
    if (scan.isWhole) throw malformed('it ends inside of a string');
    if (forgets) scan.keep = Math.min(scan.at, scan.text.length);
    yield;
  }
}

/** Moves behind the quote that closes a string, or as far as the text goes. True: the quote was there. */
function isStringIn(scan: JsonScan): boolean {
  const { text } = scan;
  for (let { at } = scan; ; at++) {
    if (at >= text.length) {
      scan.at = at;
      return false;
    }
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) {
      scan.at = at + 1;
      return true;
    }
  }
}
