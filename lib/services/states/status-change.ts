import { renderJson } from '../../json/render-json';
import type { Account, ExecutionRecord, StateMachine } from './account';
import { whyNotRedrivable } from './redrivable';
import { standingOf } from './standing';

/**
 * The detail of an EventBridge event `Step Functions Execution Status Change`; what there is none of is null, and times are milliseconds
 * since 1970. https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineVersionArn: string | null;
  readonly stateMachineAliasArn: string | null;
  readonly name: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string | null;
  readonly inputDetails: { readonly included: boolean };
  readonly output: string | null;
  readonly outputDetails: { readonly included: boolean } | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly redriveCount: number;
  readonly redriveDate: number | null;
  readonly redriveStatus: string;
  readonly redriveStatusReason: string | null;
}

/** Input and output together that an event still carries, in bytes of escaped JSON. */
const MAX_DATA_BYTES = 248 * 1024;

/** Tells that an execution has started, has ended, or was redriven. */
export const tellStatus = (account: Account, record: ExecutionRecord): void => account.onStatusChange?.(statusChangeOf(record));

/** What is told of an execution. */
export interface ToldExecution extends Pick<ExecutionRecord, 'arn' | 'name' | 'startDate' | 'input' | 'started' | 'refusal'> {
  readonly machine: Pick<StateMachine, 'arn'> & { readonly status?: StateMachine['status'] };
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
}

/** What there is to tell of an execution now. */
export function statusChangeOf(record: ToldExecution): StatusChange {
  const standing = standingOf(record);
  const redrives = record.started.redrives();
  const { status, stopDate, output, error, cause } = standing;
  // What is told of an end is told when it comes.
  const reason = whyNotRedrivable(record, standing, stopDate?.getTime() ?? 0);
  const text = output === undefined ? null : renderJson(output);
  const outputBytes = text === null ? 0 : escapedBytes(text);
  const outputIncluded = outputBytes <= MAX_DATA_BYTES;
  const inputIncluded = escapedBytes(record.input) + (outputIncluded ? outputBytes : 0) <= MAX_DATA_BYTES;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machine.arn,
    stateMachineVersionArn: record.versionArn ?? null,
    stateMachineAliasArn: record.aliasArn ?? null,
    name: record.name,
    status,
    startDate: record.startDate.getTime(),
    stopDate: stopDate?.getTime() ?? null,
    input: inputIncluded ? record.input : null,
    inputDetails: { included: inputIncluded },
    output: outputIncluded ? text : null,
    outputDetails: text === null ? null : { included: outputIncluded },
    error: error ?? null,
    cause: cause ?? null,
    redriveCount: redrives.count,
    redriveDate: redrives.lastMs ?? null,
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: reason ?? null,
  };
}

const escapedBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));
