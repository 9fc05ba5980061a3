import { DefinitionError } from '../../lib/asl/problem';
import { isYamlDefinition, readYamlDefinition } from '../../lib/asl/read-yaml-definition';

test.each([
  ['{"StartAt": "A"}', false],
  [' \n\t{', false],
  ['', false],
  [' \n', false],
  ['StartAt: A', true],
  ['# a comment\nStartAt: A', true],
  ['---\nStartAt: A', true],
  ['"StartAt": A', true],
])('%j is YAML: %s', (text, expected) => expect(isYamlDefinition(text)).toBe(expected));

test('a definition', () => {
  expect(JSON.parse(readYamlDefinition('StartAt: A\nStates: { A: { Type: Succeed } }'))).toEqual({
    StartAt: 'A',
    States: { A: { Type: 'Succeed' } },
  });
});

test('every fault is a problem, with line and column in its message', () => {
  try {
    readYamlDefinition('StartAt: A\nStartAt: B\nStates: .nan');
    throw new Error('it was taken');
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    const { problems, message } = error as DefinitionError;
    expect(problems.map(({ code, message: text }) => `${code} ${text}`)).toEqual([
      'INVALID_YAML_DESCRIPTION 2:1: found the key "StartAt" a second time',
      'INVALID_YAML_DESCRIPTION 3:9: found .nan, which JSON has no number for',
    ]);
    expect(message).toMatch(/^The state machine definition has 2 problems:\n/);
  }
});
