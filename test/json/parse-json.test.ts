import fc from 'fast-check';
import { JsonError } from '../../lib/json/json-error';
import { MAX_DEPTH } from '../../lib/json/limits';
import { parseJson } from '../../lib/json/parse-json';
import { readJson } from '../../lib/json/read-json';
import { toJson } from '../../lib/json/to-json';

const problemOf = (text: string): string => {
  try {
    parseJson(text, 'The text');
  } catch (error) {
    if (error instanceof JsonError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('good text', () => {
  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (text, indent) => {
        const laidOut = JSON.stringify(JSON.parse(text), null, indent);
        expect(JSON.stringify(parseJson(laidOut, 'The text'))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test('is read alike by the strict reader', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(readJson(text)).toEqual({ json: JSON.parse(text) as unknown });
      }),
    );
  });

  test('comes out frozen, and the door for values takes it as it is', () => {
    const json = parseJson('{"a":[{"b":1}]}', 'The text') as { a: object[] };
    expect(Object.isFrozen(json) && Object.isFrozen(json.a) && Object.isFrozen(json.a[0])).toBe(true);
    expect(toJson(json, 'The text')).toBe(json);
  });

  test.each<[string, unknown]>([
    ['-0', 0],
    ['[-0]', [0]],
    ['{"a":-0.0}', { a: 0 }],
    ['1e2', 100],
    ['9007199254740992', 9007199254740992],
    ['64796051109195850', 64796051109195850], // not exactly held, but written as it was read
    ['1000000000000000000000', 1e21],
    [' \t\r\n1 ', 1],
    [String.raw`"\ud83d\ude00\/\b\f\n\r\t\"\\"`, '😀/\b\f\n\r\t"\\'],
    ['{"a":"{\\"b\\": 1, \\"b\\": 2}"}', { a: '{"b": 1, "b": 2}' }],
    ['{"": 1, "a" : {"a":1}}', { '': 1, a: { a: 1 } }],
    ['{"a\\\\":1}', { 'a\\': 1 }],
  ])('%s', (text, value) => {
    expect(parseJson(text, 'The text')).toStrictEqual(value);
  });

  test('keeps __proto__ as a key', () => {
    for (const text of ['{"__proto__":{"isAdmin":true}}', '{"__proto__":-0, "a":"\\": "}']) {
      const json = parseJson(text, 'The text') as object;
      expect(Object.keys(json)).toContain('__proto__');
      expect('isAdmin' in json).toBe(false);
      expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
    }
  });

  test(`may have ${MAX_DEPTH} levels`, () => {
    expect(() => parseJson('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH), 'The text')).not.toThrow();
  });
});

describe('bad text is refused with line and column', () => {
  test.each<[string, string, string]>([
    ['an empty text', '', 'at 1:1: expected a value, found the end of the text'],
    ['a syntax error', '{\n  "a": 1,\n  b: 2\n}', 'at 3:3: expected a key in double quotes, found "b"'],
    ['a trailing comma', '[1,]', 'at 1:4: expected a value, found "]"'],
    ['a missing comma', '{"a":1 "b":2}', `at 1:8: expected ',' or '}', found "\\""`],
    ['text after the end', '{} {}', 'at 1:4: found "{" after the end'],
    ['an unfinished string', '["a', 'at 1:2: found a string without its closing quote'],
    ['a raw control character', '"a\nb"', 'at 1:3: found the control character'],
    ['an unknown escape', '"\\x41"', 'at 1:2: found the unknown escape'],
    ['an unfinished escape', '"\\u12"', 'at 1:2: found \\u without four hexadecimal digits'],
    ['a word of JavaScript', '[NaN]', 'at 1:2: expected a value, found "N"'],
    ['a half word', 'nul', 'at 1:1: expected a value'],
    ['a leading zero', '01', 'at 1:2: found "1" after the end'],
    ['a byte order mark', '\ufeff{}', 'at 1:1: expected a value'],
    ['a duplicate key', '{"a":1,\n"b":{"c":1,"c":2}}', 'at 2:12: found the key "c" a second time'],
    ['a duplicate key in disguise', '{"a":1,"\\u0061":2}', 'at 1:8: found the key "a" a second time'],
    ['a duplicate beside text with colons', '{"x":"\\": ","a":1,"a":1}', 'found the key "a" a second time'],
    ['a number out of range', '{"a":1e400}', 'at 1:6: found 1e400, which no double can hold'],
    [
      'a rounded integer',
      '{"id":9007199254740993}',
      'at 1:7: found the integer 9007199254740993, which a double would change to 9007199254740992',
    ],
    ['a lone surrogate', '["\\ud800"]', 'at 1:2: found a string with a lone surrogate'],
    ['a raw lone surrogate', '["\ud800"]', 'at 1:2: found a string with a lone surrogate'],
    ['a lone surrogate in a key', '{"\\udc00":1}', 'at 1:2: found a string with a lone surrogate'],
  ])('%s', (_, text, message) => {
    expect(problemOf(text)).toContain(message);
  });

  test.each([10_000, 1_000_000])('%i levels, without overflowing the stack', (levels) => {
    expect(problemOf('['.repeat(levels) + ']'.repeat(levels))).toContain(
      `at 1:${MAX_DEPTH + 1}: found more than ${MAX_DEPTH} levels`,
    );
    expect(problemOf('{"a":'.repeat(levels))).toContain(`more than ${MAX_DEPTH} levels`);
  });

  test('an integer of a million digits, quickly and in a short message', () => {
    expect(problemOf('1'.repeat(1_000_000)).length).toBeLessThan(200);
  });

  test('everything that JSON.parse refuses, and nothing well-formed', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', '[', '\\', '0', ':', ' '),
        (text, place, noise) => {
          const at = place % (text.length + 1);
          const broken = text.slice(0, at) + noise + text.slice(at + 1);
          let isGood = true;
          try {
            JSON.parse(broken);
          } catch {
            isGood = false;
          }
          const result = readJson(broken);
          if (!isGood) expect(result).toHaveProperty('where');
          else if ('where' in result) expect(result.message).toMatch(/second time|lone surrogate|double/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
