import { describe, failAtLast, next, type Reader, refuseCharacter, refuseEnd } from './reader';

/** Reads a string of which the opening quote has been read. `what` it is, and what is said if the text ends in it. */
export const readString = (reader: Reader, what: string, ending: string): void => {
  for (;;) {
    const character = next(reader) ?? refuseEnd(reader, ending);
    if (character === '"') return;
    if (character === '\\') readEscape(reader);
    else if (character < ' ') {
      failAtLast(
        reader,
        `Illegal unquoted character (${describe(character)}): has to be escaped using backslash to be included in ${what}`,
      );
    }
  }
};

const readEscape = (reader: Reader): void => {
  const IN_ESCAPE = ' in character escape sequence';
  const letter = next(reader) ?? refuseEnd(reader, IN_ESCAPE);
  if ('"\\/bfnrt'.includes(letter)) return;
  if (letter !== 'u') failAtLast(reader, `Unrecognized character escape ${describe(letter)}`);
  for (let digits = 0; digits < 4; digits++) {
    const digit = next(reader) ?? refuseEnd(reader, IN_ESCAPE);
    if (!/[\da-fA-F]/.test(digit)) refuseCharacter(reader, digit, 'expected a hex-digit for character escape sequence');
  }
};
