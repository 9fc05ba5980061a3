import { Annotations, Aspects, CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';

/**
 * Warns of rules, schedules and pipes of the stack that start the state machine past its alias: they would start the newest
 * revision at once, in no canary and in no metric of a version.
 */
export function warnUnqualifiedTargets(stateMachine: StateMachine, aliasPath: string): void {
  const warner: IAspect = {
    visit(node) {
      const target = targetOf(node);
      if (target === undefined || !refersTo(target, stateMachine)) return;
      Annotations.of(node).addWarningV2(
        'cdk-baton:UnqualifiedTarget',
        `Starts ${stateMachine.node.path} past its alias, so that no deployment shifts it and no alarm of a version sees it. Make ${aliasPath} the target.`,
      );
    },
  };
  Aspects.of(Stack.of(stateMachine)).add(warner);
}

function targetOf(node: IConstruct): unknown {
  if (node instanceof CfnRule) return node.targets;
  if (node instanceof CfnSchedule) return node.target;
  if (node instanceof CfnPipe) return node.target;
  return undefined;
}

function refersTo(target: unknown, stateMachine: StateMachine): boolean {
  const machine = stateMachine.node.defaultChild as CfnResource;
  const stack = Stack.of(machine);
  const logicalId = stack.resolve(machine.logicalId) as string;
  return JSON.stringify(stack.resolve(target)).includes(JSON.stringify({ Ref: logicalId }));
}
