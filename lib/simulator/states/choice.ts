import type { ChoiceRule, ChoiceState, QueryLanguage } from '../../asl/types';
import { compileChoiceRule } from '../../expressions/choice-rule';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import type { Json, JsonObject } from '../../json/json';
import { type Branch, exit } from '../branch';
import { compileDataFlow, type StateOutcome } from '../data-flow/data-flow';
import { compileJsonataOutcome, statesScope } from '../data-flow/jsonata';
import type { ExitableState } from '../program';

/** Where a rule that holds leads, and what it hands on. */
interface Way {
  readonly next: string;
  readonly outcome: (branch: Branch, effectiveInput: Json) => StateOutcome;
}

/** The way of the first rule that holds. JSONPath reads the effective input. */
type FindWay = (branch: Branch) => Way | undefined;

/** Choice: goes where the first rule that holds leads. https://states-language.net/spec.html#choice-state */
export function compileChoice(name: string, state: ChoiceState, language: QueryLanguage): ExitableState {
  const flow = compileDataFlow(name, state, language, false);
  const findWay = language === 'JSONata' ? compileJsonataRules(state.Choices) : compileJsonPathRules(name, state);
  const { Default: otherwise } = state;
  const compiled: ExitableState = {
    name,
    type: 'Choice',
    entered: 'ChoiceStateEntered',
    exited: 'ChoiceStateExited',
    run(branch) {
      const effectiveInput = flow.input(branch);
      const way = findWay(branch);
      if (way !== undefined) {
        exit(branch, compiled, way.outcome(branch, effectiveInput), way.next);
        return undefined;
      }
      if (otherwise === undefined) {
        // The specification names States.NoChoiceMatched; two independent recordings say this.
        throw new EvaluationError(
          'States.Runtime',
          'Failed to transition out of the state. The state does not point to a next state.',
        );
      }
      // The state's own Output and Assign are those of the Default.
      exit(branch, compiled, flow.output(branch, effectiveInput), otherwise);
      return undefined;
    },
  };
  return compiled;
}

/** A rule's Assign takes the place of the state's. */
function compileJsonPathRules(name: string, { Assign: _ofState, ...state }: ChoiceState): FindWay {
  const rules = state.Choices.map((rule) => ({
    holds: compileChoiceRule(rule as JsonObject),
    next: rule.Next,
    outcome: compileDataFlow(name, { ...state, Assign: rule.Assign }, 'JSONPath', false).output,
  }));
  return ({ scope }) => {
    for (const rule of rules) if (rule.holds(scope)) return rule;
    return undefined;
  };
}

function compileJsonataRules(choices: readonly ChoiceRule[]): FindWay {
  const rules = choices.map((rule, index) => {
    const where = `Choices[${index}]/`;
    const { Condition: condition } = rule;
    const outcome = compileJsonataOutcome(rule, where);
    return {
      holds: isJsonata(condition) ? compileJsonataField(condition, `${where}Condition`, 'boolean') : () => condition === true,
      next: rule.Next,
      outcome: (branch: Branch, effectiveInput: Json) => outcome(statesScope(branch), effectiveInput),
    };
  });
  return (branch) => {
    const scope = statesScope(branch);
    for (const rule of rules) if (rule.holds(scope)) return rule;
    return undefined;
  };
}
