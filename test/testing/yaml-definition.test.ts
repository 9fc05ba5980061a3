import { DefinitionError, definitionOf, simulate } from '../../lib/simulator';

const yaml = `
Comment: in YAML
StartAt: Wait
States:
  Wait: { Type: Wait, Seconds: 5, Next: Done }
  Done:
    Type: Pass
    Result: &result { at: '12:00' }
    End: true
`;

test('simulate takes a definition in YAML', async () => {
  const run = await simulate(yaml);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { at: '12:00' }, durationMs: 5000 });
  expect(definitionOf(yaml)).toEqual(run.definition);
});

test('problems of a definition in YAML are those of its value', async () => {
  await expect(simulate('StartAt: Nope\nStates: { A: { Type: Succeed } }')).rejects.toThrow(/MISSING_TRANSITION_TARGET[^]*Nope/);
});

test('what is neither JSON nor YAML is refused as a definition', async () => {
  await expect(simulate('StartAt: [')).rejects.toThrow(DefinitionError);
  await expect(simulate('a definition')).rejects.toThrow('INVALID_JSON_DESCRIPTION');
  await expect(simulate('{"StartAt":')).rejects.toThrow(/INVALID_JSON_DESCRIPTION/);
});
