import { get, has, withField } from '../../lib/json/with-field';

test('adds a field and shares the rest', () => {
  const items = [1];
  const before = Object.freeze({ items });
  const after = withField(before, 'total', 0);
  expect(after).toEqual({ items: [1], total: 0 });
  expect(after['items']).toBe(items);
  expect(before).toEqual({ items: [1] });
});

test('replaces a field in its place', () => {
  expect(Object.keys(withField({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b']);
});

test('sets and finds __proto__ as a key like any other', () => {
  const object = withField({ a: 1 }, '__proto__', { isAdmin: true });
  expect(Object.keys(object)).toEqual(['a', '__proto__']);
  expect(has(object, '__proto__')).toBe(true);
  expect(get(object, '__proto__')).toEqual({ isAdmin: true });
  expect('isAdmin' in object).toBe(false);
  expect(Object.keys(withField(object, 'b', 2))).toEqual(['a', '__proto__', 'b']);
});

test('finds nothing that is inherited', () => {
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    expect(has({}, key)).toBe(false);
    expect(get({}, key)).toBeUndefined();
  }
});
