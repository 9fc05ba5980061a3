import { Duration, Token } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnStateMachineAlias } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * How an alias goes over to a new version in an update of its stack. CloudFormation does it; the stack stays UPDATE_IN_PROGRESS
 * meanwhile. The first deployment of an alias has nothing to shift from: it takes its version whole, and no alarm can undo that.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-statemachinealias-deploymentpreference.html
 */
export type Deployment = ShiftingDeployment | AllAtOnceDeployment;

/** A share of the new executions first, then the rest. */
export interface ShiftingDeployment extends StoppableDeployment {
  /** CANARY: `percentage`, and after one `interval` all. LINEAR: `percentage` more after each `interval`. */
  readonly type: 'CANARY' | 'LINEAR';
  /** Share of the new executions, a whole number from 1 to 99. */
  readonly percentage: number;
  /** Whole minutes, 1 to 2,100. Executions should be over in that time: an alarm learns of them when they end. */
  readonly interval: Duration;
}

/** All new executions at once. */
export interface AllAtOnceDeployment extends StoppableDeployment {
  readonly type: 'ALL_AT_ONCE';
}

interface StoppableDeployment {
  /**
   * Any of them in ALARM stops the shift: the alias and the stack go back. Use `VersionAlarms`: an alarm on the alias or the
   * machine does not see a tenth of the executions fail among the others.
   *
   * @default none: nothing stops it
   */
  readonly alarms?: readonly IAlarm[];
}

/**
 * The property of CloudFormation.
 *
 * @throws Error with all that is wrong
 */
export function renderDeployment(
  where: string,
  versionArn: string,
  deployment: Deployment,
): CfnStateMachineAlias.DeploymentPreferenceProperty {
  const problems = problemsOf(deployment);
  if (problems.length > 0) throw new Error(`${where}: ${problems.join('; ')}.`);
  return {
    type: deployment.type,
    stateMachineVersionArn: versionArn,
    // By name: CloudFormation takes an ARN for the name of an alarm that does not exist, and that for OK.
    alarms: deployment.alarms?.map((alarm) => alarm.alarmName),
    ...(deployment.type === 'ALL_AT_ONCE'
      ? {}
      : { percentage: deployment.percentage, interval: deployment.interval.toMinutes() }),
  };
}

function problemsOf(deployment: Deployment): string[] {
  if (deployment.type === 'ALL_AT_ONCE') return [];
  const { percentage, interval } = deployment;
  const minutes = interval.toMinutes({ integral: false });
  return [
    ...(isWholeBetween(percentage, 1, 99) ? [] : [`percentage must be a whole number from 1 to 99, but is ${percentage}`]),
    ...(isWholeBetween(minutes, 1, 2_100)
      ? []
      : [`interval must be whole minutes from 1 to 2100, but is ${interval.toHumanString()}`]),
  ];
}

const isWholeBetween = (value: number, min: number, max: number): boolean =>
  Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max);
