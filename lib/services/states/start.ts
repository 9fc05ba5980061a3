import { jacksonMessage } from '../../json/jackson/jackson-message';
import type { Json } from '../../json/json';
import { JsonError } from '../../json/json-error';
import { parseJson } from '../../json/parse-json';
import { compile } from '../../simulator/compile';
import type { MachineProgram } from '../../simulator/program';
import { SimulatorError } from '../../simulator/simulator-error';
import { type Account, type ExecutionRecord, now, type StateMachine } from './account';
import { chooseVersion, tryFindAlias } from './aliases';
import { ApiError } from './api-error';
import { isVersionNumber } from './arn';
import { findStateMachine, readArn, refuseDeleting, tryFindVersion, unknownResource } from './find';
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

/** What StartExecution and StartSyncExecution are asked besides the state machine. */
export interface StartRequest {
  readonly name?: string;
  readonly input?: string;
  readonly traceHeader?: string;
}

/** Starts an execution and lets it run. @throws ApiError if its name or its input is not right */
export function begin(account: Account, target: Target, { name, input = '{}', traceHeader }: StartRequest): ExecutionRecord {
  const { machine, revision, versionArn, aliasArn } = target;
  if (name !== undefined) checkName(name);
  const value = readInput(input);
  const started = account.world.startExecution(
    {
      name: machine.name,
      arn: machine.arn,
      roleArn: revision.roleArn,
      type: machine.type,
      program: programOf(revision),
      versionArn,
      aliasArn,
    },
    value,
    name ?? account.random.uuid(),
  );
  const record: ExecutionRecord = {
    sequence: ++account.lastSequence,
    arn: started.executionArn,
    name: started.name,
    ...target,
    input,
    traceHeader,
    startDate: now(account),
    started,
    ended: started.run().then(
      () => settle(account, record),
      (error: unknown) => {
        if (!(error instanceof SimulatorError)) throw error;
        record.refusal = { message: error.message, atMs: account.world.epochMs };
        account.onRefusal?.(record.arn, error);
        settle(account, record);
      },
    ),
    refusal: undefined,
  };
  machine.running.add(record);
  // Express executions leave nothing behind.
  if (machine.type === 'STANDARD') {
    account.executions.set(record.arn, record);
    machine.executions.push(record);
    tellStatus(account, record);
  }
  return record;
}

function settle(account: Account, record: ExecutionRecord): void {
  const { machine } = record;
  machine.running.delete(record);
  if (machine.type === 'STANDARD') tellStatus(account, record);
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
