import { renderJson } from '../../json/render-json';
import type { Execution } from '../../simulator/execution';
import { type ShownChild, type ShownMapRun, shownMapRuns } from '../../simulator/map-run/shown-map-run';
import type { Account, DescribedExecution } from './account';

/** A Map Run, and the execution that it belongs to: one that was started, or another Map Run's child. */
export interface FoundMapRun {
  readonly run: ShownMapRun;
  readonly owner: DescribedExecution;
  /** ARN of the execution that is nobody's child. */
  readonly root: string;
}

/** A Map Run by its ARN. */
export function tryFindMapRun(account: Account, arn: string): FoundMapRun | undefined {
  for (const found of mapRunsTowards(account, pathOf(arn))) if (found.run.arn === arn) return found;
  return undefined;
}

/** The Standard child of a Map Run: one that runs, or is among the latest that have ended. */
export function tryFindChild(account: Account, arn: string): DescribedExecution | undefined {
  for (const { run, owner } of mapRunsTowards(account, pathOf(arn))) {
    const child = run.children().find((one) => one.arn === arn);
    if (child?.execution !== undefined) return childExecution(owner, run, child, child.execution);
  }
  return undefined;
}

/** Something of an execution, or of a child, has changed: the execution that it belongs to is to be saved. */
export function touchExecution(account: Account, arn: string): void {
  if (account.touched === undefined) return;
  if (account.executions.has(arn)) account.touched.add(arn);
  else for (const { root } of mapRunsTowards(account, pathOf(arn))) account.touched.add(root);
}

/** Name of the state machine, and labels of Map states: Map Runs have them in their ARNs, and so have their children. */
const pathOf = (arn: string): string => arn.split(':')[6] ?? '';

/** The ARN of what a Map Run's children are executions of. */
export const childMachineArn = ({ arn }: ShownMapRun): string =>
  arn.slice(0, arn.lastIndexOf(':')).replace(':mapRun:', ':stateMachine:');

/** All Map Runs with that path. */
function* mapRunsTowards(account: Account, path: string): Generator<FoundMapRun> {
  for (const record of account.executions.values())
    if (path.startsWith(`${record.machine.name}/`)) yield* mapRunsWithin(record, path, record.arn);
}

function* mapRunsWithin(owner: DescribedExecution, path: string, root: string): Generator<FoundMapRun> {
  for (const run of owner.started.mapRuns()) {
    const own = pathOf(run.arn);
    if (own === path) yield { run, owner, root };
    else if (path.startsWith(`${own}/`))
      for (const child of run.children())
        if (child.execution !== undefined) yield* mapRunsWithin(childExecution(owner, run, child, child.execution), path, root);
  }
}

function childExecution(
  owner: DescribedExecution,
  run: ShownMapRun,
  child: ShownChild,
  execution: Execution,
): DescribedExecution {
  const arn = childMachineArn(run);
  const name = pathOf(arn);
  return {
    arn: child.arn,
    name: child.name,
    machine: { arn, name, status: owner.machine.status },
    revision: owner.revision,
    versionArn: undefined,
    aliasArn: undefined,
    input: renderJson(execution.input),
    traceHeader: undefined,
    startDate: new Date(child.startMs),
    refusal: undefined,
    started: {
      ending: () => execution.ending,
      recorded: () => execution.history.recorded,
      redrives: () => execution.redrives,
      mapRuns: () => shownMapRuns(execution),
      stop: (error, cause) => execution.abort(error, cause),
    },
    child: {
      mapRunArn: run.arn,
      label: name.slice(name.lastIndexOf('/') + 1),
      isWaiting: child.status === 'PENDING_REDRIVE',
    },
  };
}
