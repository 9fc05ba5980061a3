import { ItemFormatError } from '../../lib/item-formats/item-format-error';
import { readParquet } from '../../lib/item-formats/read-parquet';
import { all } from './sources';
/** Written by write-parquet-files.mjs. */
import files from './parquet-files.json';

const bytesOf = (name: keyof typeof files): Buffer => Buffer.from(files[name], 'base64');

const fileOf = (bytes: Buffer) => ({
  byteLength: bytes.length,
  slice: async (start: number, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer,
});

const read = (name: keyof typeof files) => all(readParquet(fileOf(bytesOf(name))));

const small = [
  { n: 0, text: 'row 0' },
  { n: 1, text: 'row 1' },
  { n: 2, text: 'row 2' },
];

test('rows come row group by row group, in order', async () => {
  const pieces: number[] = [];
  let next = 0;
  for await (const items of readParquet(fileOf(bytesOf('rows')))) {
    pieces.push(items.length);
    for (const item of items) expect(item).toEqual({ n: next, text: `row ${next++}` });
  }
  expect(pieces).toEqual([1_000, 1_000, 500]);
});

test('rows are frozen', async () => expect((await read('gzip')).every((row) => Object.isFrozen(row))).toBe(true));
test('no rows', async () => expect(await read('empty')).toEqual([]));
test('GZIP', async () => expect(await read('gzip')).toEqual(small));
test('a compression that AWS does not read', () => expect(read('brotli')).rejects.toThrow(/could not be read: .*BROTLI/));

test('scalars', async () => {
  const [row, nothing] = await read('scalars');
  expect(row).toEqual({
    boolean: true,
    int32: -1,
    int64: 9007199254740992,
    double: 0.5,
    string: 'ü',
    plain: 'ü',
    bytes: 'AQL/',
    date: '1969-12-31',
    millis: Date.parse('2026-11-22T10:00:00.123Z'),
    micros: -1,
    decimal: 1234.56,
    json: '{"a":1}',
  });
  expect(new Set(Object.values(nothing as object))).toEqual(new Set([null]));
});

test('lists, maps and structs', async () =>
  expect(await read('nested')).toEqual([
    { tags: ['a', null], prices: { eur: 3 }, place: { city: 'Ulm', zip: 89073 } },
    { tags: [], prices: {}, place: { city: null, zip: null } },
    { tags: null, prices: null, place: null },
  ]));

test('numbers that JSON has not', async () =>
  expect(await read('no number')).toEqual([{ d: 'NaN' }, { d: 'Infinity' }, { d: 0 }]));
test('an integer that a double would change', () =>
  expect(read('large integer')).rejects.toThrow(
    new ItemFormatError('The integer 9007199254740993 in id of row 1 is too large for a JSON number.'),
  ));
test('a column may be called __proto__', async () => expect(JSON.stringify(await read('own keys'))).toBe('[{"__proto__":1}]'));

describe('a broken file', () => {
  const whole = bytesOf('gzip');
  test.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('id,name\n1,a\n')],
    ['cut off at its end', whole.subarray(0, -1)],
    ['cut in half', whole.subarray(0, whole.length / 2)],
    ['without its beginning', whole.subarray(whole.length / 2)],
    ['with other pages', Buffer.concat([Buffer.alloc(100, 0x55), whole.subarray(100)])],
  ])('%s', (_, bytes) => expect(all(readParquet(fileOf(bytes)))).rejects.toThrow(/^The Parquet file could not be read: /));
  test('cut off anywhere', async () => {
    for (let length = 0; length < whole.length; length++)
      await expect(all(readParquet(fileOf(whole.subarray(0, length))))).rejects.toBeInstanceOf(ItemFormatError);
  });
});

test('what goes wrong with the file itself is not the fault of its format', async () => {
  const gone = new Error('NoSuchKey');
  const file = { byteLength: 1_000, slice: () => Promise.reject(gone) };
  await expect(all(readParquet(file))).rejects.toBe(gone);
});
