import type { SucceedState } from '../../asl/types';
import { exit } from '../branch';
import { compileFilter } from '../data-flow';
import type { ExitableState } from '../program';

/** Succeed: ends its branch. https://states-language.net/spec.html#succeed-state */
export function compileSucceed(name: string, state: SucceedState): ExitableState {
  const inputFilter = compileFilter(state.InputPath);
  const outputFilter = compileFilter(state.OutputPath);
  const compiled: ExitableState = {
    name,
    type: 'Succeed',
    entered: 'SucceedStateEntered',
    exited: 'SucceedStateExited',
    run(branch) {
      const { scope, frame } = branch;
      scope.input = frame.input;
      inputFilter(scope);
      exit(branch, compiled, outputFilter(scope), undefined);
    },
  };
  return compiled;
}
