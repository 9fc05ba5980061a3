import type { QueryLanguage, SucceedState } from '../../asl/types';
import { exit } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import type { ExitableState } from '../program';

/** Succeed: ends its branch. https://states-language.net/spec.html#succeed-state */
export function compileSucceed(name: string, state: SucceedState, language: QueryLanguage): ExitableState {
  const flow = compileDataFlow(name, state, language, false);
  const compiled: ExitableState = {
    name,
    type: 'Succeed',
    entered: 'SucceedStateEntered',
    exited: 'SucceedStateExited',
    run(branch) {
      exit(branch, compiled, flow.output(branch, flow.input(branch)), undefined);
      return undefined;
    },
  };
  return compiled;
}
