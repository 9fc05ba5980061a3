import { compileChoiceRule } from '../../expressions/choice-rule';
import type { ChoiceState } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import { exit } from '../branch';
import { compileFilter } from '../data-flow';
import type { ExitableState } from '../program';

/** Choice: goes where the first rule that holds leads. https://states-language.net/spec.html#choice-state */
export function compileChoice(name: string, state: ChoiceState): ExitableState {
  const inputFilter = compileFilter(state.InputPath);
  const outputFilter = compileFilter(state.OutputPath);
  const rules = state.Choices.map((rule) => ({ holds: compileChoiceRule(rule as never), next: rule.Next }));
  const compiled: ExitableState = {
    name,
    type: 'Choice',
    entered: 'ChoiceStateEntered',
    exited: 'ChoiceStateExited',
    run(branch) {
      const { scope, frame } = branch;
      scope.input = frame.input;
      inputFilter(scope);
      const next = rules.find(({ holds }) => holds(scope))?.next ?? state.Default;
      if (next === undefined) {
        // The specification names States.NoChoiceMatched; two independent recordings say this.
        throw new EvaluationError(
          'States.Runtime',
          'Failed to transition out of the state. The state does not point to a next state.',
        );
      }
      exit(branch, compiled, outputFilter(scope), next);
    },
  };
  return compiled;
}
