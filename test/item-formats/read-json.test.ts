import fc from 'fast-check';
import { ItemFormatError, NOT_ITERABLE } from '../../lib/item-formats/item-format-error';
import { readJsonItems } from '../../lib/item-formats/read-json-items';
import { readJsonLines } from '../../lib/item-formats/read-json-lines';
import type { SourceBytes } from '../../lib/item-formats/item-pieces';
import type { Json } from '../../lib/json/json';
import { all, cut, cuts } from './sources';

/** Elements, or members as pairs. */
async function allItems(source: SourceBytes, pointer?: string): Promise<readonly Json[]> {
  const found: Json[] = [];
  for await (const { items, keys } of readJsonItems(source, pointer)) {
    if (keys !== undefined) expect(keys).toHaveLength(items.length);
    found.push(...items.map((item, index) => (keys === undefined ? item : [keys[index] as string, item])));
  }
  return found;
}

async function items(source: string | Uint8Array, pointer?: string) {
  const whole = await allItems(cut(source), pointer);
  expect(await allItems(cut(source, 1), pointer)).toEqual(whole);
  return whole;
}

async function lines(source: string | Uint8Array) {
  const whole = await all(readJsonLines(cut(source)));
  expect(await all(readJsonLines(cut(source, 1)))).toEqual(whole);
  return whole;
}

const notIterable = new ItemFormatError(NOT_ITERABLE);

describe('a JSON file', () => {
  test.each([
    ['[]', []],
    [' [ ] \n', []],
    ['[1, "a,]}", null, true, -0.5e1, [[]], {"a": [{}]}]', [1, 'a,]}', null, true, -5, [[]], { a: [{}] }]],
    ['\ufeff["\\\\", "\\"", "ü🎈\\u0041"]', ['\\', '"', 'ü🎈A']],
    ['[[1, 2], [3]]', [[1, 2], [3]]],
  ])('%s', async (source, expected) => expect(await items(source)).toEqual(expected));

  test('its items are frozen, whatever their keys', async () => {
    const [item] = await items('[{"__proto__": {"a": 1}}]');
    expect(Object.isFrozen(item)).toBe(true);
    expect(JSON.stringify(item)).toBe('{"__proto__":{"a":1}}');
  });

  // An object: recorded in 2023.
  test.each(['{"Hello": "world"}', '"text"', '1', 'null', '  true '])('%s has no items', (source) =>
    expect(items(source)).rejects.toThrow(notIterable),
  );

  test.each([
    ['', /^The JSON file could not be read: the value is not JSON: at 1:1: /],
    ['hello', /the value is not JSON/],
    ['[1, 2', /it ends too early/],
    ['[1, "a', /it ends inside of a string/],
    ['[1, "a\\', /it ends inside of a string/],
    ['[1,, 2]', /item 1 is not JSON/],
    ['[1, ]', /item 1 is not JSON/],
    ['[1, {"a": 1, "a": 2}]', /item 1 is not JSON: at 1:\d+: found the key "a" a second time/],
    ['[9007199254740993]', /item 0 is not JSON: at 1:1: found the integer/],
    ['[1}', /its brackets do not match/],
    ['[{"a": 1]', /it ends too early/],
    ['[{"a": 1]]', /item 0 is not JSON/],
    ['[1] 2', /more text behind the array/],
    ["['a']", /item 0 is not JSON/],
  ])('%s is malformed', async (source, message) => {
    const read = items(source);
    await expect(read).rejects.toThrow(ItemFormatError);
    await expect(read).rejects.toThrow(message);
  });

  test('any array of values is read, wherever it is cut', async () => {
    const value = fc.json({ depthSize: 'small' });
    await fc.assert(
      fc.asyncProperty(fc.array(value), fc.constantFrom('', ' ', '\n\t'), cuts, async (values, space, places) => {
        const source = `${space}[${values.map((text) => space + text + space).join(',')}]${space}`;
        // -0 becomes 0, as at every door.
        const expected = JSON.parse(source, (_, found: unknown) => (found === 0 ? 0 : found));
        expect(await allItems(cut(source, places))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a pointer', () => {
  const document =
    '{"skip\\"": ["\\\\", {"b]": "}"}], "a/b": {"~": [10, [1, 2], {"k": "v", "__proto__": 2}]}, "e": {}, "": [3]} rest';
  test.each([
    ['/a~1b/~0', [10, [1, 2], JSON.parse('{"k": "v", "__proto__": 2}')]],
    ['/a~1b/~0/1', [1, 2]],
    [
      '/a~1b/~0/2',
      [
        ['k', 'v'],
        ['__proto__', 2],
      ],
    ],
    ['/e', []],
    ['/', [3]],
    ['/skip"/1', [['b]', '}']]],
  ])('%s', async (pointer, expected) => expect(await items(document, pointer)).toEqual(expected));
  test('that is empty leads to the whole file', async () => expect(await items('{"a": 1}', '')).toEqual([['a', 1]]));
  test.each(['/missing', '/a~1b/missing', '/e/x', '/a~1b/~0/3', '/a~1b/~0/01', '/a~1b/~0/0', '/a~1b/~0/0/0', '/skip"/x'])(
    '%s leads to no items',
    (pointer) => expect(items(document, pointer)).rejects.toThrow(notIterable),
  );
  test.each([
    ['{"a": [1', '/a', /it ends too early/],
    ['{a: [1]}', '/a', /a key in double quotes is missing/],
    ['{"b": 1, "a" [1]}', '/a', /a ':' is missing/],
    ['{"b": 1, ', '/a', /a key in double quotes is missing/],
    ['{"b": [1', '/a', /it ends too early/],
    ['{"b": 1]', '/a', /its brackets do not match/],
    ['{"a": {"k": 1, }}', '/a', /member 1 is missing/],
    ['{"a": {"k"}}', '/a', /member 0 is not JSON/],
  ])('into %s', (source, pointer, message) => expect(items(source, pointer)).rejects.toThrow(message));
  test('reads no further than its items', async () => {
    let chunks = 0;
    async function* endless() {
      for (yield Buffer.from('{"a": [1, 2], "b": ['); ;) {
        chunks++;
        yield Buffer.from('3, ');
      }
    }
    expect(await allItems(endless(), '/a')).toEqual([1, 2]);
    expect(chunks).toBe(0);
  });
});

describe('JSON Lines', () => {
  test.each([
    ['', []],
    ['{"a": 1}\n[2]\r\n"3"', [{ a: 1 }, [2], '3']],
    ['\ufeff1\n\n  \n2\n', [1, 2]],
  ])('%j', async (source, expected) => expect(await lines(source)).toEqual(expected));
  test('a line that is no JSON is named', () =>
    expect(lines('1\n\n{"a": }\n')).rejects.toThrow(/^The JSON file could not be read: line 3 is not JSON: at 1:7: /));
  test('any values are read, wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.json({ depthSize: 'small' })), cuts, async (values, places) => {
        const source = values.join('\n');
        const expected = values.map((text) => JSON.parse(text, (_, found: unknown) => (found === 0 ? 0 : found)));
        expect(await all(readJsonLines(cut(source, places)))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe('hostile files end soon', () => {
  const million = 1_000_000;
  test.each([
    ['open arrays', '['.repeat(million), /ends too early/],
    ['deep arrays', `[${'['.repeat(million / 10)}${']'.repeat(million / 10)}]`, /item 0 is not JSON: .*more than 1000 levels/],
    ['quotes', `[${'"'.repeat(million)}]`, /item 0 is not JSON/],
    ['backslashes in a string', `["${'\\'.repeat(million)}`, /ends inside of a string/],
    ['commas', `[${','.repeat(million)}]`, /item 0 is not JSON/],
    ['blanks behind the array', `[]${' '.repeat(10 * million)}`, []],
    ['an item over 8 MiB', `["${'x'.repeat(10 * million)}"]`, /a JSON item of more than 8388608 bytes/],
    ['invalid UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), ['\ufffd']],
  ])('%s', async (_, source, result) => {
    const read = allItems(cut(source, 64 * 1024));
    if (Array.isArray(result)) expect(await read).toEqual(result);
    else await expect(read).rejects.toThrow(result);
  });
  test('a skipped value may have any size', async () =>
    expect(await allItems(cut(`{"s": "${'x'.repeat(10 * million)}", "a": [1]}`, 64 * 1024), '/a')).toEqual([1]));
});
