import type { Account, ExecutionRecord, RedriveToken } from './account';
import { ApiError, notSimulated } from './api-error';
import { findExecution } from './find';
import { redriveStatusOf, whyNotRedrivable } from './redrivable';
import type { RequestOf } from './request-model';
import { standingOf } from './standing';
import { redrive } from './start';
import { tryFindTestCase } from './target';

/** A client token answers for this long, in milliseconds. https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
const TOKEN_MS = 15 * 60_000;
/** And as long as no more redrives had tokens. */
const TOKENS = 10;

/** RedriveExecution. Who asks again with the same client token is answered with the same redrive. */
export function redriveExecution(account: Account, request: RequestOf<'RedriveExecution'>): object {
  const { executionArn, clientToken } = request;
  const record = findStarted(account, executionArn);
  const nowMs = account.world.epochMs;
  const redriven = clientToken === undefined ? undefined : tryFindToken(record, clientToken, nowMs);
  if (redriven !== undefined) return { redriveDate: new Date(redriven.redriveMs) };
  const reason = whyNotRedrivable(record, standingOf(record), nowMs);
  if (reason !== undefined) throw notRedrivable(reason);
  takeUpTestCase(account, record);
  redrive(account, record);
  if (clientToken !== undefined)
    record.redriveTokens = [...record.redriveTokens, { token: clientToken, redriveMs: nowMs }].slice(-TOKENS);
  return { redriveDate: new Date(nowMs) };
}

/** Children are redriven by their Map Run alone. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html */
function findStarted(account: Account, executionArn: string): ExecutionRecord {
  const found = findExecution(account, executionArn);
  const record = account.executions.get(executionArn);
  if (record !== undefined) return record;
  const { redriveStatusReason } = redriveStatusOf(found, standingOf(found), account.world.epochMs);
  throw notRedrivable(
    redriveStatusReason ?? 'Execution is redriven with its Map Run: redrive the execution that the Map Run belongs to',
  );
}

const notRedrivable = (reason: string): ApiError =>
  new ApiError('ExecutionNotRedrivable', `Execution Not Redrivable: '${reason}'`);

const tryFindToken = ({ redriveTokens }: ExecutionRecord, token: string, nowMs: number): RedriveToken | undefined =>
  redriveTokens.find((known) => known.token === token && nowMs - known.redriveMs <= TOKEN_MS);

/** It goes on with the mocks that it began with. */
function takeUpTestCase(account: Account, record: ExecutionRecord): void {
  if (record.testCase === undefined) return;
  const testCase = tryFindTestCase(account, record);
  if (testCase === undefined)
    throw notSimulated(
      `The redrive of an execution in the test case "${record.testCase}", which the mock configuration does not have any more,`,
    );
  account.testCases.set(record.arn, testCase);
}
