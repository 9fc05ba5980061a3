import { join } from 'node:path';
import { readExample } from '../../lib/cli/read-example';
import { SHOP, writeShop } from './example';

test('an example has the name of its folder, its items and its inputs as they stand in the files', () => {
  expect(readExample(writeShop())).toEqual({
    name: 'shop',
    machine: 'Machine',
    tables: { Stock: [{ Id: { S: 'kettle' }, Pieces: { N: '3' } }] },
    rejectedAddresses: ['rejected@example.com'],
    inputs: [
      { name: 'two', text: '{"taken":2}', description: 'Two of three.', expected: { status: 'SUCCEEDED', error: undefined } },
      { name: 'four', text: '{"taken":4}', description: 'Four of three.', expected: { status: 'FAILED', error: 'TooFew' } },
    ],
  });
});

test('everything that is wrong with example.json is said at once', () => {
  const directory = writeShop({
    tables: { Stock: 7 },
    rejectedAddresses: 'nobody',
    inputs: [
      { file: '', status: 'DONE', error: 'x' },
      { file: 'a.json', description: 'One.', status: 'FAILED' },
    ],
  });
  expect(() => readExample(directory)).toThrow(
    [
      `${join(directory, 'example.json')}:`,
      '  "machine" must be the construct path of the state machine, found nothing',
      '  "tables" must be an object of construct paths and file names, found {"Stock":7}',
      '  "rejectedAddresses" must be an array of addresses, found "nobody"',
      '  "inputs"[0].status must be one of SUCCEEDED, FAILED, TIMED_OUT, ABORTED, found "DONE"',
      '  "inputs"[0].file must be a file name, found ""',
      '  "inputs"[0].description must be a sentence, found nothing',
      '  "inputs"[1].error must be the error\'s name, found nothing',
    ].join('\n'),
  );
});

test.each([[null], [[]], [{}], ['text']])('%j is no example', (example) => {
  expect(() => readExample(writeShop(JSON.stringify(example)))).toThrow('"inputs" must be an array of one object or more');
});

test('no two inputs have one name, and none is called all', () => {
  const [two] = SHOP.inputs;
  const inputs = [two, { ...two, file: 'more/two.json' }, { ...two, file: 'all.json' }];
  expect(() => readExample(writeShop({ ...SHOP, inputs }))).toThrow(
    /the name "two" is taken; name the file differently\n.*the name "all" is taken/,
  );
});

test('a file that is missing, is not JSON or has no items is named', () => {
  expect(() => readExample(writeShop({ ...SHOP, tables: { Stock: 'nowhere.json' } }))).toThrow(/ENOENT.*nowhere\.json/);
  expect(() => readExample(writeShop('{'))).toThrow(/example\.json is not JSON/);
  expect(() => readExample(writeShop(SHOP, { 'stock.json': { Id: { S: 'kettle' } } }))).toThrow(
    /stock\.json must be an array of items in DynamoDB JSON/,
  );
});
