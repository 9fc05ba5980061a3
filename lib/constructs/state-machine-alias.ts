import { Annotations, Resource, Token } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import {
  CfnStateMachineAlias,
  type IStateMachine,
  type StateMachine,
  type StateMachineGrants,
  type StateMachineReference,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type Deployment, renderDeployment } from './deployment';
import { tryExecutionTimeout } from './execution-timeout';
import { qualifiedArn } from './qualified-arn';
import type { StateMachineVersion } from './state-machine-version';
import { warnUnqualifiedTargets } from './warn-unqualified-targets';

/** Properties of `StateMachineAlias`: a version that deployments shift to, or fixed weights. */
export type StateMachineAliasProps = DeployedAliasProps | RoutedAliasProps;

interface AliasProps {
  /**
   * 1 to 80 letters, digits, dots, dashes and underscores, not digits only.
   *
   * @default 'live'
   */
  readonly aliasName?: string;
  /**
   * What the alias is for, at most 256 characters.
   *
   * @default none
   */
  readonly description?: string;
}

/** An alias that each deployment moves on to a new version. */
export interface DeployedAliasProps extends AliasProps {
  readonly version: StateMachineVersion;
  readonly deployment: Deployment;
  readonly routing?: never;
}

/** An alias with weights of one's own, which deployments change at once. */
export interface RoutedAliasProps extends AliasProps {
  /** One or two versions of one state machine, their weights together 100. */
  readonly routing: readonly WeightedVersion[];
  readonly version?: never;
  readonly deployment?: never;
}

/** A version and its share of the new executions. */
export interface WeightedVersion {
  readonly version: StateMachineVersion;
  /** Percent, a whole number from 0 to 100. */
  readonly weight: number;
}

/**
 * An alias of a state machine, usable wherever aws-cdk-lib wants an IStateMachine: as a target of rules, schedules and pipes, in
 * a StepFunctionsStartExecution task, in API Gateway. Executions are started through the alias; permissions are given for the
 * unqualified ARN, which is what Step Functions checks. Metrics are those of the alias, with the dimensions StateMachineArn
 * (unqualified) and Alias (its name).
 *
 * A rule, schedule or pipe of the same stack that starts the state machine itself gets a warning.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html
 *
 * @throws Error with all that is wrong with the properties
 */
export class StateMachineAlias extends Resource implements IStateMachine {
  readonly stateMachine: StateMachine;
  readonly aliasName: string;
  /** The alias ARN, except as a resource of a policy: there it reads as the state machine's own ARN. */
  readonly stateMachineArn: string;
  readonly grantPrincipal: IPrincipal;
  /** Permissions, each for the unqualified ARN. */
  readonly grants: StateMachineGrants;

  constructor(scope: Construct, id: string, props: StateMachineAliasProps) {
    super(scope, id);
    const { aliasName = 'live', description } = props;
    rejectProblems(this.node.path, [
      ...nameProblems(aliasName),
      ...descriptionProblems(description),
      ...routingProblems(props.routing),
    ]);

    const alias = new CfnStateMachineAlias(this, 'Resource', {
      name: aliasName,
      description,
      ...(props.routing === undefined
        ? { deploymentPreference: renderDeployment(this.node.path, props.version.versionArn, props.deployment) }
        : {
            routingConfiguration: props.routing.map(({ version, weight }) => ({
              stateMachineVersionArn: version.versionArn,
              weight,
            })),
          }),
    });

    this.stateMachine = (props.version ?? props.routing[0]!.version).stateMachine;
    this.aliasName = aliasName;
    this.stateMachineArn = qualifiedArn(alias.attrArn, this.stateMachine.stateMachineArn);
    this.grantPrincipal = this.stateMachine.grantPrincipal;
    this.grants = this.stateMachine.grants;

    if (props.deployment !== undefined) this.checkDeployment(props.deployment);
    warnUnqualifiedTargets(this.stateMachine, this.node.path);
  }

  get stateMachineRef(): StateMachineReference {
    return { stateMachineArn: this.stateMachineArn };
  }

  grantStartExecution(identity: IGrantable): Grant {
    return this.stateMachine.grantStartExecution(identity);
  }

  grantStartSyncExecution(identity: IGrantable): Grant {
    return this.stateMachine.grantStartSyncExecution(identity);
  }

  grantRead(identity: IGrantable): Grant {
    return this.stateMachine.grantRead(identity);
  }

  grantTaskResponse(identity: IGrantable): Grant {
    return this.stateMachine.grantTaskResponse(identity);
  }

  grantExecution(identity: IGrantable, ...actions: string[]): Grant {
    return this.stateMachine.grantExecution(identity, ...actions);
  }

  grantRedriveExecution(identity: IGrantable): Grant {
    return this.stateMachine.grantRedriveExecution(identity);
  }

  grant(identity: IGrantable, ...actions: string[]): Grant {
    return this.stateMachine.grant(identity, ...actions);
  }

  /**
   * A metric of the executions that were started through this alias.
   *
   * @default sum over 5 minutes
   */
  metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: this.stateMachine.stateMachineArn, Alias: this.aliasName },
      statistic: Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  metricFailed(options?: MetricOptions): Metric {
    return this.metric('ExecutionsFailed', options);
  }

  metricAborted(options?: MetricOptions): Metric {
    return this.metric('ExecutionsAborted', options);
  }

  metricSucceeded(options?: MetricOptions): Metric {
    return this.metric('ExecutionsSucceeded', options);
  }

  metricTimedOut(options?: MetricOptions): Metric {
    return this.metric('ExecutionsTimedOut', options);
  }

  metricStarted(options?: MetricOptions): Metric {
    return this.metric('ExecutionsStarted', options);
  }

  /** The state machine's: CloudWatch does not tell throttling apart by alias. */
  metricThrottled(options?: MetricOptions): Metric {
    return this.stateMachine.metricThrottled(options);
  }

  /**
   * Milliseconds from start to end of an execution.
   *
   * @default average over 5 minutes
   */
  metricTime(options?: MetricOptions): Metric {
    return this.metric('ExecutionTime', { statistic: Stats.AVERAGE, ...options });
  }

  private checkDeployment(deployment: Deployment): void {
    const { alarms = [] } = deployment;
    rejectProblems(
      this.node.path,
      alarms
        .filter(
          ({ env }) => !Token.isUnresolved(env.region) && !Token.isUnresolved(this.env.region) && env.region !== this.env.region,
        )
        .map(
          (alarm) =>
            `the alarm ${alarm.node.path} is in ${alarm.env.region}, where CloudFormation does not find it: it must be in ${this.env.region}`,
        ),
    );
    if (alarms.length === 0) {
      Annotations.of(this).addWarningV2(
        'cdk-baton:DeploymentWithoutAlarms',
        'Nothing stops a bad version: give the deployment VersionAlarms.',
      );
    }
    const timeout = tryExecutionTimeout(this.stateMachine);
    if (deployment.type !== 'ALL_AT_ONCE' && timeout !== undefined && deployment.interval.toSeconds() < timeout.toSeconds()) {
      Annotations.of(this).addWarningV2(
        'cdk-baton:IntervalShorterThanExecution',
        `An execution may take ${timeout.toHumanString()}, and an alarm learns of it when it ends: ` +
          `after an interval of ${deployment.interval.toHumanString()} the shift goes on before that.`,
      );
    }
  }
}

function rejectProblems(path: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${path}: ${problems.join('; ')}.`);
}

const nameProblems = (name: string): string[] =>
  Token.isUnresolved(name) || /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/.test(name)
    ? []
    : [
        `aliasName must be 1 to 80 letters, digits, dots, dashes and underscores and not digits only, but is ${JSON.stringify(name)}`,
      ];

const descriptionProblems = (description: string | undefined): string[] =>
  description === undefined || Token.isUnresolved(description) || (description.length > 0 && description.length <= 256)
    ? []
    : [`description must have 1 to 256 characters, but has ${description.length}`];

function routingProblems(routing: readonly WeightedVersion[] | undefined): string[] {
  if (routing === undefined) return [];
  const weights = routing.map(({ weight }) => weight);
  const machines = new Set(routing.map(({ version }) => version.stateMachine));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return [
    ...(routing.length === 1 || routing.length === 2 ? [] : [`routing must have one or two versions, but has ${routing.length}`]),
    ...(weights.every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= 100) && total === 100
      ? []
      : [`the weights of routing must be whole numbers that make 100, but are ${weights.join(' and ')}`]),
    ...(machines.size <= 1 ? [] : ['the versions of routing must be of one state machine']),
  ];
}
