import { Duration, Token } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarmAction, type Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** What alarms have in common. */
export interface AlarmOptions {
  /**
   * Length of the periods that are looked at.
   *
   * @default 5 minutes
   */
  readonly period?: Duration;
  /**
   * What an alarm does: send to a topic, or any alarm action.
   *
   * @default nothing: the alarms can be looked at
   */
  readonly action?: IAlarmAction | ITopic;
  /**
   * Executions that end FAILED in a period to raise an alarm.
   *
   * @default 1
   */
  readonly failedThreshold?: number;
  /**
   * Executions that end TIMED_OUT in a period to raise an alarm.
   *
   * @default 1
   */
  readonly timedOutThreshold?: number;
}

/** Properties of `WorkflowAlarms`. */
export interface WorkflowAlarmsProps extends AlarmOptions {
  /** The state machine, or a `StateMachineAlias` to watch only what is started through it. */
  readonly workflow: IStateMachine;
  /**
   * Throttled starts and retries of StartExecution in a period to raise an alarm.
   *
   * @default 1
   */
  readonly throttledThreshold?: number;
  /**
   * Longest run of 99 % of the executions in a period.
   *
   * @default 1 minute
   */
  readonly slowThreshold?: Duration;
}

/**
 * Alarms on what CloudWatch publishes of a workflow: ExecutionsFailed, ExecutionsTimedOut, ExecutionThrottled and the 99th
 * percentile of ExecutionTime. No executions, no alarm.
 *
 * A workflow that waits for a token nobody sends raises none of them before it times out: give its Tasks a timeout.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 *
 * @throws Error for an imported ARN with a version or an alias in it, for which CloudWatch has no metrics
 */
export class WorkflowAlarms extends Construct {
  readonly failed: Alarm;
  readonly timedOut: Alarm;
  readonly throttled: Alarm;
  readonly slow: Alarm;

  constructor(scope: Construct, id: string, props: WorkflowAlarmsProps) {
    super(scope, id);
    const {
      workflow,
      failedThreshold = 1,
      timedOutThreshold = 1,
      throttledThreshold = 1,
      slowThreshold = Duration.minutes(1),
    } = props;
    rejectQualifiedArn(workflow);

    this.failed = countAlarm(this, 'Failed', workflow.metricFailed(sum(props)), failedThreshold, 'Executions failed');
    this.timedOut = countAlarm(this, 'TimedOut', workflow.metricTimedOut(sum(props)), timedOutThreshold, 'Executions timed out');
    this.throttled = countAlarm(
      this,
      'Throttled',
      workflow.metricThrottled(sum(props)),
      throttledThreshold,
      'Starts or retries were throttled',
    );
    this.slow = new Alarm(this, 'Slow', {
      metric: workflow.metricTime({ period: props.period, statistic: Stats.percentile(99) }),
      threshold: slowThreshold.toMilliseconds(),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `99 % of the executions of a period should take at most ${slowThreshold.toHumanString()}`,
    });
    addAction(this.all, props.action);
  }

  /** All of the alarms. */
  get all(): readonly Alarm[] {
    return [this.failed, this.timedOut, this.throttled, this.slow];
  }
}

/** Options of a metric that counts executions. Its sum: SampleCount would count each start twice. */
export const sum = ({ period }: AlarmOptions): { readonly period?: Duration; readonly statistic: string } => ({
  period,
  statistic: Stats.SUM,
});

/** An alarm on a number of executions in a period; without executions it is quiet. */
export function countAlarm(scope: Construct, id: string, metric: Metric, threshold: number, what: string): Alarm {
  return new Alarm(scope, id, {
    metric,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${what}: ${threshold} or more in a period`,
  });
}

/** Has each alarm do it, if there is something to do. */
export function addAction(alarms: readonly Alarm[], action: IAlarmAction | ITopic | undefined): void {
  if (action === undefined) return;
  const does = 'topicArn' in action ? new SnsAction(action) : action;
  for (const alarm of alarms) alarm.addAlarmAction(does);
}

/** `StateMachine.fromStateMachineArn` with an alias ARN gives metrics with a dimension that CloudWatch never publishes. */
function rejectQualifiedArn(workflow: IStateMachine): void {
  const arn = workflow.stateMachineArn;
  if (Token.isUnresolved(arn) || arn.split(':').length === 7) return;
  throw new Error(
    `${workflow.node.path}: CloudWatch has no metrics for ${arn}. ` +
      'Import the state machine by its ARN without version or alias, or watch a StateMachineAlias or StateMachineVersion.',
  );
}
