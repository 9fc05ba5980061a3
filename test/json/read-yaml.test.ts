import { readYaml } from '../../lib/json/read-yaml';

const read = (text: string) => readYaml(text, 'the definition').json;

test('what JSON can say', () => {
  const text = `
# a comment
StartAt: A
States:
  A:
    Type: Pass
    Result: { n: 1.5, flag: false, nothing: ~, empty: '', zero: -0, list: [1, 0x10, "two"], also: null }
    Comment: >-
      folded
      text
    End: true
  __proto__:
    404: kept
`;
  const json = read(text) as Record<string, Record<string, unknown>>;
  expect(json['StartAt']).toBe('A');
  expect(json['States']?.['A']).toEqual({
    Type: 'Pass',
    Result: { n: 1.5, flag: false, nothing: null, empty: '', zero: 0, list: [1, 16, 'two'], also: null },
    Comment: 'folded text',
    End: true,
  });
  expect(Object.keys(json['States'] ?? {})).toEqual(['A', '__proto__']);
  expect(Object.entries(json['States'] ?? {})[1]?.[1]).toEqual({ '404': 'kept' });
  expect(Object.isFrozen(json['States']?.['A'])).toBe(true);
});

test.each(['yes', 'no', 'on', 'off', '2025-01-01', '12:30:00', '1_000', '0o8'])('%s is a text, as in YAML 1.2', (text) => {
  expect(read(`value: ${text}`)).toEqual({ value: text });
});

test.each(['404', 'true', 'null', '1.0', '~'])('the key %s is a text as it is written', (key) => {
  expect(read(`${key}: 1`)).toEqual({ [key]: 1 });
});

test('anchors and aliases', () => {
  expect(read('a: &x { n: 1 }\nb: *x\nc: [*x, *x]\nd: &x 2\ne: *x')).toEqual({
    a: { n: 1 },
    b: { n: 1 },
    c: [{ n: 1 }, { n: 1 }],
    d: 2,
    e: 2,
  });
});

test('JSON is YAML', () => {
  const text = '{"a":\t[1,\n\t\t{"b": "\\u0041\\n"}], "c": {}}';
  expect(read(text)).toEqual({ a: [1, { b: 'A\n' }], c: {} });
});

test.each([
  ['a broken text', 'a: [1', /1:6: Flow sequence .* must .* end with a \]/],
  ['tabs as indentation', 'a:\n\tb: 1', /2:1: Tabs are not allowed/],
  ['a key that is there twice', 'a: 1\nb: 2\na: 3', /3:1: found the key "a" a second time/],
  ['a tag of CloudFormation', 'Resource: !GetAtt Fn.Arn', /1:11: found a tag \(.*!GetAtt\).*cloud assembly/],
  ['a tag for binary data', 'a: !!binary aGk=', /1:4: found a tag/],
  ['a second document', 'a: 1\n---\nb: 2', /found a second document/],
  [
    'an integer that would be rounded',
    'a:\n  b: 9007199254740993',
    /2:6: found the integer 9007199254740993.*9007199254740992.*quotes/,
  ],
  ['a number too large', 'a: 1e400', /1:4: found 1e400, which JSON has no number for/],
  ['.nan', 'a: .nan', /1:4: found \.nan/],
  ['.inf', 'a: -.inf', /1:4: found -\.inf/],
  ['a key that is no text', '? [a, b]\n: 1', /1:3: .*key/i],
  ['an alias without an anchor', 'a: *b', /1:4: found the alias \*b, and no anchor &b before it/],
  ['an alias before its anchor', 'a: *b\nb: &b 1', /1:4: found the alias \*b/],
  ['an alias inside its own anchor', 'a: &a\n  b: [*a]', /2:7: found the alias \*a inside its own anchor/],
  ['a lone surrogate', 'a: "\\ud800"', /1:4: found a text with a lone surrogate/],
  ['a lone surrogate in a key', '"\\ud800": 1', /1:1: found a text with a lone surrogate/],
])('%s is refused with its place', (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('all faults at once, in the order of the text', () => {
  expect(() => read('a: .nan\nc: 1\nc: 2\nd: *z')).toThrow(/1:4: [^]*3:1: [^]*4:4: /);
});

describe('hostile texts end soon', () => {
  const bomb = [...'abcdefghij'].map((name, index, all) => {
    const value = index === 0 ? '"lol"' : `*${all[index - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => value).join(', ')}]`;
  });
  test.each([
    ['a billion laughs', bomb.join('\n'), /aliases stand for more than 10000 values/],
    ['100,000 levels of lists', '['.repeat(100_000), /found more levels than YAML is read with/],
    ['100,000 levels of mappings', '{a: '.repeat(100_000), /found more levels/],
    ['5,000 levels of dashes', '- '.repeat(5_000), /found more levels/],
    ['5,000 levels of keys', '? '.repeat(5_000), /found more levels/],
    ['three million characters', `a: ${'x'.repeat(3_000_000)}`, /1:1: found 3000003 characters/],
  ])('%s', (_, text, message) => {
    const startMs = Date.now();
    expect(() => read(text)).toThrow(message);
    expect(Date.now() - startMs).toBeLessThan(5_000);
  });
  test('20,000 keys in one mapping are not compared with each other', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n');
    const startMs = Date.now();
    expect(Object.keys(read(text) as object)).toHaveLength(20_000);
    expect(Date.now() - startMs).toBeLessThan(10_000);
  });
});

test('no text at all is null', () => {
  expect(read('')).toBeNull();
  expect(read('# only a comment\n')).toBeNull();
});

describe('locate', () => {
  const text = `StartAt: A # first
States:
  "A":
    Type: Choice
    Choices:
      - Variable: $.x
        Next: B
      - &rule { Variable: $.y, Next: C }
  a/b~c: { Type: Pass,
    End: true }
  shared: *rule
`;
  const { locate } = readYaml(text, 'it');
  test.each([
    ['', 1, 1],
    ['/StartAt', 1, 1],
    ['/States', 2, 1],
    ['/States/A', 3, 3],
    ['/States/A/Choices/0', 6, 9],
    ['/States/A/Choices/0/Next', 7, 9],
    ['/States/A/Choices/1/Next', 8, 32],
    ['/States/a~1b~0c/End', 10, 5],
    ['/States/shared/Next', 8, 32],
    ['/States/A/Missing', 3, 3],
    ['/States/A/Choices/7/Next', 5, 5],
    ['/States/A/Choices/length', 5, 5],
    ['/Nope/Nope', 1, 1],
  ])('%s', (pointer, line, column) => expect(locate(pointer)).toEqual({ line, column }));
});
