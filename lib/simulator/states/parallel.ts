import type { ParallelState, QueryLanguage } from '../../asl/types';
import { record } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import { failedStep } from '../frame';
import { type Branches, joinBranches } from '../join-branches';
import { type Attempt, withPolicies } from '../policies';
import type { ExitableState, Program } from '../program';

/** Parallel: branches that run at once, each with the same input. https://states-language.net/spec.html#parallel-state */
export function compileParallel(
  name: string,
  state: ParallelState,
  language: QueryLanguage,
  programs: readonly Program[],
): ExitableState {
  const flow = compileDataFlow(name, state, language, true);
  const program = (index: number): Program => programs[index] as Program;

  const attempt: Attempt = (branch, heard) => {
    const { frame } = branch;
    if (frame.step.at === 'entered') {
      const effectiveInput = flow.input(branch);
      record(
        branch,
        {
          at: 'branches',
          items: undefined,
          effectiveInput,
          frames: [],
          nextPreviousEventId: branch.execution.history.lastId + 1,
          limit: programs.length,
          failedIndex: undefined,
        },
        'ParallelStateStarted',
        undefined,
      );
    }
    const { step } = frame;
    if (step.at !== 'branches') return undefined;
    const branches: Branches = {
      count: programs.length,
      program,
      input: () => step.effectiveInput,
      item: () => frame.item,
      iterationsOf: undefined,
    };
    return joinBranches(branch, step, branches, heard, 'ParallelStateSucceeded');
  };

  const compiled: ExitableState = {
    name,
    type: 'Parallel',
    entered: 'ParallelStateEntered',
    exited: 'ParallelStateExited',
    nested: { program, iterationsOf: undefined },
    run: withPolicies(
      state,
      language,
      {
        attempt,
        flow,
        failed: (branch, failure, at) =>
          record(branch, failedStep(at, failure, branch.frame.step), 'ParallelStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}
