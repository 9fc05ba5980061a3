import type { Account } from './account';
import { resourceNotFound } from './api-error';
import { parseArn } from './arn';
import { findExecution } from './find';
import type { RequestOf } from './request-model';

/** DescribeMapRun: no execution has any, for Distributed Maps do not run yet. */
export function describeMapRun(_: Account, { mapRunArn }: RequestOf<'DescribeMapRun'>): object {
  return refuseUnknown(mapRunArn);
}

/** UpdateMapRun. */
export function updateMapRun(_: Account, { mapRunArn }: RequestOf<'UpdateMapRun'>): object {
  return refuseUnknown(mapRunArn);
}

/** ListMapRuns. */
export function listMapRuns(account: Account, { executionArn }: RequestOf<'ListMapRuns'>): object {
  findExecution(account, executionArn);
  return { mapRuns: [] };
}

function refuseUnknown(mapRunArn: string): never {
  parseArn(mapRunArn, 'mapRun');
  throw resourceNotFound(`Resource not found: '${mapRunArn}'`, mapRunArn);
}
