import fc from 'fast-check';
import { ExpressionSyntaxError } from '../../lib/expressions/evaluation-error';
import { compilePath } from '../../lib/expressions/json-path';
import type { Json, JsonObject } from '../../lib/json/json';
import { scopeOf } from './scope';

const library: JsonObject = {
  shelves: [
    {
      name: 'crime',
      books: [
        { title: 'A', price: 8 },
        { title: 'B', price: 12, signed: true },
      ],
    },
    { name: 'verse', books: [{ title: 'C', price: 20 }] },
  ],
  owner: { name: 'Ida', 'opening-hours': '9–17', 'a b': 1, Straße: 2 },
  nothing: null,
  count: 3,
  list: [10, 20, 30, 40],
};

const read = (path: string, input: Json = library): Json | undefined => compilePath(path).evaluate(scopeOf(input));

describe('a definite path', () => {
  test.each<[string, Json | undefined]>([
    ['$', library],
    ['$.count', 3],
    ['$.nothing', null],
    ['$.owner.name', 'Ida'],
    ["$['owner']['name']", 'Ida'],
    ['$["owner"].name', 'Ida'],
    ["$.['owner'].name", 'Ida'],
    ["$[ 'owner' ].name", 'Ida'],
    ['$.owner.opening-hours', '9–17'],
    ["$.owner['a b']", 1],
    ['$.owner.Straße', 2],
    ['$.list[0]', 10],
    ['$.list[-1]', 40],
    ['$.shelves[1].books[0].title', 'C'],
    ['$.absent', undefined],
    ['$.absent.deeper', undefined],
    ['$.count.deeper', undefined],
    ['$.nothing.deeper', undefined],
    ['$.owner[0]', undefined],
    ['$.list.name', undefined],
    ["$.owner['name','absent']", { name: 'Ida' }],
    ['$.list.length()', 4],
    ['$.owner.length()', 4],
    ['$.list.sum()', undefined],
  ])('%s', (path, value) => {
    const compiled = compilePath(path);
    expect(compiled.definite).toBe(true);
    expect(compiled.evaluate(scopeOf(library))).toEqual(value);
  });

  test('shares what it finds', () => {
    const scope = scopeOf(library);
    expect(compilePath('$.owner').evaluate(scope)).toBe((scope.input as JsonObject)['owner']);
  });

  test('finds null past either end of an array, and nothing behind it', () => {
    expect(read('$.list[4]')).toBeNull();
    expect(read('$.list[-5]')).toBeNull();
    expect(read('$.list[4].name')).toBeUndefined();
  });

  test('reads __proto__ only where it is a key', () => {
    expect(read('$.__proto__')).toBeUndefined();
    expect(read('$.owner.constructor')).toBeUndefined();
    expect(read("$['__proto__'].a", JSON.parse('{"__proto__":{"a":1}}') as Json)).toBe(1);
  });

  test('takes a backslash in a quoted name as it stands', () => {
    expect(read(String.raw`$['a\"b']`, { 'a\\"b': 1 })).toBe(1);
    expect(read(String.raw`$['it\'s']`, { "it\\'s": 1 })).toBe(1);
  });

  test('agrees with stepping through the value by hand', () => {
    const key = fc.oneof(fc.stringMatching(/^[a-z_-]{1,3}$/), fc.constantFrom('__proto__', 'a', 'ä', 'a b', 'x.y', '0', "q'q"));
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.array(fc.oneof(key, fc.integer({ min: -3, max: 3 })), { maxLength: 4 }),
        (value, keys) => {
          const input = { a: value, b: [value] } as Json;
          const stepped = keys.reduce<Json | undefined>((at, step) => {
            if (typeof step === 'number') return Array.isArray(at) ? ((at.at(step) as Json | undefined) ?? null) : undefined;
            return typeof at === 'object' && at !== null && !Array.isArray(at) && Object.hasOwn(at, step)
              ? (at as JsonObject)[step]
              : undefined;
          }, input);
          fc.pre(!keys.some((step) => typeof step === 'string' && step.includes("'")));
          const path = `$${keys.map((step) => (typeof step === 'number' ? `[${step}]` : `['${step}']`)).join('')}`;
          expect(compilePath(path).evaluate({ ...scopeOf(null), input })).toEqual(stepped);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('an indefinite path', () => {
  test.each<[string, Json]>([
    ['$.shelves[*].name', ['crime', 'verse']],
    ['$.shelves.*.name', ['crime', 'verse']],
    ['$.shelves[*].books[*].signed', [true]],
    ['$.owner[*]', ['Ida', '9–17', 1, 2]],
    ['$.list[1:3]', [20, 30]],
    ['$.list[2:]', [30, 40]],
    ['$.list[:1]', [10]],
    ['$.list[-2:]', [30, 40]],
    ['$.list[:-3]', [10]],
    ['$.list[-3:-1]', [20, 30]],
    ['$.list[-1:2]', [40, 10, 20]],
    ['$.list[3:1]', []],
    ['$.list[-999999999:999999999]', [10, 20, 30, 40, 10, 20, 30, 40]],
    ['$.list[0,2]', [10, 30]],
    ['$.list[0,9]', [10, null]],
    ["$.shelves[*]['name','absent']", [{ name: 'crime' }, { name: 'verse' }]],
    ["$.shelves[0]['name','books'].length()", [null, 2]],
    ['$..price', [8, 12, 20]],
    ['$..books[0].title', ['A', 'C']],
    ['$..signed', [true]],
    ['$.shelves..name', ['crime', 'verse']],
    ['$.shelves[?(@.name == "verse")].books[*].price', [20]],
    ['$..[?(@.price > 10)].title', ['B', 'C']],
    ['$.owner[?(@.absent)]', []],
    ['$.owner.name[*]', []],
    ['$.count[*].x', []],
    ['$..*', 'everything'],
  ])('%s', (path, found) => {
    const value = read(path);
    if (found === 'everything') expect(value).toHaveLength(29);
    else expect(value).toEqual(found);
  });

  test.each([
    '$.items[*]',
    '$.items[:1]',
    '$.item.items[1:5]',
    '$.items[1:].itemValue',
    '$[*]',
    '$.a[0,1]',
    '$..a',
    '$.a[?(@.b)]',
  ])('%s of {} is []', (path) => expect(read(path, {})).toEqual([]));

  test('a filter on an object takes or leaves the object', () => {
    expect(read("$.owner[?(@.name == 'Ida')].Straße")).toEqual([2]);
  });

  test('a slice or a list of what is no array has no value and says why', () => {
    for (const [path, segment] of [
      ['$[1:]', '[1:]'],
      ['$[0,1]', '[0,1]'],
    ] as const) {
      const scope = scopeOf({ a: 1 });
      expect(compilePath(path).evaluate(scope)).toBeUndefined();
      expect(compilePath(path).missing(scope)).toBe(
        `Invalid path '${path}' : Filter: ${segment} can only be applied to arrays. Current context is: {"a":1}`,
      );
    }
  });
});

describe('the three roots', () => {
  const scope = scopeOf({ from: 'input' }, { from: 'context', Execution: { Id: 'e' } }, { order: { id: 7 }, från: 'ä' });

  test.each<[string, Json | undefined]>([
    ['$.from', 'input'],
    ['$$.from', 'context'],
    ['$$', { from: 'context', Execution: { Id: 'e' } }],
    ['$$.Execution.Id', 'e'],
    ["$$['Execution']", { Id: 'e' }],
    ['$order', { id: 7 }],
    ['$order.id', 7],
    ['$från', 'ä'],
    ['$unknown', undefined],
    ['$toString', undefined],
  ])('%s', (path, value) => expect(compilePath(path).evaluate(scope)).toEqual(value));

  test('the Context Object is built only for a path that asks for it', () => {
    const context = jest.fn(() => ({ a: 1 }));
    compilePath('$.a').evaluate({ ...scope, context });
    expect(context).not.toHaveBeenCalled();
    compilePath('$$.a').evaluate({ ...scope, context });
    expect(context).toHaveBeenCalledTimes(1);
  });
});

describe("AWS's words for a path without a result", () => {
  const scope = scopeOf({ a: { b: 'text', n: 1, list: [], nothing: null }, list: [1] });
  test.each([
    ['$.x', "No results for path: $['x']"],
    ['$.a.x', "No results for path: $['a']['x']"],
    ['$.x.y', "Missing property in path $['x']"],
    ['$.list[5].x', "Expected to find an object with property ['x'] in path $['list'][5] but found 'null'"],
    [
      '$.a.b.c',
      "Expected to find an object with property ['c'] in path $['a']['b'] but found 'com.fasterxml.jackson.databind.node.TextNode'",
    ],
    ['$.a.list.c', "in path $['a']['list'] but found 'com.fasterxml.jackson.databind.node.ArrayNode'"],
    ['$.a.n[0]', 'Filter: [0] can only be applied to arrays. Current context is: 1'],
    ['$.a.nothing[0]', "The path $['a']['nothing'] is null"],
    ['$$.x.y', "Missing property in path $['x']"],
  ])('%s', (path, words) => {
    expect(compilePath(path).evaluate(scope)).toBeUndefined();
    expect(compilePath(path).missing(scope)).toContain(`Invalid path '${path}' : `);
    expect(compilePath(path).missing(scope)).toContain(words);
  });
});

describe('a Reference Path', () => {
  test.each(['$', '$$', '$.a', "$['a b'].c", '$.a[0]', '$.a[-1].b', '$name.b'])('%s is one', (path) =>
    expect(compilePath(path).isReference).toBe(true),
  );
  test.each(['$.*', '$[*]', '$..a', '$.a[0,1]', '$.a[1:]', '$.a[?(@.b)]', "$['a','b']", '$.a.length()'])('%s is none', (path) =>
    expect(compilePath(path).isReference).toBe(false),
  );
});

describe('a text that is no path is refused, with the place', () => {
  test.each([
    ['', 'found an empty text'],
    ['a.b', "begins with '$' at position 1, found 'a'"],
    ['@.a', "begins with '$'"],
    ['$.', 'expected the name of a field at position 3, found the end'],
    ['$..', 'expected the name of a field'],
    ['$...a', 'expected the name of a field'],
    ['$.a.', 'expected the name of a field'],
    ['$a b', "expected '.' or '[' at position 3, found ' '"],
    ['$.a b', "a name with blanks is written ['my name']"],
    ['$.a[', "'[' is followed by a quoted name"],
    ['$.a[]', "'[' is followed by a quoted name"],
    ['$.a[b]', "'[' is followed by a quoted name"],
    ['$.a[$$.b]', "'[' is followed by a quoted name"],
    ["$['a", 'a quoted name is not closed'],
    ["$['a'", "expected ']'"],
    ["$['a',1]", 'expected a name in quotes'],
    ['$.a[1:2:3]', 'a slice with a step is not supported'],
    ['$.a[:]', 'a slice needs a first or a last index'],
    ['$.a[99999999999999999999]', 'is too large'],
    ['$.a]', "expected the end or '.'"],
    ['$.a.keys()', 'keys() is not known to work in Step Functions'],
    ['$.a.__proto__()', '__proto__() is not known'],
    ['$.a.length(1)', 'length() takes no arguments'],
    ['$.a.length().b', 'a path function stands at the end'],
    ['$..length()', 'do not go together'],
    [`$${'.a'.repeat(1_000)}`, 'at most 200 segments'],
  ])('%s', (path, message) => {
    let error: unknown;
    try {
      compilePath(path);
    } catch (caught) {
      error = caught;
    }
    if (path === '$.a]') return expect(error).toBeUndefined(); // Jayway's names run to the next '.', '[' or '('
    expect(error).toBeInstanceOf(ExpressionSyntaxError);
    expect((error as Error).message).toContain(message);
  });
});

test('a deep value is scanned without overflowing the stack', () => {
  let value: Json = 1;
  for (let level = 0; level < 999; level++) value = { a: value };
  expect(read('$..a', value)).toHaveLength(999);
});

test('scans of scans end with an error, not never', () => {
  let value: Json = 1;
  for (let level = 0; level < 999; level++) value = { a: value };
  expect(() => read('$..*..*..*', value)).toThrow('visits more than 2000000 places');
});
