import { parseTemplate } from '../../lib/cloud/template';
import { SimulatorError } from '../../lib/simulator/simulator-error';

test('names all mistakes of the outline at once', () => {
  const broken = {
    Resources: { A: 'text', B: { Type: 7 }, C: { Type: 'X', Properties: [] }, D: { Type: 'X', Condition: {} } },
    Parameters: { P: null },
    Outputs: [],
  };
  expect(() => parseTemplate(broken, 'a.json')).toThrow(
    [
      'a.json is not a CloudFormation template:',
      '  /Resources/A: expected an object, found "text"',
      '  /Resources/B/Type: expected a resource type such as "AWS::SQS::Queue", found 7',
      '  /Resources/C/Properties: expected an object, found an array',
      '  /Resources/D/Condition: expected the name of a condition, found an object',
      '  /Parameters/P: expected an object, found null',
      '  /Outputs: expected an object, found an array',
    ].join('\n'),
  );
});

const circle: Record<string, unknown> = {};
circle.self = circle;

test.each<[string, unknown, RegExp]>([
  ['null', null, /expected an object with Resources, found null/],
  ['a text', '{"Resources":{}}', /Pass the parsed JSON/],
  ['a list', [], /found an array/],
  ['nothing', undefined, /is not JSON: found undefined/],
  ['a function', () => 0, /is not JSON: found function/],
  ['Resources that are no object', { Resources: [] }, /\/Resources: expected an object, found an array/],
  ['a BigInt', { Resources: { A: { Type: 'X', Properties: { n: 1n } } } }, /is not JSON: .*BigInt/],
  ['a cycle', { Resources: circle }, /is not JSON: .*circular/],
])('refuses %s', (_, template, message) => {
  const parse = () => parseTemplate(template, 'The template');
  expect(parse).toThrow(SimulatorError);
  expect(parse).toThrow(message);
});

test('takes the template of an empty stack, which the CDK writes without Resources', () => {
  expect(parseTemplate({ Parameters: {} }, 'It').Resources).toEqual({});
});

test.each([600, 10_000, 100_000])('refuses %d levels', (levels) => {
  let deep: unknown = 'x';
  for (let level = 0; level < levels; level += 1) deep = [deep];
  expect(() => parseTemplate({ Resources: { A: { Type: 'X', Properties: { deep } } } }, 'It')).toThrow(/more than 500 levels/);
});

test('keeps resources with names that objects inherit', () => {
  const parsed = parseTemplate(JSON.parse('{"Resources":{"__proto__":{"Type":"X"},"toString":{"Type":"Y"}}}'), 'It');
  expect(Object.keys(parsed.Resources)).toEqual(['__proto__', 'toString']);
});
