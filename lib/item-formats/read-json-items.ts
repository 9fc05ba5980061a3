import type { Json, JsonObject } from '../json/json';
import { type Assume, assumeInSilence } from './assume';
import { ItemFormatError, NOT_ITERABLE } from './item-format-error';
import { MAX_ITEM_BYTES, type SourceBytes } from './item-pieces';
import { malformed, parseItem } from './parse-item';
import { textPieces, tooLong, withoutMark } from './text-pieces';

/** Some items of a JSON file, in order. */
export interface JsonPiece {
  readonly items: readonly Json[];
  /** Of an object's members, whose values are the items: their names. Undefined: elements of an array. */
  readonly keys: readonly string[] | undefined;
}

/**
 * The elements of the array that a JSON file is. With a pointer: of the array that it leads to, or the members of the object; what
 * stands behind is not read. An item is parsed when it is whole, the file never.
 * @param pointer a JSON Pointer (RFC 6901)
 * @throws ItemFormatError
 */
export async function* readJsonItems(
  bytes: SourceBytes,
  pointer: string | undefined,
  assume: Assume = assumeInSilence,
): AsyncIterable<JsonPiece> {
  if (pointer !== undefined && pointer !== '') assume('item-reader-json-skipped');
  const scan: JsonScan = { assume, text: '', at: 0, keep: 0, held: [], heldUnits: 0, isWhole: false, items: [], keys: undefined };
  const reader = readDocument(scan, pointer);
  let isFirst = true;
  for await (const piece of textPieces(bytes, assume)) {
    if (piece === '') continue;
    const rest = scan.text.slice(scan.keep);
    scan.held.push(rest);
    scan.heldUnits += rest.length;
    if (scan.heldUnits > MAX_ITEM_BYTES) throw tooLong('JSON item');
    scan.at -= scan.text.length;
    scan.text = isFirst ? withoutMark(piece) : piece;
    scan.keep = 0;
    isFirst = false;
    const { done } = reader.next();
    yield takePiece(scan);
    if (done === true) return;
  }
  scan.isWhole = true;
  reader.next();
  yield takePiece(scan);
}

function takePiece(scan: JsonScan): JsonPiece {
  const { items, keys } = scan;
  scan.items = [];
  if (keys !== undefined) scan.keys = [];
  return { items, keys };
}

interface JsonScan {
  readonly assume: Assume;
  /** The piece of the text that came last. */
  text: string;
  /** Where the scan is. One behind the end, if what comes next is escaped. */
  at: number;
  /** Where what is kept begins, which may go on in the next piece. */
  keep: number;
  /** What is kept of earlier pieces. */
  held: string[];
  heldUnits: number;
  /** No more text comes. */
  isWhole: boolean;
  /** Found since the last piece. */
  items: Json[];
  keys: string[] | undefined;
}

/** From here on text is kept. */
function keepFromHere(scan: JsonScan): void {
  scan.keep = scan.at;
  scan.held = [];
  scan.heldUnits = 0;
}

/** What was kept, up to here. */
const keptText = (scan: JsonScan): string => scan.held.join('') + scan.text.slice(scan.keep, scan.at);

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
  if (first === OPEN_ARRAY) yield* readParts(scan, CLOSE_ARRAY, addElement);
  else if (first === OPEN_OBJECT && pointer !== undefined) {
    scan.assume('item-reader-json-object');
    scan.keys = [];
    yield* readParts(scan, CLOSE_OBJECT, addMember);
  }
  // Recorded, though before a pointer could lead to an object.
  else if (first === OPEN_OBJECT) {
    scan.assume('item-reader-json-object');
    throw new ItemFormatError(NOT_ITERABLE);
  } else {
    keepFromHere(scan);
    yield* skipValue(scan);
    parseItem(keptText(scan), () => 'the value');
    throw new ItemFormatError(NOT_ITERABLE);
  }
  if (pointer === undefined && (yield* nextUnit(scan)) !== END) {
    scan.assume('item-reader-json-skipped');
    throw malformed('there is more text behind the array');
  }
}

const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The elements or members behind a bracket, up to the one that closes it. */
function* readParts(scan: JsonScan, closing: number, add: (scan: JsonScan, text: string, index: number) => void): Reading {
  scan.at++;
  for (let index = 0; ; index++) {
    keepFromHere(scan);
    const unit = yield* skipValue(scan);
    if (unit === END) throw malformed('it ends too early');
    const text = keptText(scan);
    scan.at++;
    if (index === 0 && unit === closing && text.trim() === '') break;
    add(scan, text, index);
    if (unit === closing) break;
    if (unit !== COMMA) throw malformed('its brackets do not match');
  }
  keepFromHere(scan);
}

const addElement = (scan: JsonScan, text: string, index: number): void =>
  void scan.items.push(parseItem(text, () => `item ${index}`));

const addMember = (scan: JsonScan, text: string, index: number): void => {
  const [member] = Object.entries(parseItem(`{${text}}`, () => `member ${index}`) as JsonObject);
  if (member === undefined) throw malformed(`member ${index} is missing`);
  scan.keys?.push(member[0]);
  scan.items.push(member[1]);
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
    keepFromHere(scan);
    scan.at++;
    yield* skipString(scan);
    const found = parseItem(keptText(scan), () => 'a key');
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
    keepFromHere(scan);
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
    if (forgets) keepFromHere(scan);
    if (scan.isWhole) return END;
    yield;
  }
}

/** Moves behind the quote that closes a string. */
function* skipString(scan: JsonScan, forgets = false): Reading {
  while (!isStringIn(scan)) {
    if (scan.isWhole) throw malformed('it ends inside of a string');
    if (forgets) keepFromHere(scan);
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
