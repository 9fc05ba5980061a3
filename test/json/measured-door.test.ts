import * as fc from 'fast-check';
import type { Json } from '../../lib/json/json';
import { compileMeasuredDoor, type MeasuredDoor } from '../../lib/json/measured-door';
import { findJsonProblems } from '../../lib/json/json-problems';
import { toJson } from '../../lib/json/to-json';
import { sizeBytes } from '../../lib/json/size-bytes';

/** A door that has seen the value so often that it has code for its like. */
function doorFor(value: Json): MeasuredDoor {
  const door = compileMeasuredDoor();
  for (let times = 0; times < 60; times++) door(value, 'It');
  return door;
}

const isFrozen = (json: Json): boolean =>
  typeof json !== 'object' ||
  json === null ||
  (Object.isFrozen(json) && Object.values(json).every((field: Json) => isFrozen(field)));

const answer = { StatusCode: 200, Payload: { id: 'r-1', ok: true, none: null } };

test('copies, freezes and measures as the long way does, whatever it has seen before', () => {
  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({ a: fc.string(), b: fc.record({ c: fc.double(), d: fc.boolean() }) }),
  );
  fc.assert(
    fc.property(json as fc.Arbitrary<Json>, json as fc.Arbitrary<Json>, (seen, value) => {
      fc.pre(findJsonProblems([seen, value]).length === 0);
      for (const given of [value, seen]) {
        const { json: copied, bound } = doorFor(seen)(given, 'It');
        expect(copied).toStrictEqual(toJson(given, 'It'));
        expect(isFrozen(copied)).toBe(true);
        expect(bound).toBeGreaterThanOrEqual(sizeBytes(copied));
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('takes a copy of what it knows', () => {
  const given = structuredClone(answer);
  const { json } = doorFor(answer)(given, 'It');
  given.Payload.id = 'changed';
  expect(json).toStrictEqual(answer);
});

test.each<[string, unknown, unknown]>([
  ['another number', { ...answer, StatusCode: -0 }, { ...answer, StatusCode: 0 }],
  ['another type of a field', { ...answer, StatusCode: '200' }, undefined],
  ['another order of the fields', { Payload: answer.Payload, StatusCode: 200 }, undefined],
  ['a field more', { ...answer, more: [1] }, undefined],
  ['a field less', { StatusCode: 200 }, undefined],
  ['something where null was', { ...answer, Payload: { ...answer.Payload, none: 1 } }, undefined],
  ['a list where an object was', { ...answer, Payload: [1] }, undefined],
  ['null where an object was', { ...answer, Payload: null }, undefined],
  ['an object without a prototype', Object.assign(Object.create(null), answer), answer],
  ['no object at all', 'text', undefined],
])('takes %s the long way', (_, value, expected) => {
  const { json } = doorFor(answer)(value, 'It');
  expect(json).toStrictEqual(expected ?? value);
});

test('a field named __proto__ is a field like any other', () => {
  const odd = JSON.parse('{"__proto__":{"a":"1"},"b":2}') as Json;
  expect(JSON.stringify(doorFor(odd)(odd, 'It').json)).toBe('{"__proto__":{"a":"1"},"b":2}');
});

test.each<[string, unknown, RegExp]>([
  ['NaN', { ...answer, StatusCode: NaN }, /StatusCode/],
  ['a rounded integer', { ...answer, StatusCode: 2 ** 60 }, /StatusCode/],
  ['half a character', { ...answer, Payload: { ...answer.Payload, id: '\ud800' } }, /Payload\/id/],
  ['a Date', { ...answer, Payload: new Date(0) }, /Payload/],
  ['undefined', { ...answer, StatusCode: undefined }, /StatusCode/],
  ['an instance of a class with the same fields', Object.assign(new (class Answer {})(), answer), /It/],
])('refuses %s, as if it had never seen the like', (_, value, message) => {
  expect(() => doorFor(answer)(value, 'It')).toThrow(message);
});
