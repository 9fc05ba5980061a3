import { App, Stack } from 'aws-cdk-lib';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { StateMachineVersion } from '../../lib';
import { resourceOf } from './definition-of';

function setUp() {
  const stack = new Stack(new App(), 'Test');
  return {
    stack,
    stateMachine: new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) }),
  };
}

test('publishes each revision and keeps what it published', () => {
  const { stack, stateMachine } = setUp();
  new StateMachineVersion(stack, 'Version', { stateMachine, description: 'first' });
  const machine = expect.stringMatching(/^Machine/);
  expect(resourceOf(stack, 'AWS::StepFunctions::StateMachineVersion')).toEqual({
    Type: 'AWS::StepFunctions::StateMachineVersion',
    Properties: {
      StateMachineArn: { Ref: machine },
      StateMachineRevisionId: { 'Fn::GetAtt': [machine, 'StateMachineRevisionId'] },
      Description: 'first',
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('refuses a description that the API does not take', () => {
  const { stack, stateMachine } = setUp();
  expect(() => new StateMachineVersion(stack, 'Version', { stateMachine, description: 'x'.repeat(257) })).toThrow(
    'Test/Version: the description of a version has at most 256 characters, this one has 257.',
  );
});
