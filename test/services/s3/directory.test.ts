import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directory } from '../../../lib/services/s3/directory';
import { bytesOf, type SourceKey } from '../../../lib/services/s3/object-source';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bucket-'));
  mkdirSync(join(root, 'a', 'deep'), { recursive: true });
  for (const file of ['a.txt', 'a/1', 'a/deep/x', 'a0', 'b']) writeFileSync(join(root, file), file);
});

afterAll(() => rmSync(root, { recursive: true }));

const keys = async (prefix = '', after = ''): Promise<readonly string[]> => {
  const found: SourceKey[] = [];
  for await (const listed of directory(root).list(prefix, after)) found.push(listed);
  return found.map((listed) => (typeof listed === 'string' ? listed : listed.key));
};

test('files are objects, in the order of their keys and not of their folders', async () => {
  expect(await keys()).toEqual(['a.txt', 'a/1', 'a/deep/x', 'a0', 'b']);
});

test.each([
  ['a/', '', ['a/1', 'a/deep/x']],
  ['a/d', '', ['a/deep/x']],
  ['', 'a/1', ['a/deep/x', 'a0', 'b']],
  ['', 'a/deep/', ['a/deep/x', 'a0', 'b']],
  ['', 'a/zzz', ['a0', 'b']],
  ['x', '', []],
])('with the prefix %j, after %j: %j', async (prefix, after, expected) => {
  expect(await keys(prefix, after)).toEqual(expected);
});

test('a file is read as a stream', async () => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytesOf((await directory(root).get('a/deep/x')) ?? '')) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('a/deep/x');
});

test.each(['none', 'a', '../b', 'a/../b', 'a//1', '/b', ''])('%j names nothing', (key) => {
  expect(directory(root).get(key)).toBeUndefined();
});

test('a directory that is not there is refused at once', () => {
  expect(() => directory(join(root, 'none'))).toThrow(/there is no directory .*none/);
});
