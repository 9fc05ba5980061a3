import { App, Duration, Stack } from 'aws-cdk-lib';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { tryExecutionTimeout } from '../../lib/constructs/execution-timeout';

const stack = new Stack(new App(), 'Test');
const machine = (id: string, text: string) => new StateMachine(stack, id, { definitionBody: DefinitionBody.fromString(text) });

test('reads the timeout beside references to other resources', () => {
  const pass = new Pass(stack, 'Pass', { parameters: { region: stack.region, TimeoutSeconds: 5 } });
  const stateMachine = new StateMachine(stack, 'Chained', {
    definitionBody: DefinitionBody.fromChainable(pass),
    timeout: Duration.hours(1),
  });
  expect(tryExecutionTimeout(stateMachine)?.toSeconds()).toBe(3600);
});

test('reads the timeout of a text, 0 too', () => {
  expect(tryExecutionTimeout(machine('Text', '{"TimeoutSeconds": 0}'))?.toSeconds()).toBe(0);
});

test.each([
  ['has no timeout', '{}'],
  ['has one that is no number', '{"TimeoutSeconds": "9"}'],
  ['is not JSON', '{'],
])('is undefined where the definition %s', (what, text) => {
  expect(tryExecutionTimeout(machine(what, text))).toBeUndefined();
});

test('is undefined for an imported state machine', () => {
  expect(tryExecutionTimeout(StateMachine.fromStateMachineName(stack, 'Imported', 'other'))).toBeUndefined();
});
