import { Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  DefinitionBody,
  DistributedMap,
  JsonPath,
  ResultWriterV2,
  S3CsvItemReader,
  CsvHeaders,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

export interface NightlyBatchStackProps extends StackProps {
  /** Share of the transactions that may fail, in percent. */
  readonly toleratedFailurePercentage: number;
}

/** Settles the transactions of a day, which stand in a CSV file, and writes what became of each to S3. */
export class NightlyBatchStack extends Stack {
  readonly transactions: Bucket;
  readonly results: Bucket;
  readonly settle: Function;
  readonly batch: StateMachine;

  constructor(scope: Construct, id: string, props: NightlyBatchStackProps) {
    super(scope, id, props);
    this.transactions = new Bucket(this, 'Transactions');
    this.results = new Bucket(this, 'Results');
    this.settle = new Function(this, 'Settle', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async ({ id }) => ({ id, settled: true });'),
    });
    const settleAll = new DistributedMap(this, 'SettleAll', {
      label: 'SettleAll',
      mapExecutionType: StateMachineType.EXPRESS,
      maxConcurrency: 1000,
      toleratedFailurePercentage: props.toleratedFailurePercentage,
      itemReader: new S3CsvItemReader({
        bucket: this.transactions,
        key: JsonPath.stringAt('$.file'),
        csvHeaders: CsvHeaders.useFirstRow(),
      }),
      resultWriterV2: new ResultWriterV2({ bucket: this.results, prefix: 'settled' }),
    });
    settleAll.itemProcessor(
      new LambdaInvoke(this, 'SettleOne', {
        lambdaFunction: this.settle,
        outputPath: '$.Payload',
        retryOnServiceExceptions: false,
      }),
    );
    this.batch = new StateMachine(this, 'Batch', { definitionBody: DefinitionBody.fromChainable(settleAll) });
  }
}
