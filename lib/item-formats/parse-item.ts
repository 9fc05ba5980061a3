import type { Json } from '../json/json';
import { JsonError } from '../json/json-error';
import { parseJson } from '../json/parse-json';
import { ItemFormatError } from './item-format-error';

/** `parseJson` for a part of a file. @param what names it in the error @throws ItemFormatError */
export const parseItem = (text: string, what: () => string): Json => {
  try {
    return parseJson(text, 'the item');
  } catch (error) {
    if (error instanceof JsonError) throw malformed(new JsonError(what(), error.problems).message);
    throw error;
  }
};

/** A file that is not JSON. */
export const malformed = (problem: string): ItemFormatError =>
  new ItemFormatError(`The JSON file could not be read: ${problem}.`);
