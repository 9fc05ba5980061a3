import { describe, fail, failAtLast, next, type Reader, refuseCharacter, refuseEnd } from './reader';
import { readWord, refuseValue } from './word';

/** Whether it is one of 0 to 9. */
export const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

const skipDigits = (reader: Reader): number => {
  const start = reader.at;
  while (isDigit(reader.text[reader.at])) reader.at++;
  return reader.at - start;
};

const refuseInNumber = (reader: Reader, character: string, comment: string): never =>
  failAtLast(reader, `Unexpected character (${describe(character)}) in numeric value: ${comment}`);

/** The end of the text stands directly behind `Unexpected end-of-input`: so it is in Jackson. */
const NO_DIGIT = 'No digit following sign';
const NO_EXPONENT = 'expected a digit for number exponent';

/** Reads a number of which the first character, a digit or a minus sign, has been read. */
export const readNumber = (reader: Reader, first: string): void => {
  const digit = first === '-' ? (next(reader) ?? refuseEnd(reader, NO_DIGIT)) : first;
  if (digit === '.') refuseValue(reader, digit);
  if (!isDigit(digit)) refuseSigned(reader, digit, '-');
  if (digit === '0' && isDigit(reader.text[reader.at])) fail(reader, 'Invalid numeric value: Leading zeroes not allowed');
  skipDigits(reader);
  // Behind the point or the exponent's letter: there Jackson locates faults, unless the number begins with 0.
  const mark = reader.at + 1;
  const fault = (character: string, message: string): void => {
    if (digit !== '0') reader.at = mark;
    refuseInNumber(reader, character, message);
  };
  if (reader.text[reader.at] === '.') {
    reader.at++;
    if (skipDigits(reader) === 0) fault(next(reader) ?? '.', 'Decimal point not followed by a digit');
  }
  if (/^e$/i.test(reader.text[reader.at] ?? '')) {
    reader.at++;
    if (/^[-+]$/.test(reader.text[reader.at] ?? '')) reader.at++;
    const found = reader.text[reader.at] ?? refuseEnd(reader, NO_EXPONENT);
    if (skipDigits(reader) === 0) {
      reader.at++;
      fault(found, 'Exponent indicator not followed by a digit');
    }
  }
  if (reader.scopes.length === 0) checkRootSpace(reader);
};

const checkRootSpace = (reader: Reader): void => {
  const character = reader.text[reader.at];
  if (character === undefined || ' \t\n\r'.includes(character)) return;
  reader.at++;
  refuseCharacter(reader, character, 'Expected space separating root-level values');
};

/** Behind a sign there is no digit. */
const refuseSigned = (reader: Reader, character: string, sign: '-' | '+'): never => {
  if (character === 'I') {
    const second = next(reader) ?? refuseEnd(reader, ' in a Number value');
    if (second === 'N') readWord(reader, `${sign}INF`, 3);
    if (second === 'n') readWord(reader, `${sign}Infinity`, 3);
    return refuseAfterSign(reader, second, sign);
  }
  return refuseAfterSign(reader, character, sign);
};

const refuseAfterSign = (reader: Reader, character: string, sign: '-' | '+'): never =>
  sign === '-'
    ? refuseInNumber(reader, character, 'expected digit (0-9) to follow minus sign, for valid numeric value')
    : refuseInNumber(
        reader,
        sign,
        'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow',
      );

/** Refuses a number with a plus sign, which has been read. */
export const readPlus = (reader: Reader): never =>
  refuseSigned(reader, next(reader) ?? refuseEnd(reader, ' in a Number value'), '+');
