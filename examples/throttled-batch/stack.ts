import { Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  DefinitionBody,
  DistributedMap,
  ProvideItems,
  QueryLanguage,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** How many calls of the card service may be under way at once; it refuses what is more. */
export const CARD_SERVICE_CAPACITY = 100;

export interface ThrottledBatchStackProps extends StackProps {
  /** How many transactions are charged at once. */
  readonly maxConcurrency: number;
}

/** A batch of transactions, charged by a function that has a hundred places and no more. */
export class ThrottledBatchStack extends Stack {
  readonly charge: Function;
  readonly batches: StateMachine;

  constructor(scope: Construct, id: string, props: ThrottledBatchStackProps) {
    super(scope, id, props);
    this.charge = new Function(this, 'Charge', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ transaction }) => ({ transaction, charged: true });'),
      reservedConcurrentExecutions: CARD_SERVICE_CAPACITY,
    });
    const chargeAll = DistributedMap.jsonata(this, 'ChargeAll', {
      items: ProvideItems.jsonata('{% [1..$states.input.transactions] %}'),
      itemSelector: { batch: '{% $states.input.batch %}', transaction: '{% $states.context.Map.Item.Value %}' },
      maxConcurrency: props.maxConcurrency,
      mapExecutionType: StateMachineType.EXPRESS,
      outputs: { charged: '{% $count($states.result) %}' },
    });
    chargeAll.itemProcessor(
      LambdaInvoke.jsonata(this, 'ChargeOne', {
        lambdaFunction: this.charge,
        outputs: '{% $states.result.Payload %}',
      }),
    );
    this.batches = new StateMachine(this, 'Batches', {
      queryLanguage: QueryLanguage.JSONATA,
      definitionBody: DefinitionBody.fromChainable(chargeAll),
    });
  }
}
