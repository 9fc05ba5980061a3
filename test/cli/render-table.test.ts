import { coloursOf } from '../../lib/cli/colours';
import type { JsonObject } from '../../lib/simulator';
import { renderTable } from '../../lib/cli/render-table';

const plain = coloursOf(false);

test('items stand in the order of their keys, changes with an arrow', () => {
  const before: readonly JsonObject[] = [
    { Id: { S: 'teapot' }, Pieces: { N: '2' } },
    { Id: { S: 'cup' }, Pieces: { N: '7' }, Tags: { SS: ['a'] } },
  ];
  const after: readonly JsonObject[] = [
    { Id: { S: 'cup' }, Pieces: { N: '0' }, Tags: { SS: ['a', 'b'] }, Gone: { BOOL: false } },
    { Id: { S: 'teapot' }, Pieces: { N: '2' } },
  ];
  expect(renderTable(['Id'], before, after, plain)).toBe(
    'cup     Pieces 7 → 0  Tags ["a"] → ["a","b"]  Gone – → false\nteapot  Pieces 2',
  );
});

test('items that came or went show what they had', () => {
  const one = [{ Id: { S: 'a' }, At: { N: '1' }, V: { S: '' } }];
  const other = [{ Id: { S: 'a' }, At: { N: '2' }, V: { NULL: true } }];
  expect(renderTable(['Id', 'At'], one, other, plain)).toBe('a 1  V  → –\na 2  V – → true');
});

test('a table without items says so', () => {
  expect(renderTable(['Id'], [], [], plain)).toBe('no items');
});

test('nothing in an item reaches the terminal as a command', () => {
  const items = [{ Id: { S: '\u001b[2J' }, '\u001b[1A': { S: '\u001b[1A' } }];
  expect(renderTable(['Id'], items, items, plain)).not.toContain('\u001b');
});
