import type { ParallelState } from '../../asl/types';
import type { Json } from '../../json/json';
import { type Branch, record, recordAside } from '../branch';
import { compileInput, compileOutput } from '../data-flow';
import type { Routine } from '../effects';
import { joinBranches } from '../join-branches';
import { withPolicies } from '../policies';
import type { ExitableState, Program } from '../program';
import { SimulatorError } from '../simulator-error';

/** Parallel: branches that run at once, each with the same input. https://states-language.net/spec.html#parallel-state */
export function compileParallel(name: string, state: ParallelState, programs: readonly Program[]): ExitableState {
  const input = compileInput(name, state);
  const output = compileOutput(state);
  const program = (index: number): Program => programs[index] as Program;

  function* attempt(branch: Branch): Routine<Json> {
    const { frame } = branch;
    for (;;) {
      const { step } = frame;
      switch (step.at) {
        case 'entered': {
          const effectiveInput = input(branch, frame.input);
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
      {
        attempt,
        output: ({ scope, frame }, result) => output(scope, frame.input, result),
        failed: (branch, { error, cause, heartbeat }) =>
          record(branch, { at: 'stateFailed', error, cause, heartbeat }, 'ParallelStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}
