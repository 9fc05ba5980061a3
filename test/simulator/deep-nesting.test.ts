import type { Json } from '../../lib/json/json';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { runDefinition } from './run-definition';

const byTemplate = (times: number): object => ({
  StartAt: 'Nest',
  States: {
    Nest: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)', 'in.$': '$' }, Next: 'Again?' },
    'Again?': { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: times, Next: 'Nest' }], Default: 'Done' },
    Done: { Type: 'Pass', Parameters: { 'n.$': '$.n' }, End: true },
  },
});

const inJsonata = (times: number): object => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Nest',
  States: {
    Nest: { Type: 'Pass', Output: { n: '{% $states.input.n + 1 %}', in: '{% $states.input %}' }, Next: 'Again?' },
    'Again?': { Type: 'Choice', Choices: [{ Condition: `{% $states.input.n < ${times} %}`, Next: 'Nest' }], Default: 'Done' },
    Done: { Type: 'Pass', Output: { n: '{% $states.input.n %}' }, End: true },
  },
});

const input: Json = { n: 0 };
const MESSAGE =
  'The output of "Nest" nests deeper than 1000 levels, at which Step Functions stops reading JSON. Where a loop puts its data into its data, keep a list instead.';

test.each([
  ['a template', byTemplate],
  ['JSONata', inJsonata],
])('%s that nests its input a thousand times runs, and its history can be read', async (_, definition) => {
  const run = await runDefinition(definition(998), { input });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { n: 998 } });
  expect(run.events.length).toBeGreaterThan(3990);
});

test.each([
  ['a template', byTemplate],
  ['JSONata', inJsonata],
])('%s that goes on is stopped by name, before anything overflows', async (_, definition) => {
  const refused = runDefinition(definition(20_000), { input });
  await expect(refused).rejects.toThrow(SimulatorError);
  await expect(refused).rejects.toThrow(MESSAGE);
});

/** A loop through so many Choices, which change nothing: they stand before the state that nests, or after it. */
const beside = (choices: number, before: boolean): object => {
  const names = Array.from({ length: choices }, (_, n) => `Choice${n}`);
  const way = before ? [...names, 'Nest'] : ['Nest', ...names];
  const next = (name: string): string => way[(way.indexOf(name) + 1) % way.length] as string;
  const choice = (name: string) => ({
    Type: 'Choice',
    Choices: [{ Variable: '$.over', IsPresent: true, Next: 'Done' }],
    Default: next(name),
  });
  return {
    StartAt: way[0],
    States: {
      ...Object.fromEntries(names.map((name) => [name, choice(name)])),
      Nest: { Type: 'Pass', Parameters: { 'in.$': '$' }, Next: next('Nest') },
      Done: { Type: 'Succeed' },
    },
  };
};

test.each([1, 2, 3, 4].flatMap((choices) => [true, false].map((before) => [choices, before] as const)))(
  'so is a loop with %i states that change nothing (before it: %p)',
  async (choices, before) => {
    await expect(runDefinition(beside(choices, before), { input })).rejects.toThrow(MESSAGE);
  },
);

test('so is a variable that holds itself', async () => {
  const definition = {
    StartAt: 'First',
    States: {
      First: { Type: 'Pass', Assign: { kept: [] }, Next: 'Nest' },
      Nest: { Type: 'Pass', Assign: { kept: { 'in.$': '$kept' } }, Next: 'Again?' },
      'Again?': { Type: 'Choice', Choices: [{ Variable: '$.over', IsPresent: true, Next: 'Done' }], Default: 'Nest' },
      Done: { Type: 'Succeed' },
    },
  };
  await expect(runDefinition(definition)).rejects.toThrow('What "Nest" assigns nests deeper than 1000 levels');
});
