import { jacksonMessage } from '../../json/jackson/jackson-message';
import type { Json } from '../../json/json';
import { JsonError } from '../../json/json-error';
import { parseJson } from '../../json/parse-json';
import { compile } from '../../simulator/compile';
import type { Machine } from '../../simulator/execution';
import type { MachineProgram } from '../../simulator/program';
import { SimulatorError } from '../../simulator/simulator-error';
import type { StartedExecution } from '../../simulator/world';
import type { Account, ExecutionRecord, StateMachine } from './account';
import { chooseVersion, tryFindAlias } from './aliases';
import { ApiError, validationException } from './api-error';
import { isVersionNumber } from './arn';
import { findStateMachine, readArn, refuseDeleting, tryFindVersion, unknownResource } from './find';
import type { TestCase } from './mock-config';
import { checkName } from './name';
import type { Revision } from './revision';
import { forgetIfDeleted } from './state-machines';
import { tellStatus } from './status-change';

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
  if (testCase !== undefined) return { ...target, testCase };
  const known = [...(cases?.keys() ?? [])];
  throw validationException(
    `The mock configuration has no test case "${name}" of the state machine "${target.machine.name}"; ` +
      `it has ${known.length === 0 ? 'none' : known.map((one) => `"${one}"`).join(', ')}`,
  );
}

/** What StartExecution and StartSyncExecution are asked besides the state machine. */
export interface StartRequest {
  readonly name?: string;
  readonly input?: string;
  readonly traceHeader?: string;
}

/** Starts an execution and lets it run. @throws ApiError if its name or its input is not right */
export function begin(
  account: Account,
  target: Target & { readonly testCase?: TestCase | undefined },
  { name, input = '{}', traceHeader }: StartRequest,
): ExecutionRecord {
  const { machine, testCase } = target;
  if (name !== undefined) checkName(name);
  const value = readInput(input);
  const started = account.world.startExecution(machineOf(target), value, name ?? account.random.uuid());
  const record = follow(account, target, { sequence: ++account.lastSequence, input, traceHeader }, started);
  if (testCase !== undefined) account.testCases.set(record.arn, testCase);
  if (machine.type === 'STANDARD') tellStatus(account, record);
  return record;
}

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

/** Lets an execution run unless it is over, and keeps it if it is a Standard one: Express executions leave nothing behind. */
export function follow(
  account: Account,
  { machine, revision, versionArn, aliasArn }: Target,
  { sequence, input, traceHeader }: Pick<ExecutionRecord, 'sequence' | 'input' | 'traceHeader'>,
  started: StartedExecution,
): ExecutionRecord {
  const isOver = started.ending() !== undefined;
  const record: ExecutionRecord = {
    sequence,
    arn: started.executionArn,
    name: started.name,
    machine,
    revision,
    versionArn,
    aliasArn,
    input,
    traceHeader,
    startDate: new Date(started.recorded()[0]?.epochMs ?? account.world.epochMs),
    started,
    ended: (isOver ? Promise.resolve() : started.run()).then(
      () => {
        if (!isOver) settle(account, record);
      },
      (error: unknown) => {
        const why = error instanceof SimulatorError ? error : new SimulatorError(`A defect of the simulator: ${String(error)}`);
        record.refusal = { message: why.message, atMs: account.world.epochMs };
        account.onRefusal?.(record.arn, why);
        settle(account, record);
      },
    ),
    startedBy: undefined,
    refusal: undefined,
  };
  if (!isOver) machine.running.add(record);
  if (machine.type === 'STANDARD') {
    account.executions.set(record.arn, record);
    machine.executions.push(record);
    account.touched?.add(record.arn);
    if (isOver) account.ended.add(record);
    started.onEnd(() => {
      if (started.ending() !== undefined) tellStatus(account, record);
    });
  }
  return record;
}

function settle(account: Account, record: ExecutionRecord): void {
  const { machine } = record;
  machine.running.delete(record);
  account.testCases.delete(record.arn);
  account.touched?.add(record.arn);
  if (machine.type === 'STANDARD') {
    account.ended.add(record);
    // Of an end that AWS has, too, was told when it came.
    if (record.refusal !== undefined) tellStatus(account, record);
  }
  forgetIfDeleted(account, machine);
}

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

function readInput(text: string): Json {
  try {
    return parseJson(text, "the execution's input");
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ApiError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${jacksonMessage(text, error)}'`);
  }
}
