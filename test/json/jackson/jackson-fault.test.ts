import fc from 'fast-check';
import { renderJacksonFault, tryFindJacksonFault } from '../../../lib/json/jackson/jackson-fault';
import { REDACTED, shown } from '../../../lib/json/jackson/source';

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NON_NUMERIC = 'enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow';
const NO_PLUS =
  'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow';
const IN_NUMBER = ' in numeric value: ';

const found = (text: string): string[] => {
  const fault = tryFindJacksonFault(text, REDACTED);
  if (fault === undefined) return [];
  const place = / line: (\d+), column: (\d+)\]$/.exec(fault.location) as RegExpExecArray;
  return [fault.message.replaceAll(REDACTED.name, '…'), `${place[1]}:${place[2]}`];
};

// Measured on AWS by others: github.com/gabrielmoreira/tiny-asl-machine, States.StringToJson.
test.each([
  [
    '{bad json}',
    "Unexpected character ('b' (code 98)): was expecting double-quote to start field name\n" +
      ' at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]',
  ],
  [
    '{"a":1',
    'Unexpected end-of-input: expected close marker for Object (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1])\n' +
      ' at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 7]',
  ],
  [
    'undefined',
    `Unrecognized token 'undefined': was expecting ${VALUES}\n` +
      ' at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 10]',
  ],
])('%j: what AWS says', (text, said) => {
  const fault = tryFindJacksonFault(text, REDACTED);
  expect(fault === undefined ? fault : renderJacksonFault(fault)).toBe(said);
});

// https://github.com/FasterXML/jackson-core, ReaderBasedJsonParser
test.each([
  // arrays and objects
  ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", '1:4'],
  ['{"s": "{"R', "Unexpected character ('R' (code 82)): was expecting comma to separate Object entries", '1:10'],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", '1:6'],
  ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", '1:6'],
  ['[1,}', "Unexpected character ('}' (code 125)): expected a value", '1:4'],
  ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", '1:8'],
  ['[1,]', `Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, '1:4'],
  [',', `Unexpected character (',' (code 44)): expected a valid value ${VALUES}`, '1:1'],
  ["['a']", `Unexpected character (''' (code 39)): expected a valid value ${VALUES}`, '1:2'],
  ['[1}', "Unexpected close marker '}': expected ']' (for Array starting at [Source: …; line: 1, column: 1])", '1:3'],
  ['{\n  "a": {]', "Unexpected close marker ']': expected '}' (for Object starting at [Source: …; line: 2, column: 8])", '2:9'],
  ['}', "Unexpected close marker '}': expected ']' (for root starting at [Source: …; line: 1, column: 0])", '1:1'],
  ['[1,', 'Unexpected end-of-input within/between Array entries', '1:4'],
  ['{"a"', 'Unexpected end-of-input within/between Object entries', '1:5'],
  ['{"a": ', 'Unexpected end-of-input within/between Object entries', '1:7'],
  [
    '[[1]\r\n',
    'Unexpected end-of-input: expected close marker for Array (start marker at [Source: …; line: 1, column: 1])',
    '2:1',
  ],
  // words
  ['tru', `Unrecognized token 'tru': was expecting ${VALUES}`, '1:4'],
  ['nullo', `Unrecognized token 'nullo': was expecting ${VALUES}`, '1:6'],
  ['[falſe]', `Unrecognized token 'falſe': was expecting ${VALUES}`, '1:7'],
  ['None', `Unrecognized token 'None': was expecting ${VALUES}`, '1:5'],
  ['[null$]', "Unexpected character ('$' (code 36)): was expecting comma to separate Array entries", '1:6'],
  ['NaN', `Non-standard token 'NaN': ${NON_NUMERIC}`, '1:4'],
  ['-Infinity', `Non-standard token '-Infinity': ${NON_NUMERIC}`, '1:10'],
  ['+INF', `Non-standard token '+INF': ${NON_NUMERIC}`, '1:5'],
  ['x'.repeat(300), `Unrecognized token '${'x'.repeat(256)}...': was expecting ${VALUES}`, '1:257'],
  // numbers
  ['1a', "Unexpected character ('a' (code 97)): Expected space separating root-level values", '1:2'],
  ['01', 'Invalid numeric value: Leading zeroes not allowed', '1:2'],
  ['[-00]', 'Invalid numeric value: Leading zeroes not allowed', '1:4'],
  ['.5', `Unexpected character ('.' (code 46)): expected a valid value ${VALUES}`, '1:1'],
  ['-.5', `Unexpected character ('.' (code 46)): expected a valid value ${VALUES}`, '1:2'],
  ['[12.]', `Unexpected character (']' (code 93))${IN_NUMBER}Decimal point not followed by a digit`, '1:4'],
  ['[0.]', `Unexpected character (']' (code 93))${IN_NUMBER}Decimal point not followed by a digit`, '1:4'],
  ['1.', `Unexpected character ('.' (code 46))${IN_NUMBER}Decimal point not followed by a digit`, '1:2'],
  ['[1.5e+x]', `Unexpected character ('x' (code 120))${IN_NUMBER}Exponent indicator not followed by a digit`, '1:3'],
  ['[0e+x]', `Unexpected character ('x' (code 120))${IN_NUMBER}Exponent indicator not followed by a digit`, '1:5'],
  ['1e', 'Unexpected end-of-inputexpected a digit for number exponent', '1:3'],
  ['-', 'Unexpected end-of-inputNo digit following sign', '1:2'],
  [
    '-x',
    `Unexpected character ('x' (code 120))${IN_NUMBER}expected digit (0-9) to follow minus sign, for valid numeric value`,
    '1:2',
  ],
  [
    '-IX',
    `Unexpected character ('X' (code 88))${IN_NUMBER}expected digit (0-9) to follow minus sign, for valid numeric value`,
    '1:3',
  ],
  ['+1', `Unexpected character ('+' (code 43))${IN_NUMBER}${NO_PLUS}`, '1:2'],
  ['+', 'Unexpected end-of-input in a Number value', '1:2'],
  // strings
  ['"a', 'Unexpected end-of-input: was expecting closing quote for a string value', '1:3'],
  ['{"a', 'Unexpected end-of-input in field name', '1:4'],
  ['"\\', 'Unexpected end-of-input in character escape sequence', '1:3'],
  ['"\\x"', "Unrecognized character escape 'x' (code 120)", '1:3'],
  ['"\\u12g4"', "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence", '1:6'],
  [
    '"a\nb"',
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
    '1:3',
  ],
  [
    '{"a\t":1}',
    'Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in name',
    '1:4',
  ],
  // between tokens
  [
    '[\f1]',
    'Illegal character ((CTRL-CHAR, code 12)): only regular white space (\\r, \\n, \\t) is allowed between tokens',
    '1:3',
  ],
  ['\u00a01', `Unexpected character ('\u00a0' (code 160)): expected a valid value ${VALUES}`, '1:1'],
  ['\u201ca\u201d', `Unexpected character ('\u201c' (code 8220 / 0x201c)): expected a valid value ${VALUES}`, '1:1'],
  [
    '[1] // one',
    "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
    '1:5',
  ],
  ['\r[\r\n\n x', `Unrecognized token 'x': was expecting ${VALUES}`, '4:3'],
  // behind the value
  ['{"a":1} {', 'Trailing token found after value: not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`', '1:9'],
  ['{} oops', `Unrecognized token 'oops': was expecting ${VALUES}`, '1:8'],
])('%j', (text, message, place) => expect(found(text)).toEqual([message, place]));

test.each([
  '',
  ' \n',
  '1',
  '-0',
  '1.5e-7 ',
  '"\\u00e9\\n"',
  'true',
  '[]',
  ' { } ',
  '[null, {"a": [false]}]\r\n',
  '{"a":1,"a":2}',
  '1e999',
])('%j is read', (text) => expect(found(text)).toEqual([]));

test('where the text is shown, columns are behind the character', () => {
  expect(tryFindJacksonFault('{ oops', shown('{ oops'))).toEqual({
    message: "Unexpected character ('o' (code 111)): was expecting double-quote to start field name",
    location: '[Source: (String)"{ oops"; line: 1, column: 4]',
  });
});

test('it refuses what JSON.parse refuses, and nothing else', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const piece = fc.constantFrom(
    ...'[]{},:"\\ \n/#0123.-+eEINFaxtu',
    'true',
    'null',
    '"a"',
    '-1',
    '0.5',
    '1e3',
    '\\u00e9',
    'Infinity',
    '\u00a0',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      fc.pre(text.trim() !== '');
      expect(found(text).length === 0).toBe(isJson(text));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 1 }), (json, at, character) => {
      const text = json.slice(0, at % json.length) + character + json.slice((at % json.length) + 1);
      fc.pre(text.trim() !== '');
      expect(found(text).length === 0).toBe(isJson(text));
    }),
    { numRuns: 1_000 },
  );
});
