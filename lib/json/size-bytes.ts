import { isArray, type Json, type JsonArray, type JsonObject } from './json';

/** Sizes of arrays and objects met before: a new object that holds old ones costs only its own keys. */
const sizes = new WeakMap<object, number>();

/** The size of an array or object that is remembered; undefined: it was never measured, or is small. */
export const tryFindSize = (json: JsonArray | JsonObject): number | undefined => sizes.get(json);

/** Bytes of the value's compact JSON text in UTF-8, as `renderJson` writes it: what AWS's payload limits count. */
export const sizeBytes = (json: Json): number => {
  switch (typeof json) {
    case 'string':
      return stringSize(json);
    case 'number':
      return String(json).length; // -0 is written 0 by both
    case 'boolean':
      return json ? 4 : 5;
    default:
      return json === null ? 4 : remembered(json);
  }
};

/** Smaller ones are measured anew in less time than it takes to remember them, and to forget them at the next garbage collection. */
const WORTH_REMEMBERING_BYTES = 512;

const remembered = (json: JsonArray | JsonObject): number => {
  const known = sizes.get(json);
  if (known !== undefined) return known;
  const size = isArray(json) ? arraySize(json) : objectSize(json);
  if (size >= WORTH_REMEMBERING_BYTES) sizes.set(json, size);
  return size;
};

const arraySize = (json: JsonArray): number => {
  let size = 2 + Math.max(0, json.length - 1);
  for (const item of json) size += sizeBytes(item);
  return size;
};

const objectSize = (json: JsonObject): number => {
  const keys = Object.keys(json);
  let size = 2 + Math.max(0, keys.length - 1);
  for (const key of keys) size += stringSize(key) + 1 + sizeBytes(json[key] as Json);
  return size;
};

/** Two quotes, and each code unit by its escape or its UTF-8 length. */
const stringSize = (text: string): number => {
  let size = 2;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) size += unit === 0x22 || unit === 0x5c ? 2 : unit >= 0x20 ? 1 : controlSize(unit);
    else if (unit < 0x800) size += 2;
    else if (unit < 0xd800 || unit > 0xdfff) size += 3;
    else if (unit < 0xdc00 && isLow(text.charCodeAt(index + 1))) {
      size += 4;
      index++;
    } else size += 6; // a lone surrogate is written \udXXX
  }
  return size;
};

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** \b \t \n \f \r have two characters, the other control characters are \u00XX. */
const controlSize = (unit: number): number => (unit >= 0x08 && unit <= 0x0d && unit !== 0x0b ? 2 : 6);
