import type { Json } from '../../../lib/json/json';
import { compileEventPattern } from '../../../lib/services/events/event-pattern';

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-null-values.html

const matches = (pattern: Json, event: Json): boolean => compileEventPattern(pattern, 'the rule R')(event);

/** Values of one field that a list of conditions takes and leaves; undefined: the event has no such field. */
const CASES: readonly (readonly [
  what: string,
  conditions: Json,
  takes: readonly (Json | undefined)[],
  leaves: readonly (Json | undefined)[],
])[] = [
  ['a text', ['Alice'], ['Alice', ['Bob', 'Alice']], ['alice', 'Al', null, undefined, 1]],
  ['one of several', ['a', 'b'], ['a', 'b', ['b', 'c']], ['c', ['c'], []]],
  ['the empty text', [''], [''], [null, undefined, ' ']],
  ['null', [null], [null], ['', 'null', 0, undefined]],
  // AWS's own matcher compares both the text and the value: https://github.com/aws/event-ruler
  ['a number', [300], [JSON.parse('300.0') as Json, JSON.parse('3.0e2') as Json], ['300', 301]],
  ['true and false', [true], [true], ['true', false, 1]],
  ['prefix', [{ prefix: 'us-' }], ['us-east-1', ['eu-west-1', 'us-west-2']], ['US-east-1', 'eu-us-', 5, null, undefined]],
  ['prefix without regard to case', [{ prefix: { 'equals-ignore-case': 'EventB' } }], ['eventbridge', 'EVENTB'], ['event']],
  ['suffix', [{ suffix: '.png' }], ['a.png', '.png'], ['a.PNG', 'a.png.txt']],
  ['suffix without regard to case', [{ suffix: { 'equals-ignore-case': 'tBridge' } }], ['EVENTBRIDGE'], ['bridges']],
  ['equals-ignore-case', [{ 'equals-ignore-case': 'alice' }], ['ALICE', 'Alice'], ['alic', null]],
  [
    'anything-but a text',
    [{ 'anything-but': 'initializing' }],
    ['running', 5, null, ['initializing', 'running']],
    ['initializing', undefined],
  ],
  ['anything-but a number', [{ 'anything-but': 123 }], [124, '123'], [123]],
  ['anything-but several', [{ 'anything-but': ['stopped', 'overloaded'] }], ['running'], ['stopped', 'overloaded']],
  ['anything-but several numbers', [{ 'anything-but': [100, 200] }], [150], [100, 200]],
  ['anything-but a prefix', [{ 'anything-but': { prefix: 'init' } }], ['running', 5], ['initializing', undefined]],
  ['anything-but prefixes', [{ 'anything-but': { prefix: ['a', 'b'] } }], ['c'], ['ax', 'bx']],
  ['anything-but suffixes', [{ 'anything-but': { suffix: ['.txt', '.rtf'] } }], ['a.png'], ['a.txt', 'a.rtf']],
  [
    'anything-but without regard to case',
    [{ 'anything-but': { 'equals-ignore-case': ['Initializing', 'stopped'] } }],
    ['running'],
    ['INITIALIZING', 'Stopped'],
  ],
  ['anything-but wildcards', [{ 'anything-but': { wildcard: ['*/lib/*', '*/bin/*'] } }], ['/src/a'], ['/lib/a', 'x/bin/']],
  ['numeric, one bound', [{ numeric: ['<', 10] }], [9.9, -1, -5e9], [10, '9', null, -5e9 - 1]],
  ['numeric, a range', [{ numeric: ['>', 10, '<=', 20] }], [10.5, 20], [10, 20.1]],
  ['numeric, equal', [{ numeric: ['=', 3.018e2] }], [301.8], [301]],
  ['cidr, IPv4', [{ cidr: '10.0.0.0/24' }], ['10.0.0.0', '10.0.0.255'], ['10.0.1.0', '10.0.0', 'x', 10]],
  ['cidr, all of it', [{ cidr: '0.0.0.0/0' }], ['255.1.2.3'], ['::1']],
  ['cidr, IPv6', [{ cidr: '2001:db8::/32' }], ['2001:db8::1', '2001:DB8:ffff::'], ['2001:db9::1', '10.0.0.1']],
  ['wildcard', [{ wildcard: 'dir/*.png' }], ['dir/a.png', 'dir/.png', 'dir/sub/a.png'], ['dir/a.jpg', 'x/dir/a.png']],
  ['wildcard, overlapping ends', [{ wildcard: 'ab*ba' }], ['abba', 'abxba'], ['aba']],
  ['wildcard, several', [{ wildcard: '*a*b*' }], ['ab', 'xaxbx'], ['ba']],
  ['wildcard, escaped', [{ wildcard: 'a\\*\\\\b' }], ['a*\\b'], ['axx\\b']],
  ['exists', [{ exists: true }], ['', null, 0, false, [1]], [undefined, { leaf: 1 }, []]],
  ['does not exist', [{ exists: false }], [undefined, { leaf: 1 }], ['', null, [0]]],
  ['absent or empty', [{ exists: false }, ''], [undefined, ''], ['x']],
];

describe.each(CASES)('%s', (_, conditions, takes, leaves) => {
  const event = (value: Json | undefined): Json => ({ detail: value === undefined ? {} : { field: value } });
  test.each(takes.map((value) => [JSON.stringify(value), value] as const))('takes %s', (__, value) => {
    expect(matches({ detail: { field: conditions } }, event(value))).toBe(true);
  });
  test.each(leaves.map((value) => [JSON.stringify(value), value] as const))('leaves %s', (__, value) => {
    expect(matches({ detail: { field: conditions } }, event(value))).toBe(false);
  });
});

describe('fields', () => {
  const event = { source: 'shop', detail: { state: 'paid', total: 7, address: { city: 'Bonn' } } };
  test('are joined by and; what the pattern does not name is of no matter', () => {
    expect(matches({ source: ['shop'], detail: { state: ['paid'], address: { city: ['Bonn'] } } }, event)).toBe(true);
    expect(matches({ source: ['shop'], detail: { state: ['open'], address: { city: ['Bonn'] } } }, event)).toBe(false);
  });
  test('that do not exist need not have a parent', () => {
    expect(matches({ detail: { card: { number: [{ exists: false }] } } }, event)).toBe(true);
    expect(matches({ detail: { card: { number: [{ exists: true }] } } }, event)).toBe(false);
  });
  test('of a value that is no object are none', () => {
    expect(matches({ detail: { state: { name: ['paid'] } } }, event)).toBe(false);
  });
});

describe('lists of objects', () => {
  const event = { detail: { items: [{ sku: 'a', count: 1 }, { sku: 'b', count: 5 }, [{ sku: 'c', count: 2 }]] } };
  const items = (pattern: Json) => matches({ detail: { items: pattern } }, event);
  test('match by one and the same of them', () => {
    expect(items({ sku: ['b'], count: [5] })).toBe(true);
    expect(items({ sku: ['a'], count: [5] })).toBe(false);
  });
  test('are flat', () => expect(items({ sku: ['c'] })).toBe(true));
  test('have a field if one of them has it', () => {
    expect(items({ sku: [{ exists: false }] })).toBe(false);
    expect(items({ colour: [{ exists: false }] })).toBe(true);
  });
});

describe('$or', () => {
  const pattern: Json = {
    source: ['shop'],
    detail: { $or: [{ total: [{ numeric: ['>', 10] }] }, { state: ['paid'], rush: [true] }] },
  };
  test.each<[boolean, Json]>([
    [true, { total: 11 }],
    [true, { state: 'paid', rush: true }],
    [false, { state: 'paid' }],
    [false, { total: 10 }],
  ])('%s for %j', (expected, detail) => expect(matches(pattern, { source: 'shop', detail })).toBe(expected));
  test('stands at every level, and inside another', () => {
    const outside: Json = { $or: [{ source: ['a'] }, { detail: { $or: [{ x: [1] }, { y: [1] }] } }] };
    expect(matches(outside, { source: 'b', detail: { y: 1 } })).toBe(true);
    expect(matches(outside, { source: 'b', detail: {} })).toBe(false);
  });
  test('whose alternatives have names of operators is a field of that name', () => {
    const named: Json = { $or: [{ prefix: 'x' }, { prefix: 'y' }] };
    expect([matches(named, { $or: 'yes' }), matches(named, { $or: 'no' }), matches(named, {})]).toEqual([true, false, false]);
  });
  test('with one alternative is a field of that name', () => {
    expect(() => matches({ $or: [{ a: [1] }] }, {})).toThrow(/\$or.*"a"/);
  });
});

describe('a pattern that AWS would refuse says what and where', () => {
  test.each<[Json, RegExp]>([
    [[], /the rule R is not valid: it has no object/],
    [{}, /it has an empty object/],
    [{ source: 'shop' }, /not valid at source: it has neither an object nor a list of values/],
    [{ source: [] }, /at source/],
    [{ detail: { a: [{ like: 'x' }] } }, /at detail\.a: it has the unknown operator "like" \(known are: anything-but, cidr/],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, /exactly one operator/],
    [{ a: [['x']] }, /a list inside a list/],
    [{ a: [{ prefix: 5 }] }, /prefix of 5/],
    [{ a: [{ prefix: { wildcard: 'x' } }] }, /prefix of "wildcard"/],
    [{ a: [{ suffix: { 'equals-ignore-case': 5 } }] }, /equals-ignore-case of 5/],
    [{ a: [{ cidr: '10.0.0.0' }] }, /no CIDR block/],
    [{ a: [{ cidr: '10.0.0.0/33' }] }, /no CIDR block/],
    [{ a: [{ wildcard: 'a**b' }] }, /wildcard/],
    [{ a: [{ wildcard: 'a\\b' }] }, /wildcard/],
    [{ a: [{ numeric: ['>'] }] }, /numeric/],
    [{ a: [{ numeric: ['<', 1, '>', 5] }] }, /numeric/],
    [{ a: [{ numeric: ['!', 1] }] }, /numeric/],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, /lower bound is not below its upper one/],
    [{ a: [{ numeric: ['=', 5e9 + 1] }] }, /not between -5000000000 and 5000000000/],
    [{ a: [{ 'anything-but': { suffix: '' } }] }, /anything-but suffix of an empty text/],
    [{ a: [{ 'anything-but': [1, 'a'] }] }, /anything-but/],
    [{ a: [{ 'anything-but': { numeric: ['>', 1] } }] }, /anything-but of "numeric"/],
    [{ a: [{ 'anything-but': { prefix: 5 } }] }, /anything-but prefix of 5/],
    [{ a: [{ exists: 'yes' }] }, /"exists"/],
  ])('%j', (pattern, message) => expect(() => compileEventPattern(pattern, 'the rule R')).toThrow(message));
});
