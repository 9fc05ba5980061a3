import type { PassState, QueryLanguage } from '../../asl/types';
import { exit } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import type { ExitableState } from '../program';

/** Pass: hands on its effective input, or `Result`. https://states-language.net/spec.html#pass-state */
export function compilePass(name: string, state: PassState, language: QueryLanguage): ExitableState {
  const flow = compileDataFlow(name, state, language, false);
  const { Result: literal } = state;
  const compiled: ExitableState = {
    name,
    type: 'Pass',
    entered: 'PassStateEntered',
    exited: 'PassStateExited',
    run(branch) {
      const effectiveInput = flow.input(branch);
      exit(branch, compiled, flow.output(branch, literal === undefined ? effectiveInput : literal), state.Next);
      return undefined;
    },
  };
  return compiled;
}
