import type { ParallelState, QueryLanguage } from '../../asl/types';
import type { Json } from '../../json/json';
import { type Branch, record, recordAside } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import type { Routine } from '../effects';
import { joinBranches } from '../join-branches';
import { withPolicies } from '../policies';
import type { ExitableState, Program } from '../program';
import { SimulatorError } from '../simulator-error';

/** Parallel: branches that run at once, each with the same input. https://states-language.net/spec.html#parallel-state */
export function compileParallel(
  name: string,
  state: ParallelState,
  language: QueryLanguage,
  programs: readonly Program[],
): ExitableState {
  const flow = compileDataFlow(name, state, language, true);
  const program = (index: number): Program => programs[index] as Program;

  function* attempt(branch: Branch): Routine<Json> {
    const { frame } = branch;
    for (;;) {
      const { step } = frame;
      switch (step.at) {
        case 'entered': {
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
          continue;
        }
        case 'branches': {
          const result = yield* joinBranches(branch, step, {
            count: programs.length,
            program,
            input: () => step.effectiveInput,
            item: () => frame.item,
            iterationsOf: undefined,
          });
          recordAside(branch, { at: 'succeeded', result }, 'ParallelStateSucceeded', undefined);
          return result;
        }
        case 'succeeded':
          return step.result;
        default:
          throw new SimulatorError(`The frame of the Parallel "${name}" stands at "${step.at}", where no Parallel can stand.`);
      }
    }
  }

  const compiled: ExitableState = {
    name,
    type: 'Parallel',
    entered: 'ParallelStateEntered',
    exited: 'ParallelStateExited',
    nested: { program, iterationsOf: undefined },
    routine: withPolicies(
      state,
      language,
      {
        attempt,
        flow,
        failed: (branch, { error, cause, heartbeat }, at) =>
          record(branch, { at, error, cause, heartbeat }, 'ParallelStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}
