import { newBranch, newFrame } from '../branch';
import type { Execution } from '../execution';
import type { Program } from '../program';
import { MapRun } from './map-run';
import type { MapRunPlan } from './plan';

/** Goes on with the Map Runs of an execution that was cut which outlive the branches that had begun them: they come to their ends by themselves. */
export function reviveHalted(execution: Execution): void {
  const { machine, restingMapRuns, variables } = execution;
  for (const saved of restingMapRuns) {
    if (saved.end !== undefined || saved.halted === undefined) continue;
    const plan = findPlan(machine.program, saved.state);
    if (plan === undefined) continue;
    const frame = { ...newFrame(saved.state, saved.effectiveInput, 0, variables, undefined) };
    execution.mapRuns.push(MapRun.resume(newBranch(execution, machine.program, frame, true), plan, saved));
  }
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
