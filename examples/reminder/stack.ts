import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** A workflow of plain aws-cdk-lib: reminds a customer of a cart after three days. */
export class ReminderStack extends Stack {
  readonly remind: Function;
  readonly reminders: StateMachine;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.remind = new Function(this, 'Remind', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ cart }) => ({ reminded: cart });'),
    });
    this.reminders = new StateMachine(this, 'Reminders', {
      definitionBody: DefinitionBody.fromChainable(
        new Wait(this, 'ThreeDays', { time: WaitTime.duration(Duration.days(3)) }).next(
          new LambdaInvoke(this, 'SendReminder', { lambdaFunction: this.remind, payloadResponseOnly: true }),
        ),
      ),
    });
  }
}
