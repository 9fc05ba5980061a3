import type { ShownChild, ShownCounts } from '../../simulator/map-run/shown-map-run';
import type { Account } from './account';
import { resourceNotFound, validationException } from './api-error';
import { parseArn } from './arn';
import { childMachineArn, type FoundMapRun, tryFindMapRun } from './child-executions';
import { findExecution } from './find';
import { pageOf } from './page';
import type { RequestOf } from './request-model';

/** DescribeMapRun. */
export function describeMapRun(account: Account, { mapRunArn }: RequestOf<'DescribeMapRun'>): object {
  const { run, owner } = findMapRun(account, mapRunArn);
  const { status, startMs, stopMs, maxConcurrency, tolerance, redrives } = run;
  return {
    mapRunArn,
    executionArn: owner.arn,
    status,
    startDate: new Date(startMs),
    stopDate: dateOf(stopMs),
    maxConcurrency,
    toleratedFailurePercentage: tolerance.percentage ?? 0,
    toleratedFailureCount: tolerance.count ?? 0,
    itemCounts: countsInOrder(run.itemCounts()),
    executionCounts: countsInOrder(run.executionCounts()),
    redriveCount: redrives.count,
    redriveDate: dateOf(redrives.lastMs),
  };
}

const countsInOrder = (counts: ShownCounts): ShownCounts => ({
  pending: counts.pending,
  running: counts.running,
  succeeded: counts.succeeded,
  failed: counts.failed,
  timedOut: counts.timedOut,
  aborted: counts.aborted,
  total: counts.total,
  resultsWritten: counts.resultsWritten,
  failuresNotRedrivable: counts.failuresNotRedrivable,
  pendingRedrive: counts.pendingRedrive,
});

/** UpdateMapRun: what it is not asked for stays as it is. */
export function updateMapRun(account: Account, request: RequestOf<'UpdateMapRun'>): object {
  const { mapRunArn, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = request;
  const { run, root } = findMapRun(account, mapRunArn);
  if (run.update === undefined)
    throw validationException(`Map Run has already completed: '${mapRunArn}'`, 'CANNOT_UPDATE_COMPLETED_MAP_RUN');
  account.touched?.add(root);
  run.update({
    maxConcurrency: maxConcurrency ?? run.maxConcurrency,
    tolerance: {
      count: toleratedFailureCount ?? run.tolerance.count,
      percentage: toleratedFailurePercentage ?? run.tolerance.percentage,
    },
  });
  return {};
}

/** ListMapRuns, the latest first. */
export function listMapRuns(account: Account, request: RequestOf<'ListMapRuns'>): object {
  const { executionArn } = request;
  const execution = findExecution(account, executionArn);
  const { items, nextToken } = pageOf(
    request,
    execution.started
      .mapRuns()
      .map((run, sequence) => ({ run, sequence }))
      .reverse(),
    ({ sequence }) => sequence,
    ['ListMapRuns', executionArn],
    account.world.epochMs,
  );
  return {
    mapRuns: items.map(({ run }) => ({
      executionArn,
      mapRunArn: run.arn,
      stateMachineArn: execution.machine.arn,
      startDate: new Date(run.startMs),
      stopDate: dateOf(run.stopMs),
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** ListExecutions of a Map Run: its children, the latest first. */
export function listChildren(account: Account, request: RequestOf<'ListExecutions'> & { readonly mapRunArn: string }): object {
  const { mapRunArn, statusFilter, redriveFilter } = request;
  const { run } = findMapRun(account, mapRunArn);
  const { items, nextToken } = pageOf(
    request,
    [...run.children()].reverse(),
    ({ sequence }) => sequence,
    ['ListExecutions', undefined, mapRunArn, statusFilter, redriveFilter],
    account.world.epochMs,
    ({ status, redrives }) =>
      (statusFilter === undefined || status === statusFilter) &&
      (redriveFilter === undefined || redrives.count > 0 === (redriveFilter === 'REDRIVEN')),
  );
  const stateMachineArn = childMachineArn(run);
  return {
    executions: items.map((child) => listedChild(child, mapRunArn, stateMachineArn)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

const listedChild = (child: ShownChild, mapRunArn: string, stateMachineArn: string): object => ({
  executionArn: child.arn,
  stateMachineArn,
  name: child.name,
  status: child.status,
  startDate: new Date(child.startMs),
  stopDate: dateOf(child.stopMs),
  mapRunArn,
  itemCount: child.items,
  redriveCount: child.redrives.count,
  redriveDate: dateOf(child.redrives.lastMs),
});

const dateOf = (epochMs: number | undefined): Date | undefined => (epochMs === undefined ? undefined : new Date(epochMs));

function findMapRun(account: Account, mapRunArn: string): FoundMapRun {
  parseArn(mapRunArn, 'mapRun');
  const found = tryFindMapRun(account, mapRunArn);
  if (found === undefined) throw resourceNotFound(`Resource not found: '${mapRunArn}'`, mapRunArn);
  return found;
}
