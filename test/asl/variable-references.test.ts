import { variableReferences } from '../../lib/asl/variable-references';

const end = { End: true } as const;

test.each<[string, object, object]>([
  ['a path', { InputPath: '$a.b' }, { Read: ['a'] }],
  [
    'an intrinsic function, each once and sorted',
    { Parameters: { 'x.$': "States.Format('{}{}{}', $b, $a, $b)" } },
    { Read: ['a', 'b'] },
  ],
  ['a path that is not marked as one', { Parameters: { x: '$a' } }, {}],
  ['input and Context Object', { Parameters: { 'x.$': '$.a', 'y.$': '$$.Execution.Id' } }, {}],
  ['JSONata', { QueryLanguage: 'JSONata', Output: '{% $a & $states.input.b %}' }, { Read: ['a'] }],
])('%s', (_, fields, references) => {
  expect(variableReferences(JSON.stringify({ StartAt: 'Read', States: { Read: { Type: 'Pass', ...fields, ...end } } }))).toEqual(
    references,
  );
});

test('states at every depth stand beside one another', () => {
  const read = (variable: string): object => ({ Type: 'Pass', InputPath: `$${variable}`, ...end });
  const definition = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$items',
        ItemProcessor: { StartAt: 'Inner', States: { Inner: read('inner'), ['__proto__']: read('odd') } },
        ...end,
      },
    },
  };
  expect(Object.entries(variableReferences(JSON.stringify(definition)))).toEqual([
    ['Each', ['items']],
    ['Inner', ['inner']],
    ['__proto__', ['odd']],
  ]);
});
