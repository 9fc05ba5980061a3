import fc from 'fast-check';
import { compileFieldWriter } from '../../lib/json/field-writer';
import type { JsonObject } from '../../lib/json/json';
import { withField } from '../../lib/json/with-field';

const NAMES = ['a', 'b', '__proto__', 'constructor', '"', '\\', '`${1}`', '\u2028', '10', '2', ''];

const object = fc
  .uniqueArray(fc.constantFrom(...NAMES), { maxLength: 6 })
  .map((names) => JSON.parse(`{${names.map((name, index) => `${JSON.stringify(name)}:${index}`).join(',')}}`) as JsonObject);

test('does what withField does, for few and for many objects with the same names', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.array(object, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 120 }),
      (key, objects, times) => {
        const write = compileFieldWriter(key);
        for (const one of objects) {
          const expected = JSON.stringify(withField(one, key, [true]));
          const written = new Set(Array.from({ length: times }, () => JSON.stringify(write(one, [true]))));
          expect([...written]).toEqual([expected]);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('leaves the object as it is, and shares its values', () => {
  const items = [1];
  const before = Object.freeze({ items });
  const write = compileFieldWriter('total');
  for (let time = 0; time < 100; time++) {
    const after = write(before, time);
    expect(after).toEqual({ items: [1], total: time });
    expect(after['items']).toBe(items);
  }
});

test('an object of very many names is written to, too', () => {
  const large = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, index]));
  const write = compileFieldWriter('n7');
  for (let time = 0; time < 100; time++) expect(write(large, 'x')).toEqual({ ...large, n7: 'x' });
});
