import fc from 'fast-check';
import { JsonError } from '../../lib/json/json-error';
import { MAX_DEPTH } from '../../lib/json/limits';
import { toJson, toLastingJson } from '../../lib/json/to-json';

const problemsOf = (value: unknown): string => {
  try {
    toJson(value, 'The input');
  } catch (error) {
    if (error instanceof JsonError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
};

const isDeeplyFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));

describe('what JSON can carry', () => {
  test('comes through equal and deeply frozen', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const value: unknown = JSON.parse(text, (_, member: unknown) =>
          typeof member === 'number' && !(Math.abs(member) < 2 ** 53) ? 1 : member,
        );
        const json = toJson(value, 'The input');
        expect(JSON.stringify(json)).toBe(JSON.stringify(value));
        expect(isDeeplyFrozen(json)).toBe(true);
      }),
    );
  });

  test("leaves the caller's own objects as they were", () => {
    const input = { items: [{ sku: 'a' }] };
    const json = toJson(input, 'The input');
    expect(json).not.toBe(input);
    expect(Object.isFrozen(input)).toBe(false);
    expect(Object.isFrozen(input.items[0])).toBe(false);
  });

  test('is given back at once when it is large and came through before, also as part of something new', () => {
    const json = toJson({ items: Array.from({ length: 20 }, () => [1]) }, 'The input');
    expect(toJson(json, 'The input')).toBe(json);
    expect(toJson({ again: json }, 'The input')).toHaveProperty('again', json);
    expect((toJson({ again: json }, 'The input') as { again: unknown }).again).toBe(json);
  });

  test('is given back at once, however small, if it was to last', () => {
    const json = toLastingJson({ items: [1] }, 'The input');
    expect(toJson(json, 'The input')).toBe(json);
    expect((toJson({ again: json }, 'The input') as { again: unknown }).again).toBe(json);
    expect(() => toLastingJson({ at: new Date() }, 'The input')).toThrow(
      'The input is not JSON: at /at: found an instance of Date',
    );
  });

  test('takes an object that the caller froze for no more than it is', () => {
    const inner = { changes: 1 };
    const json = toJson(Object.freeze({ inner }), 'The input') as { inner: { changes: number } };
    inner.changes = 2;
    expect(json.inner.changes).toBe(1);
  });

  test('keeps 0, false, the empty string and null', () => {
    expect(toJson({ a: 0, b: false, c: '', d: null }, 'The input')).toEqual({ a: 0, b: false, c: '', d: null });
  });

  test('makes -0 a 0', () => {
    expect(Object.is(toJson(-0, 'The input'), 0)).toBe(true);
    expect(Object.is((toJson([-0], 'The input') as number[])[0], 0)).toBe(true);
  });

  test('keeps __proto__ as a key and leaves the prototype alone', () => {
    const json = toJson(JSON.parse('{"__proto__":{"isAdmin":true}}'), 'The input') as object;
    expect(Object.keys(json)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
    expect('isAdmin' in json).toBe(false);
  });

  test('leaves out what JSON.stringify leaves out: symbols as keys, and what is not enumerable', () => {
    const value = Object.defineProperty({ a: 1, [Symbol('s')]: 2 }, 'hidden', { value: 3 });
    expect(Reflect.ownKeys(toJson(value, 'The input') as object)).toEqual(['a']);
  });

  test('may have an object without a prototype', () => {
    expect(toJson(Object.assign(Object.create(null), { a: 1 }), 'The input')).toEqual({ a: 1 });
  });

  test('may come from another realm', () => {
    const vm: typeof import('node:vm') = require('node:vm');
    expect(toJson(vm.runInNewContext('({ a: [{ b: 1 }] })'), 'The input')).toEqual({ a: [{ b: 1 }] });
  });

  test(`may have ${MAX_DEPTH} levels`, () => {
    expect(() => toJson(nested(MAX_DEPTH), 'The input')).not.toThrow();
  });

  test('may hold large numbers that JavaScript does not print digit by digit', () => {
    expect(toJson([1e21, 1.5e300, 5e-324], 'The input')).toEqual([1e21, 1.5e300, 5e-324]);
  });
});

describe('what JSON cannot carry is refused by name', () => {
  class Money {
    readonly amount = 1;
  }
  test.each<[string, unknown, string]>([
    ['undefined', { a: undefined }, 'at /a: found undefined'],
    ['a hole in an array', [, 1], 'at /0: found undefined'], // eslint-disable-line no-sparse-arrays
    ['a function', { f: () => 1 }, 'at /f: found a function'],
    ['a symbol', [Symbol('s')], 'at /0: found a symbol'],
    ['a BigInt', { n: 5n }, 'at /n: found the BigInt 5n'],
    ['a Date', { at: new Date(0) }, 'at /at: found an instance of Date'],
    ['a Map', new Map(), 'at the root: found an instance of Map'],
    ['an Error', new Error('x'), 'at the root: found an instance of Error'],
    ['an instance', { price: new Money() }, 'at /price: found an instance of Money'],
    ['NaN', [NaN], 'at /0: found NaN'],
    ['Infinity', [-Infinity], 'at /0: found -Infinity'],
    ['an integer that may have been rounded', { id: 2 ** 53 }, 'at /id: found the integer 9007199254740992'],
    ['a lone surrogate', ['a\ud800'], 'at /0: found a string with a lone surrogate'],
    ['a lone surrogate in a key', { '\udc00': 1 }, 'found the key "\\udc00" with a lone surrogate'],
    ['a key that a JSON pointer must escape', { 'a/b~c': undefined }, 'at /a~1b~0c: found undefined'],
  ])('%s', (_, value, message) => {
    expect(problemsOf(value)).toContain(message);
  });

  test('a cycle, at the place where it closes', () => {
    const order: { self?: unknown; items: unknown[] } = { items: [] };
    order.items.push({ order });
    expect(problemsOf(order)).toContain('at /items/0/order: found a cycle');
  });

  test('the same object twice is no cycle', () => {
    const address = { city: 'Bern' };
    expect(toJson({ from: address, to: address }, 'The input')).toEqual({ from: { city: 'Bern' }, to: { city: 'Bern' } });
  });

  test('10,000 levels, without overflowing the stack', () => {
    expect(problemsOf(nested(10_000))).toContain(`more than ${MAX_DEPTH} levels`);
  });

  test('levels that only together are too many', () => {
    const half = toJson(nested(600), 'The input');
    let value: unknown = half;
    for (let level = 0; level < 600; level++) value = { value };
    expect(problemsOf(value)).toContain(`more than ${MAX_DEPTH} levels`);
  });

  test('all of it at once, with its name', () => {
    const message = problemsOf({ a: undefined, b: { c: NaN }, d: [1n] });
    expect(message).toMatch(/^The input is not JSON:\n/);
    expect(message).toContain('at /a: found undefined');
    expect(message).toContain('at /b/c: found NaN');
    expect(message).toContain('at /d/0: found the BigInt 1n');
  });

  test('at most 20 faults of many', () => {
    const faults = problemsOf(Array.from({ length: 1_000_000 })).split('\n');
    expect(faults).toHaveLength(21);
  });
});
