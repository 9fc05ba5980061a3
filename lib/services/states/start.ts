import type { Json } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { StartedExecution } from '../../simulator/world';
import type { Account, ExecutionRecord } from './account';
import type { TestCase } from './mock-config';
import { checkName } from './name';
import { readPayload } from './payload';
import { forgetIfDeleted } from './state-machines';
import { tellStatus } from './status-change';
import { machineOf, type Target } from './target';

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
  const sequence = ++account.lastSequence;
  const record = follow(account, target, { sequence, input, traceHeader, testCase: testCase?.name }, started);
  if (testCase !== undefined) account.testCases.set(record.arn, testCase);
  if (machine.type === 'STANDARD') tellStatus(account, record);
  return record;
}

/** AWS keeps all children of a Map Run for 90 days. Here the latest can be described after their ends, that memory stays bounded. */
const KEPT_CHILDREN = 10_000;

/** Lets an execution run unless it is over, and keeps it if it is a Standard one: Express executions leave nothing behind. */
export function follow(
  account: Account,
  { machine, revision, versionArn, aliasArn }: Target,
  { sequence, input, traceHeader, testCase }: Pick<ExecutionRecord, 'sequence' | 'input' | 'traceHeader' | 'testCase'>,
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
    testCase,
    ended: Promise.resolve(),
    redriveTokens: [],
    startedBy: undefined,
    refusal: undefined,
  };
  if (!isOver) run(account, record);
  if (machine.type === 'STANDARD') {
    started.keepChildren(KEPT_CHILDREN);
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

/** Has an execution that has ended go on where it did not succeed. */
export function redrive(account: Account, record: ExecutionRecord): void {
  record.started.redrive();
  account.ended.delete(record);
  run(account, record);
  account.touched?.add(record.arn);
  tellStatus(account, record);
}

function run(account: Account, record: ExecutionRecord): void {
  record.machine.running.add(record);
  record.ended = record.started.run().then(
    () => {
      // It may have been redriven before anybody here heard of its end.
      if (record.started.ending() !== undefined) settle(account, record);
    },
    (error: unknown) => {
      const why = error instanceof SimulatorError ? error : new SimulatorError(`A defect of the simulator: ${String(error)}`);
      record.refusal = { message: why.message, atMs: account.world.epochMs };
      account.onRefusal?.(record.arn, why);
      settle(account, record);
    },
  );
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

const readInput = (text: string): Json =>
  readPayload(text, "the execution's input", 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
