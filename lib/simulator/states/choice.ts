import type { ChoiceRule, ChoiceState, QueryLanguage } from '../../asl/types';
import { compileChoiceRule } from '../../expressions/choice-rule';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import type { Json, JsonObject } from '../../json/json';
import { type Branch, exit } from '../branch';
import { compileDataFlow, type DataFlow, type Outcome } from '../data-flow/data-flow';
import { compileJsonPathAssign } from '../data-flow/json-path';
import { compileJsonataOutcome, statesScope } from '../data-flow/jsonata';
import type { ExitableState } from '../program';

interface CompiledRule {
  readonly next: string;
  /** Reads the effective input. */
  readonly holds: (branch: Branch) => boolean;
  readonly outcome: (branch: Branch, effectiveInput: Json) => Outcome;
}

/** Choice: goes where the first rule that holds leads. https://states-language.net/spec.html#choice-state */
export function compileChoice(name: string, state: ChoiceState, language: QueryLanguage): ExitableState {
  const flow = compileDataFlow(name, state, language, false);
  const rules = state.Choices.map((rule, index) =>
    language === 'JSONata' ? compileJsonataRule(rule, index) : compileJsonPathRule(rule, flow),
  );
  const { Default: otherwise } = state;
  const compiled: ExitableState = {
    name,
    type: 'Choice',
    entered: 'ChoiceStateEntered',
    exited: 'ChoiceStateExited',
    run(branch) {
      const effectiveInput = flow.input(branch);
      const rule = rules.find(({ holds }) => holds(branch));
      if (rule !== undefined) {
        exit(branch, compiled, rule.outcome(branch, effectiveInput), rule.next);
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

/** Its Assign takes the place of the state's. */
function compileJsonPathRule(rule: ChoiceRule, flow: DataFlow): CompiledRule {
  const test = compileChoiceRule(rule as JsonObject);
  const assign = compileJsonPathAssign(rule['Assign']);
  return {
    next: rule.Next,
    holds: ({ scope }) => test(scope),
    outcome(branch, effectiveInput) {
      const assigned = assign?.(branch.scope, effectiveInput);
      return { ...flow.output(branch, effectiveInput), assigned };
    },
  };
}

function compileJsonataRule(rule: ChoiceRule, index: number): CompiledRule {
  const where = `Choices[${index}]/`;
  const { Condition: condition } = rule;
  const holds = isJsonata(condition) ? compileJsonataField(condition, `${where}Condition`, 'boolean') : () => condition === true;
  const outcome = compileJsonataOutcome(rule, where);
  return {
    next: rule.Next,
    holds: (branch) => holds(statesScope(branch)),
    outcome: (branch, effectiveInput) => outcome(statesScope(branch), effectiveInput),
  };
}
