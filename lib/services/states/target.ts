import type { States } from '../../asl/types';
import { tryParseResource } from '../../asl/resource';
import { compile } from '../../simulator/compile';
import type { Machine } from '../../simulator/execution';
import type { MachineProgram } from '../../simulator/program';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Account, StateMachine } from './account';
import { chooseVersion, tryFindAlias } from './aliases';
import { validationException } from './api-error';
import { isVersionNumber } from './arn';
import { findStateMachine, readArn, refuseDeleting, tryFindVersion, unknownResource } from './find';
import type { TestCase } from './mock-config';
import type { Revision } from './revision';

/** What is to be started: of which state machine, and in which of its revisions. */
export interface Target {
  readonly machine: StateMachine;
  readonly revision: Revision;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
}

/** What the ARN of a state machine, a version or an alias starts. @throws ApiError */
export function findTarget(account: Account, stateMachineArn: string): Target {
  const { qualifier } = readArn(stateMachineArn);
  const target = targetOf(account, stateMachineArn, qualifier);
  refuseDeleting(target.machine);
  return target;
}

function targetOf(account: Account, arn: string, qualifier: string | undefined): Target {
  if (qualifier === undefined) {
    const machine = findStateMachine(account, arn);
    return { machine, revision: machine.revision, versionArn: undefined, aliasArn: undefined };
  }
  if (isVersionNumber(qualifier)) return versionTarget(account, arn, undefined);
  const alias = tryFindAlias(account, arn)?.alias;
  if (alias === undefined) throw unknownResource();
  return versionTarget(account, chooseVersion(account, alias), arn);
}

function versionTarget(account: Account, arn: string, aliasArn: string | undefined): Target {
  const found = tryFindVersion(account, arn);
  if (found === undefined) throw unknownResource();
  return { machine: found.machine, revision: found.version.revision, versionArn: arn, aliasArn };
}

/** What an ARN with the name of a test case starts: `stateMachineArn#TestCase`. @throws ApiError */
export function findTargetInTestCase(account: Account, text: string): Target & { readonly testCase: TestCase | undefined } {
  const { mockConfig } = account;
  const at = text.indexOf('#');
  if (mockConfig === undefined || at === -1) return { ...findTarget(account, text), testCase: undefined };
  const target = findTarget(account, text.slice(0, at));
  const name = text.slice(at + 1);
  // As Step Functions Local has it.
  if (name === '') return { ...target, testCase: undefined };
  const cases = mockConfig.stateMachines.get(target.machine.name);
  const testCase = cases?.get(name);
  if (testCase !== undefined) {
    refuseMockedActivities(target, testCase);
    return { ...target, testCase };
  }
  const known = [...(cases?.keys() ?? [])];
  throw validationException(
    `The mock configuration has no test case "${name}" of the state machine "${target.machine.name}"; ` +
      `it has ${known.length === 0 ? 'none' : known.map((one) => `"${one}"`).join(', ')}`,
  );
}

/** The test case that an execution runs in. */
export const tryFindTestCase = (
  { mockConfig }: Account,
  { machine, testCase }: { readonly machine: Pick<StateMachine, 'name'>; readonly testCase: string | undefined },
): TestCase | undefined => (testCase === undefined ? undefined : mockConfig?.stateMachines.get(machine.name)?.get(testCase));

/**
 * Step Functions Local's documentation mocks service integrations. An activity is none: its worker would be asked all the same, and the mock left
 * out in silence.
 */
function refuseMockedActivities({ machine, revision }: Target, { name, responses }: TestCase): void {
  const mocked = activityStates(revision.machine).filter((state) => responses.has(state));
  if (mocked.length === 0) return;
  throw validationException(
    `The test case "${name}" of the state machine "${machine.name}" mocks ${mocked.map((state) => `"${state}"`).join(', ')}: ` +
      'Tasks of activities, which a mock configuration cannot answer. Take them out of it, and let a worker call GetActivityTask and SendTaskSuccess.',
  );
}

/** Names of the Tasks of activities, at every depth. */
const activityStates = ({ States: states }: States): readonly string[] =>
  Object.entries(states).flatMap(([name, state]) => {
    switch (state.Type) {
      case 'Task':
        return tryParseResource(state.Resource)?.kind === 'activity' ? [name] : [];
      case 'Parallel':
        return state.Branches.flatMap(activityStates);
      case 'Map':
        return activityStates(state.ItemProcessor);
      default:
        return [];
    }
  });

/** The state machine as an execution sees it. */
export const machineOf = ({ machine, revision, versionArn, aliasArn }: Target): Machine => ({
  name: machine.name,
  arn: machine.arn,
  roleArn: revision.roleArn,
  type: machine.type,
  program: programOf(revision),
  versionArn,
  aliasArn,
});

/** What the simulator does not run stops an execution when it begins, not before: AWS would have started it. */
function programOf({ machine }: Revision): MachineProgram {
  try {
    return compile(machine);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    const refuse = (): never => {
      throw error;
    };
    const { StartAt: startAt } = machine;
    const state = { name: startAt, type: 'Pass', entered: 'PassStateEntered', run: refuse } as const;
    return { startAt, states: new Map([[startAt, state]]), types: new Map([[startAt, 'Pass']]), timeoutSeconds: undefined };
  }
}
