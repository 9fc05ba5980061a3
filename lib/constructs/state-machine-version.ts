import { Fn, RemovalPolicy, Resource } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnStateMachineVersion, type StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** Properties of `StateMachineVersion`. */
export interface StateMachineVersionProps {
  readonly stateMachine: StateMachine;
  /**
   * Why there is this version, at most 256 characters.
   *
   * @default none
   */
  readonly description?: string;
}

/**
 * The state machine as it stands in this deployment, published as a version: whatever changes the machine (definition, role,
 * logging, tracing) publishes the next one, and what changes nothing publishes none.
 *
 * Versions that a deployment replaces stay in the account, since an alias goes back to them and running executions belong to
 * them. A state machine may have 1,000: delete old ones, never one that an alias names. Deleting the state machine deletes all.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html
 */
export class StateMachineVersion extends Resource {
  readonly stateMachine: StateMachine;
  /** `arn:…:stateMachine:<name>:<number>`. */
  readonly versionArn: string;
  /** The number of the version as text, known only when deployed. */
  readonly versionNumber: string;

  constructor(scope: Construct, id: string, { stateMachine, description }: StateMachineVersionProps) {
    super(scope, id);
    if (description !== undefined && description.length > 256) {
      throw new Error(
        `${this.node.path}: the description of a version has at most 256 characters, this one has ${description.length}.`,
      );
    }
    const version = new CfnStateMachineVersion(this, 'Resource', {
      stateMachineArn: stateMachine.stateMachineArn,
      // Without it CloudFormation sees no change when the machine changes, and the first version serves for ever.
      stateMachineRevisionId: stateMachine.stateMachineRevisionId,
      description,
    });
    // Every property is create-only: CloudFormation replaces the version and would delete what an alias must be able to go back to.
    version.applyRemovalPolicy(RemovalPolicy.RETAIN, { applyToUpdateReplacePolicy: true });

    this.stateMachine = stateMachine;
    this.versionArn = version.attrArn;
    this.versionNumber = Fn.select(7, Fn.split(':', version.attrArn));
  }

  /**
   * A metric of the executions that run this version: ExecutionsStarted, ExecutionsSucceeded, ExecutionsFailed, ExecutionsAborted,
   * ExecutionsTimedOut or ExecutionTime. There are none for executions that were started through the state machine's own ARN.
   *
   * @default sum over 5 minutes
   */
  metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: this.stateMachine.stateMachineArn, Version: this.versionNumber },
      statistic: Stats.SUM,
      ...options,
    }).attachTo(this);
  }
}
