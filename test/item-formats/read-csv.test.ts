import fc from 'fast-check';
import { ItemFormatError } from '../../lib/item-formats/item-format-error';
import { type CsvOptions, readCsv } from '../../lib/item-formats/read-csv';
import { all, cut, cuts } from './sources';

/** Every source is read whole, and byte by byte. */
async function read(source: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  const whole = await all(readCsv(cut(source), { delimiter: 'COMMA', headers: undefined, ...options }));
  const bitten = await all(readCsv(cut(source, 1), { delimiter: 'COMMA', headers: undefined, ...options }));
  expect(bitten).toEqual(whole);
  return whole;
}

/** Fields of the first column. */
const fields = async (source: string) => (await read(source, { headers: ['f', 'g'] })).map((item) => (item as { f: string }).f);

describe('headers', () => {
  test('stand in the first row', async () =>
    expect(await read('id,amount\n1,2.50\n2,\n')).toEqual([
      { id: '1', amount: '2.50' },
      { id: '2', amount: '' },
    ]));
  test('are given', async () => expect(await read('1,2', { headers: ['a', 'b'] })).toEqual([{ a: '1', b: '2' }]));
  test('may be empty, numbers, quoted, or anything else', async () =>
    expect(await read('0,,"{,}",__proto__\na,b,c,d')).toEqual([JSON.parse('{"0":"a","":"b","{,}":"c","__proto__":"d"}')]));
  test.each([
    ['in the first row', 'a,b,a\n1,2,3', undefined],
    ['given', '1,2', ['a', 'a']],
  ])('cannot be there twice: %s', (_, source, headers) =>
    expect(read(source, { headers })).rejects.toThrow(new ItemFormatError('CSV headers cannot contain duplicates.')),
  );
  test('are at most 10 KiB', async () => {
    const [a, b] = ['a'.repeat(5_000), 'ü'.repeat(2_619)];
    expect(await all(readCsv(cut(`${a},${b}x\n1,2`), { delimiter: 'COMMA', headers: undefined }))).toHaveLength(1);
    await expect(read(`${a},${b}xy\n1,2`)).rejects.toThrow('more than 10240 bytes');
  });
  test('many are many fields', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `h${index}`);
    const [item] = await all(readCsv(cut(`${names.join(',')}\n${names.join(',')}`), { delimiter: 'COMMA', headers: undefined }));
    expect(item).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  });
});

describe('rows', () => {
  test.each([
    ['nothing', '', []],
    ['headers only', 'a,b\n', []],
    ['no newline at the end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
    [
      '\\r\\n',
      'a,b\r\n1,2\r\n"3","4"\r\n',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['\\r alone is a character', 'a\n1\r2', [{ a: '1\r2' }]],
    ['short', 'a,b\n1', [{ a: '1', b: '' }]],
    [
      'long',
      'a,b\n1,2,3,"4"\n5,6',
      [
        { a: '1', b: '2' },
        { a: '5', b: '6' },
      ],
    ],
    [
      'blank',
      'a,b\n\n   \n',
      [
        { a: '', b: '' },
        { a: '   ', b: '' },
      ],
    ],
    ['a byte order mark is a character', '\ufeffa\n1', [{ '\ufeffa': '1' }]],
  ])('%s', async (_, source, items) => expect(await read(source)).toEqual(items));
  test.each([
    ['PIPE', 'a|b,c'],
    ['SEMICOLON', 'a;b,c'],
    ['SPACE', 'a b,c'],
    ['TAB', 'a\tb,c'],
  ] as const)('are delimited by %s', async (delimiter, source) =>
    expect(await read(source, { delimiter, headers: ['x', 'y'] })).toEqual([{ x: 'a', y: 'b,c' }]),
  );
  test('are frozen, and of one shape whether quoted or not', async () => {
    const items = await read('a,b\n1,2\n"1",2');
    expect(items[0]).toEqual(items[1]);
    expect(items.every((item) => Object.isFrozen(item))).toBe(true);
  });
});

describe('fields', () => {
  test('the example of the documentation', async () =>
    expect(
      await read(
        'abc,123,"This string contains commas, a double quotation marks (""), and a newline (\n)",{""MyKey"":""MyValue""},"[1,2,3]"\n',
        { headers: ['MyLetters', 'MyNumbers', 'MyString', 'MyObject', 'MyArray'] },
      ),
    ).toEqual([
      {
        MyLetters: 'abc',
        MyNumbers: '123',
        MyString: 'This string contains commas, a double quotation marks ("), and a newline (\n)',
        MyObject: '{"MyKey":"MyValue"}',
        MyArray: '[1,2,3]',
      },
    ]));
  test.each([
    ['escaped backslashes', 'C:\\\\Program Files\\\\MyApp.exe,6534512', 'C:\\Program Files\\MyApp.exe'],
    ['an escaped delimiter', 'a\\,b,c', 'a,b'],
    ['an escaped quote', 'a\\"b,c', 'a"b'],
    ['an escaped quote in quotes', '"a\\",b",c', 'a",b'],
    ['any other backslash is dropped', '\\a\\;\\ b\\', 'a; b'],
    ['a backslash before a newline is dropped', 'a\\\nb', 'a', 'b'],
    ['a backslash in quotes before a newline is dropped', '"a\\\nb"', 'a\nb'],
    ['\\r\\n in quotes', '"a\r\nb",c', 'a\r\nb'],
    ['empty in quotes', '"",c\n"","x"', '', ''],
    ['quotes in quotes', '"""a"""', '"a"'],
    ['blanks before quotes', '  "a, b",c', 'a, b'],
    ['text behind quotes', '"a"b ,c', 'ab '],
    ['quotes inside of a field stay', 'say "a, b" \nx', 'say "a, b" ', 'x'],
    ['single quotes mean nothing', "'a,b'", "'a"],
  ])('%s', async (_, source, ...expected) => expect(await fields(source)).toEqual(expected));
  test('what is not UTF-8 becomes U+FFFD', async () =>
    expect(await read(Buffer.from([0x61, 0xff, 0x62, 0xe2, 0x82, 0x0a, 0xc3]), { headers: ['f'] })).toEqual([
      { f: 'a\ufffdb\ufffd' },
      { f: '\ufffd' },
    ]));
  test('quotes that are never closed', () =>
    expect(read('a\n"1\n2\n')).rejects.toThrow(new ItemFormatError('The CSV file ends inside of quotation marks.')));
});

test('any table that is written is read, wherever it is cut', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ü', '🎈', ',', '|', '"', '\\', '\n', '\r', ' '), maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { maxLength: 8 }),
      fc.constantFrom({ name: 'COMMA', sign: ',' } as const, { name: 'PIPE', sign: '|' } as const),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.boolean(), { minLength: 1 }),
      cuts,
      async (table, { name, sign }, newline, quoted, places) => {
        let written = 0;
        const write = (field: string): string => {
          const escaped = field.replaceAll('\\', '\\\\');
          const bare = !/["\n\r]/.test(field) && !quoted[written++ % quoted.length];
          return bare ? escaped.replaceAll(sign, `\\${sign}`) : `"${escaped.replaceAll('"', '""')}"`;
        };
        const source = table.map((row) => row.map(write).join(sign) + newline).join('');
        expect(await all(readCsv(cut(source, places), { delimiter: name, headers: ['a', 'b', 'c'] }))).toEqual(
          table.map(([a, b, c]) => ({ a, b, c })),
        );
      },
    ),
    { numRuns: 300 },
  );
});

describe('hostile files end soon', () => {
  const million = 1_000_000;
  test.each([
    ['no newline', 'x'.repeat(million), 1],
    ['quotes only', '"'.repeat(million), 1],
    ['an odd number of quotes', '"'.repeat(million + 1), /ends inside of quotation marks/],
    ['lone quotes in fields', 'a"b,'.repeat(million / 4), 1],
    ['backslashes only', '\\'.repeat(million), 1],
    ['newlines only', '\n'.repeat(million / 10), million / 10],
    ['newlines in quotes', `"${'\n'.repeat(million)}`, /ends inside of quotation marks/],
    ['delimiters only', ','.repeat(million), 1],
    ['a line over 8 MiB', 'x'.repeat(9 * million), /a line of more than 8388608 bytes/],
    ['a row over 8 MiB', `"${'xxxxxxxxx\n'.repeat(million)}`, /a row of more than 8388608 bytes/],
  ])('%s', async (_, source, result) => {
    const items = all(readCsv(cut(source, 64 * 1024), { delimiter: 'COMMA', headers: ['a', 'b'] }));
    if (typeof result === 'number') expect(await items).toHaveLength(result);
    else await expect(items).rejects.toThrow(result);
  });
  test('a large row of headers', async () => {
    const items = all(readCsv(cut(','.repeat(million)), { delimiter: 'COMMA', headers: undefined }));
    await expect(items).rejects.toThrow('The CSV headers have more than 10240 bytes.');
  });
});
