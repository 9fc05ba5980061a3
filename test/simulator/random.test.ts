import { randomFromSeed, randomFromState } from '../../lib/simulator/random';

function numbers(count: number, seed: string): number[] {
  const random = randomFromSeed(seed);
  return Array.from({ length: count }, () => random.next());
}

test('the same seed gives the same numbers, another seed others', () => {
  expect(numbers(5, 'a')).toEqual(numbers(5, 'a'));
  expect(numbers(5, 'a')).not.toEqual(numbers(5, 'b'));
  expect(numbers(5, '')).not.toEqual(numbers(5, 'a'));
});

test('seeds that differ in one character at either end have nothing in common', () => {
  const seeds = ['baton/x', 'baton/y', 'caton/x', 'baton/xx'];
  const first = seeds.map((seed) => randomFromSeed(seed).next());
  expect(new Set(first).size).toBe(seeds.length);
});

test('numbers fill [0, 1) evenly', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const number of numbers(100_000, 'even')) {
    const bucket = Math.floor(number * 10);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  expect(counts).toHaveLength(10);
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('goes on from its state as if it had not been cut, also through JSON', () => {
  const random = randomFromSeed('cut');
  for (let count = 0; count < 7; count++) random.next();
  const copy = randomFromState(JSON.parse(JSON.stringify(random.state)) as [number, number, number, number]);
  expect([copy.next(), copy.uuid(), copy.next()]).toEqual([random.next(), random.uuid(), random.next()]);
});

test('UUIDs are of version 4, and no two are equal', () => {
  const random = randomFromSeed('uuid');
  const uuids = Array.from({ length: 1000 }, () => random.uuid());
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(uuids.filter((uuid) => !form.test(uuid))).toEqual([]);
  expect(new Set(uuids).size).toBe(1000);
});
