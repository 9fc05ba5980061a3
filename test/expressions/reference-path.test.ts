import { ExpressionSyntaxError } from '../../lib/expressions/evaluation-error';
import { compileReferencePath } from '../../lib/expressions/reference-path';
import type { Json, JsonObject } from '../../lib/json/json';
import { toJson } from '../../lib/json/to-json';

const write = (path: string, target: Json, value: Json): Json =>
  compileReferencePath(path).write(toJson(target, 'The target'), value);

test.each<[string, Json, Json, Json]>([
  ['$', { a: 1 }, 'new', 'new'],
  ['$', 'text', null, null],
  ['$.b', { a: 1 }, 2, { a: 1, b: 2 }],
  ['$.a', { a: { old: 1 } }, { new: 1 }, { a: { new: 1 } }],
  ['$.a.b.c', { a: { x: 1 } }, 0, { a: { x: 1, b: { c: 0 } } }],
  ['$.a.b', {}, null, { a: { b: null } }],
  ["$['a b']", {}, '', { 'a b': '' }],
  ['$.list[1]', { list: [1, 2, 3] }, false, { list: [1, false, 3] }],
  ['$.list[-1].x', { list: [{ y: 1 }] }, 2, { list: [{ y: 1, x: 2 }] }],
  ['$[0].a', [{}], 1, [{ a: 1 }]],
])('%s in %j', (path, target, value, expected) => expect(write(path, target, value)).toEqual(expected));

test('shares what it does not touch and leaves the target as it was', () => {
  const target = toJson({ big: [1, 2], a: { deep: {} } }, 'The target') as JsonObject;
  const result = compileReferencePath('$.a.b').write(target, 1) as JsonObject;
  expect(result['big']).toBe(target['big']);
  expect((result['a'] as JsonObject)['deep']).toBe((target['a'] as JsonObject)['deep']);
  expect(target).toEqual({ big: [1, 2], a: { deep: {} } });
});

test('writes __proto__ as a key', () => {
  const result = write("$['__proto__'].isAdmin", {}, true) as JsonObject;
  expect(Object.keys(result)).toEqual(['__proto__']);
  expect('isAdmin' in {}).toBe(false);
  expect('isAdmin' in result).toBe(false);
});

test.each<[string, Json]>([
  ['$.a', 'text'],
  ['$.a', [1]],
  ['$.a', null],
  ['$.a.b', { a: 1 }],
  ['$.a.b', { a: null }],
  ['$.a.b', { a: [] }],
  ['$.a[0]', { a: {} }],
  ['$.a[0]', {}],
  ['$.a[1]', { a: [1] }],
  ['$.a[-2]', { a: [1] }],
])('%s cannot be applied to %j', (path, target) => {
  expect(() => write(path, target, 1)).toThrow(
    expect.objectContaining({
      error: 'States.ResultPathMatchFailure',
      message: `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`,
    }),
  );
});

test.each([
  ['$.a[*]', 'may name several places'],
  ['$..a', 'may name several places'],
  ['$.a[0,1]', 'may name several places'],
  ['$$.a', 'names the Context Object or a variable'],
  ['$name', 'names the Context Object or a variable'],
  ['a', "begins with '$'"],
])('%s is refused', (path, message) => {
  expect(() => compileReferencePath(path)).toThrow(ExpressionSyntaxError);
  expect(() => compileReferencePath(path)).toThrow(message);
});
