import { lazyFields } from '../../lib/cloud/lazy-fields';

test('computes a field once, when it is first read', () => {
  const compute = jest.fn(() => undefined);
  const object = lazyFields({ a: 1 }, { b: compute });
  expect(compute).not.toHaveBeenCalled();
  expect([object.b, object.b, object.a]).toEqual([undefined, undefined, 1]);
  expect(compute).toHaveBeenCalledTimes(1);
});

test('throws at every read what computing throws', () => {
  const object = lazyFields(
    {},
    {
      bad: (): string => {
        throw new Error('no');
      },
    },
  );
  expect(() => object.bad).toThrow('no');
  expect(() => object.bad).toThrow('no');
});

test('shows its fields to whoever lists them', () => {
  expect(JSON.stringify(lazyFields({ a: 0 }, { b: () => [1] }))).toBe('{"a":0,"b":[1]}');
});
