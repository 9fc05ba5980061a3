import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, JitterType, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** Seats are reserved by a function that does not have room for everybody at once. Two workflows, which differ in how they try again. */
export class RetryStormStack extends Stack {
  readonly reserve: Function;
  /** Tries again after 5, 10, 20, … seconds. */
  readonly inStep: StateMachine;
  /** Tries again somewhere within 5, 10, 20, … seconds. */
  readonly withJitter: StateMachine;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.reserve = new Function(this, 'Reserve', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ seats }) => ({ reserved: seats });'),
    });
    this.inStep = this.reservations('InStep', JitterType.NONE);
    this.withJitter = this.reservations('WithJitter', JitterType.FULL);
  }

  private reservations(id: string, jitterStrategy: JitterType): StateMachine {
    const reserve = new LambdaInvoke(this, `${id}Reserve`, {
      lambdaFunction: this.reserve,
      payloadResponseOnly: true,
      retryOnServiceExceptions: false,
    }).addRetry({
      errors: ['Lambda.TooManyRequestsException'],
      interval: Duration.seconds(5),
      backoffRate: 2,
      maxAttempts: 5,
      jitterStrategy,
    });
    return new StateMachine(this, id, { definitionBody: DefinitionBody.fromChainable(reserve) });
  }
}
