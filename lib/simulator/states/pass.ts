import type { PassState } from '../../asl/types';
import { exit } from '../branch';
import { compileFilter, compileInput, compileResultPath } from '../data-flow';
import type { ExitableState } from '../program';

/** Pass: hands on its effective input, or `Result`. https://states-language.net/spec.html#pass-state */
export function compilePass(name: string, state: PassState): ExitableState {
  const input = compileInput(name, state);
  const place = compileResultPath(state.ResultPath);
  const filter = compileFilter(state.OutputPath);
  const { Result: literal } = state;
  const compiled: ExitableState = {
    name,
    type: 'Pass',
    entered: 'PassStateEntered',
    exited: 'PassStateExited',
    run(branch) {
      const { scope, frame } = branch;
      const effective = input(branch, frame.input);
      scope.input = place(frame.input, literal === undefined ? effective : literal);
      exit(branch, compiled, filter(scope), state.Next);
    },
  };
  return compiled;
}
