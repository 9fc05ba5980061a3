import { truncateSync } from 'node:fs';
import { readTextFile, writeTextFile } from '../../lib/cli/read-text-file';
import { folder } from './run-baton';

const at = folder({ 'text.json': '\ufeffä\r\n', 'large.json': '', 'latin1.json': Buffer.from('"\u00e4"', 'latin1') });

test('text in UTF-8, without its byte order mark', () => {
  expect(readTextFile(at('text.json'), 'the input')).toBe('ä\r\n');
});

test.each([
  ['a missing file', 'missing', /missing: there is no such file or directory\.$/],
  ['a file in a file', 'text.json/x', /there is no such file or directory\.$/],
  ['a directory', '.', /that is a directory\.$/],
  ['another encoding', 'latin1.json', /latin1\.json is not text in UTF-8\.$/],
  ['a name that no file can have', 'x'.repeat(5_000), /the name is too long\.$/],
])('%s is named', (_, name, message) => expect(() => readTextFile(at(name), 'the input')).toThrow(message));

test('a file beyond all reason is not read', () => {
  truncateSync(at('large.json'), 17 * 1_048_576);
  expect(() => readTextFile(at('large.json'), 'the input')).toThrow(/has 17825792 bytes; the input has at most 16777216\.$/);
});

test('what cannot be written is named', () => {
  expect(() => writeTextFile(at('text.json/x'), '')).toThrow(/cannot be written: there is no such file or directory\.$/);
});
