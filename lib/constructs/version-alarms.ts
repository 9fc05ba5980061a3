import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { StateMachineVersion } from './state-machine-version';
import { addAction, type AlarmOptions, countAlarm, sum } from './workflow-alarms';

/** Properties of `VersionAlarms`. */
export interface VersionAlarmsProps extends AlarmOptions {
  readonly version: StateMachineVersion;
}

/**
 * Alarms on the executions of one version, to stop the deployment of that version with: what the version before it does wrong,
 * on the other 90 % of the executions, raises none of them.
 *
 * CloudWatch learns of an execution when it ends. A shift that takes less time than an execution is over before its alarms know.
 */
export class VersionAlarms extends Construct {
  readonly failed: Alarm;
  readonly timedOut: Alarm;

  constructor(scope: Construct, id: string, props: VersionAlarmsProps) {
    super(scope, id);
    const { version, failedThreshold = 1, timedOutThreshold = 1 } = props;
    this.failed = countAlarm(
      this,
      'Failed',
      version.metric('ExecutionsFailed', sum(props)),
      failedThreshold,
      'Executions of the new version failed',
    );
    this.timedOut = countAlarm(
      this,
      'TimedOut',
      version.metric('ExecutionsTimedOut', sum(props)),
      timedOutThreshold,
      'Executions of the new version timed out',
    );
    addAction(this.all, props.action);
  }

  /** All of the alarms. */
  get all(): readonly Alarm[] {
    return [this.failed, this.timedOut];
  }
}
