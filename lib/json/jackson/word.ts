import { fail, type Reader, refuseCharacter } from './reader';

/** Refuses what begins no value. */
export const refuseValue = (reader: Reader, first: string): never =>
  refuseCharacter(reader, first, `expected a valid value ${VALUES}`);

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** By their first letters; of these Jackson knows two that JSON has not. */
export const WORDS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null', N: 'NaN', I: 'Infinity' };
const NON_STANDARD = /^(?:NaN|[-+]?Inf.*|[-+]INF)$/;

/** A character that Java's isJavaIdentifierStart is true for. */
export const IDENTIFIER_START = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}]$/u;
/** The same for isJavaIdentifierPart. */
const IDENTIFIER_PART = /^[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}\p{Cf}\0-\x08\x0e-\x1b\x7f-\x9f]$/u;

/** The rest of a word of which the first letters have been read. */
export const readWord = (reader: Reader, word: string, length: number): void => {
  for (let read = length; read < word.length; read++) {
    if (reader.text[reader.at] !== word[read]) refuseToken(reader, word.slice(0, read));
    reader.at++;
  }
  const behind = reader.text[reader.at] ?? '';
  if (behind >= '0' && IDENTIFIER_PART.test(behind)) refuseToken(reader, word);
  if (NON_STANDARD.test(word))
    fail(reader, `Non-standard token '${word}': enable \`JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS\` to allow`);
};

/** Longest token that Jackson shows. */
const MAX_TOKEN = 256;

/** Refuses a word that is none, with all that seems to belong to it. */
export const refuseToken = (reader: Reader, begun: string): never => {
  let token = begun;
  while (IDENTIFIER_PART.test(reader.text[reader.at] ?? '')) {
    token += reader.text[reader.at++];
    if (token.length < MAX_TOKEN) continue;
    token += '...';
    break;
  }
  return fail(reader, `Unrecognized token '${token}': was expecting ${VALUES}`);
};
