import { linesOf, runDefinition, typesOf } from '../run-definition';

const choice = (fields: object) => ({
  StartAt: 'C',
  States: { C: { Type: 'Choice', ...fields }, Big: { Type: 'Pass', End: true }, Small: { Type: 'Pass', End: true } },
});

const BIG = { Variable: '$.n', NumericGreaterThan: 10, Next: 'Big' };

test('goes where the first rule that holds leads', async () => {
  const run = await runDefinition(choice({ Choices: [BIG, { Variable: '$.n', NumericGreaterThan: 5, Next: 'Small' }] }), {
    input: { n: 11 },
  });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 ChoiceStateEntered C',
    '3←2 ChoiceStateExited C',
    '4←3 PassStateEntered Big',
    '5←4 PassStateExited Big',
    '6←5 ExecutionSucceeded',
  ]);
});

test('goes to Default when no rule holds', async () => {
  const run = await runDefinition(choice({ Choices: [BIG], Default: 'Small' }), { input: { n: 1 } });
  expect(linesOf(run)[3]).toBe('4←3 PassStateEntered Small');
});

test('a string number is no number: the rule does not hold, and nothing fails', async () => {
  const run = await runDefinition(choice({ Choices: [BIG], Default: 'Small' }), { input: { n: '11' } });
  expect(linesOf(run)[3]).toBe('4←3 PassStateEntered Small');
});

test('without Default and a rule that holds fails with States.Runtime, as recorded', async () => {
  const run = await runDefinition(choice({ Choices: [BIG, { Variable: '$.n', NumericEquals: 9, Next: 'Small' }] }), {
    input: { n: 1 },
  });
  expect(run).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause:
      "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
  });
  expect(linesOf(run)).toEqual(['1←0 ExecutionStarted', '2←0 ChoiceStateEntered C', '3←2 ExecutionFailed States.Runtime']);
});

test('a Variable that is not there fails, unless IsPresent asks', async () => {
  const asks = {
    And: [
      { Variable: '$.n', IsPresent: true },
      { Variable: '$.n', NumericEquals: 1 },
    ],
    Next: 'Big',
  };
  expect(typesOf(await runDefinition(choice({ Choices: [asks, { ...asks, Next: 'Small' }], Default: 'Small' })))).toContain(
    'ExecutionSucceeded',
  );
  const run = await runDefinition(choice({ Choices: [BIG], Default: 'Small' }));
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

test('InputPath is what rules see, OutputPath is what is handed on', async () => {
  const run = await runDefinition(
    choice({ InputPath: '$.inner', OutputPath: '$.keep', Choices: [{ ...BIG, Variable: '$.n' }], Default: 'Small' }),
    {
      input: { n: 1, inner: { n: 11, keep: 'this' } },
    },
  );
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'this' });
  expect(linesOf(run)[3]).toBe('4←3 PassStateEntered Big');
});

test("a rule's Assign takes the place of the state's, which is not even evaluated", async () => {
  const rule = { ...BIG, Assign: { 'way.$': '$.n' } };
  const state = { Choices: [rule], Default: 'Small', Assign: { 'way.$': '$.missing' } };
  const definition = choice(state);
  const show = { Type: 'Pass', Parameters: { 'way.$': '$way' }, End: true };
  const run = await runDefinition({ ...definition, States: { ...definition.States, Big: show } }, { input: { n: 11 } });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { way: 11 } });
  expect(await runDefinition(definition, { input: { n: 1 } })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

test('element 0 of an empty array is not present', async () => {
  const definition = choice({ Choices: [{ Variable: '$.list[0]', IsPresent: true, Next: 'Big' }], Default: 'Small' });
  expect(typesOf(await runDefinition(definition, { input: { list: [null] } }))).toHaveLength(6);
  const visited = async (list: number[]) => linesOf(await runDefinition(definition, { input: { list } }))[3];
  expect(await visited([1])).toBe('4←3 PassStateEntered Big');
  expect(await visited([])).toBe('4←3 PassStateEntered Small');
});
