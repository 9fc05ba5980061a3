import { renderJson } from '../../json/render-json';
import type { Json } from '../../json/json';
import type { Account, DescribedExecution, ExecutionRecord, StateMachine } from './account';
import { ApiError, validationException } from './api-error';
import { tryFindAlias } from './aliases';
import { isVersionNumber } from './arn';
import { findExecution, readArn, tryFindVersion, unknownResource, unknownStateMachine } from './find';
import { listChildren } from './map-runs';
import { pageOf } from './page';
import { redriveStatusOf } from './redrivable';
import type { RequestOf } from './request-model';
import { standingOf, statusOf } from './standing';
import { begin } from './start';
import { findTarget, findTargetInTestCase } from './target';

/** The exception for what Express workflows do not have. */
const unsupportedType = (): ApiError =>
  new ApiError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');

/** StartExecution. A Standard execution is started once: who asks again for the same that still runs is answered with the first. */
export function startExecution(account: Account, request: RequestOf<'StartExecution'>): object {
  const { stateMachineArn, name, input = '{}' } = request;
  const target = findTargetInTestCase(account, stateMachineArn);
  const { machine } = target;
  const known = name === undefined || machine.type === 'EXPRESS' ? undefined : tryFindByName(account, machine, name);
  if (known === undefined) {
    const { arn, name: given, startDate } = begin(account, target, request);
    // https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html#express-at-least-once-execution
    if (machine.type === 'EXPRESS' && account.expressDuplicates > 0 && account.random.next() < account.expressDuplicates)
      begin(account, target, { ...request, name: given });
    return { executionArn: arn, startDate };
  }
  if (standingOf(known).status !== 'RUNNING' || known.input !== input)
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
  return { executionArn: known.arn, startDate: known.startDate };
}

const tryFindByName = ({ executions }: Account, { arn }: StateMachine, name: string): ExecutionRecord | undefined =>
  executions.get(`${arn.replace(':stateMachine:', ':execution:')}:${name}`);

/** What an Express execution is billed for at least. Recorded of all small ones. */
const BILLED_MEMORY_MB = 64;
/** Durations are billed in steps. https://aws.amazon.com/step-functions/pricing/ */
const BILLED_STEP_MS = 100;

/** StartSyncExecution. */
export async function startSyncExecution(
  account: Account,
  request: RequestOf<'StartSyncExecution'>,
  _signal?: AbortSignal,
  park?: () => () => void,
): Promise<object> {
  const target = findTarget(account, request.stateMachineArn);
  if (target.machine.type !== 'EXPRESS') throw unsupportedType();
  const record = begin(account, target, request);
  if (park !== undefined) record.started.onEnd(park());
  await record.ended;
  const { status, stopDate = record.startDate, output, cause, ...standing } = standingOf(record);
  // No history would tell it.
  const error = status === 'TIMED_OUT' ? 'States.Timeout' : standing.error;
  const billedMs = Math.max(1, Math.ceil((stopDate.getTime() - record.startDate.getTime()) / BILLED_STEP_MS)) * BILLED_STEP_MS;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machine.arn,
    name: record.name,
    startDate: record.startDate,
    stopDate,
    status,
    ...given({ error, cause }),
    ...payloads(record.input, output, request.includedData !== 'METADATA_ONLY'),
    ...given({ traceHeader: record.traceHeader }),
    billingDetails: { billedMemoryUsedInMB: BILLED_MEMORY_MB, billedDurationInMilliseconds: billedMs },
  };
}

/** Those members that have a value. */
const given = (members: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const payloads = (input: string, output: Json | undefined, included: boolean): object => ({
  ...(included ? { input } : {}),
  inputDetails: { included },
  ...(output === undefined ? {} : { ...(included ? { output: renderJson(output) } : {}), outputDetails: { included } }),
});

/** StopExecution. One that has ended stays as it is. */
export function stopExecution(account: Account, { executionArn, error, cause }: RequestOf<'StopExecution'>): object {
  const record = findExecution(account, executionArn);
  const nowMs = account.world.epochMs;
  record.started.stop(error, cause);
  // One that a redrive has yet to start has none.
  return { stopDate: standingOf(record).stopDate ?? new Date(nowMs) };
}

/** DescribeExecution. */
export function describeExecution(account: Account, request: RequestOf<'DescribeExecution'>): object {
  const record = findExecution(account, request.executionArn);
  const standing = standingOf(record);
  const { status, stopDate, output, error, cause } = standing;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machine.arn,
    name: record.name,
    status,
    startDate: record.startDate,
    ...given({ stopDate, error, cause, traceHeader: record.traceHeader, mapRunArn: record.child?.mapRunArn }),
    ...payloads(record.input, output, request.includedData !== 'METADATA_ONLY'),
    ...given({ stateMachineVersionArn: record.versionArn, stateMachineAliasArn: record.aliasArn }),
    ...redrivesOf(record),
    ...redriveStatusOf(record, standing, account.world.epochMs),
  };
}

/** ListExecutions, the latest first. */
export function listExecutions(account: Account, request: RequestOf<'ListExecutions'>): object {
  const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = request;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined))
    throw validationException('Either stateMachineArn or mapRunArn must be specified, and not both');
  if (stateMachineArn === undefined) return listChildren(account, { ...request, mapRunArn: mapRunArn as string });
  if (statusFilter === 'PENDING_REDRIVE')
    throw validationException(
      'The statusFilter PENDING_REDRIVE is for a mapRunArn: only child executions of a Map Run have this status',
    );
  const { executions, isOf } = ofStateMachine(account, stateMachineArn);
  const list = ['ListExecutions', stateMachineArn, mapRunArn, statusFilter, redriveFilter];
  const { items, nextToken } = pageOf(
    request,
    [...executions].reverse(),
    ({ sequence }) => sequence,
    list,
    account.world.epochMs,
    (record) =>
      isOf(record) && (statusFilter === undefined || statusOf(record) === statusFilter) && isRedriven(record, redriveFilter),
  );
  return { executions: items.map(listed), ...given({ nextToken }) };
}

const redrivesOf = ({ started }: DescribedExecution): object => {
  const { count, lastMs } = started.redrives();
  return { redriveCount: count, ...given({ redriveDate: lastMs === undefined ? undefined : new Date(lastMs) }) };
};

const isRedriven = ({ started }: ExecutionRecord, filter: 'REDRIVEN' | 'NOT_REDRIVEN' | undefined): boolean =>
  filter === undefined || started.redrives().count > 0 === (filter === 'REDRIVEN');

/** The executions of a state machine, and which of them an ARN stands for. */
function ofStateMachine(
  account: Account,
  stateMachineArn: string,
): { readonly executions: readonly ExecutionRecord[]; isOf(record: ExecutionRecord): boolean } {
  const { unqualified, qualifier } = readArn(stateMachineArn);
  const machine = account.stateMachines.get(unqualified);
  if (machine === undefined) throw unknownStateMachine(stateMachineArn);
  if (machine.type === 'EXPRESS') throw unsupportedType();
  const { executions } = machine;
  if (qualifier === undefined) return { executions, isOf: () => true };
  const isVersion = isVersionNumber(qualifier);
  const exists = (isVersion ? tryFindVersion(account, stateMachineArn) : tryFindAlias(account, stateMachineArn)) !== undefined;
  if (!exists) throw unknownResource();
  return { executions, isOf: ({ versionArn, aliasArn }) => (isVersion ? versionArn : aliasArn) === stateMachineArn };
}

function listed(record: ExecutionRecord): object {
  const { status, stopDate } = standingOf(record);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machine.arn,
    name: record.name,
    status,
    startDate: record.startDate,
    ...given({ stopDate, stateMachineVersionArn: record.versionArn, stateMachineAliasArn: record.aliasArn }),
    ...redrivesOf(record),
  };
}
