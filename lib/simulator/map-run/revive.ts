import { newBranch, newFrame } from '../branch';
import type { Execution } from '../execution';
import type { Frame } from '../frame';
import type { Program } from '../program';
import { MapRun } from './map-run';
import type { MapRunPlan } from './plan';

/** Goes on with the Map Runs of an execution that was cut which outlive the branches that had begun them: they come to their ends by themselves. */
export function reviveHalted(execution: Execution): void {
  const { machine, restingMapRuns, top } = execution;
  const waitedFor = new Set(mapRunsIn(top));
  for (const saved of restingMapRuns) {
    if (saved.end !== undefined || waitedFor.has(saved.arn)) continue;
    const plan = findPlan(machine.program, saved.state);
    if (plan === undefined) continue;
    const frame = newFrame(saved.state, saved.effectiveInput, 0, top.variables, undefined);
    const halted = saved.halted ?? 'aborted';
    execution.addMapRun(MapRun.resume(newBranch(execution, machine.program, frame, true), plan, { ...saved, halted }));
  }
}

/** Map Runs that a branch waits for. What has failed cuts its other branches off: they wait for nothing. */
function mapRunsIn({ step }: Frame): readonly string[] {
  if (step.at === 'mapRun') return [step.mapRunArn];
  return step.at === 'branches' && step.failedIndex === undefined ? step.frames.flatMap(mapRunsIn) : [];
}

function findPlan({ states }: Program, name: string): MapRunPlan | undefined {
  for (const { mapRun, nested } of states.values()) {
    if (mapRun?.state === name) return mapRun;
    for (let index = 0; nested !== undefined; index++) {
      // Of a Parallel there are so many.
      const inner = nested.program(index) as Program | undefined;
      const found = inner === undefined ? undefined : findPlan(inner, name);
      if (found !== undefined) return found;
      // All iterations of a Map have the same.
      if (inner === undefined || nested.iterationsOf !== undefined) break;
    }
  }
  return undefined;
}
