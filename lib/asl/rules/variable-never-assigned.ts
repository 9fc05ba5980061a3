import { expressionsOf, variablesIn } from '../expressions-of';
import type { Reading } from '../shapes/visit';
import type { StateNode } from '../workflow';
import { findAssignments, type IsAssigned } from './assigned-variables';
import { workflow } from './example';
import { isLost } from './lost-path';
import type { Finding, Rule } from './rule';

const wait = (name: string) => ({ Type: 'Wait', Seconds: `{% $${name} %}`, End: true });

export const rule: Rule = {
  id: 'variable-never-assigned',
  summary: 'A variable is read that no state before has assigned',
  why: 'The state fails: States.Runtime in JSONPath, States.QueryEvaluationError in JSONata.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html',
  failing: {
    definition: workflow(
      { Plan: { Type: 'Pass', Assign: { delaySeconds: 5 }, Next: 'Delay' }, Delay: wait('delaySecond') },
      { QueryLanguage: 'JSONata' },
    ),
  },
  corrected: {
    definition: workflow(
      { Plan: { Type: 'Pass', Assign: { delaySeconds: 5 }, Next: 'Delay' }, Delay: wait('delaySeconds') },
      { QueryLanguage: 'JSONata' },
    ),
  },
  check: ({ nodes, flow }) => {
    const lost = flow.readings.filter((reading) => reading.root === 'variable' && isLost(reading));
    const seen = new Set(lost.map(({ position }) => position.pointer));
    const isAssigned = findAssignments();
    return [...lost.map(describe), ...nodes.flatMap((node) => neverAssigned(node, seen, isAssigned))];
  },
};

function describe({ text, position, presence, lost }: Reading): Finding {
  const isVariable = lost?.origin === 'the variables' || lost?.origin === undefined;
  return {
    at: position,
    message: isVariable
      ? `The variable in '${text}' is ${presence === 'missing' ? 'never assigned before' : 'not assigned on every way to this state'}`
      : `The path '${text}' leads nowhere: ${lost.origin} has no '${lost.key}'`,
    hint: 'assign it in a state before; what a state assigns is seen from the next state on, and inside a branch only there',
  };
}

/** Compiling is dear; most expressions read `$states` alone. */
const MAY_READ_VARIABLE = /\$(?!states\b)[\p{ID_Start}_]/u;

/** Variables in longer expressions, which are not followed: what no state that can be seen from here assigns is never there. */
function neverAssigned(node: StateNode, seen: ReadonlySet<string>, isAssigned: IsAssigned): readonly Finding[] {
  // What JSONPath reads is all followed.
  if (node.language === 'JSONPath') return [];
  return expressionsOf(node.source, node.language, node.position)
    .filter(({ text, position }) => !seen.has(position.pointer) && MAY_READ_VARIABLE.test(text))
    .flatMap((expression) =>
      [...new Set(variablesIn(expression))]
        .filter((name) => !isAssigned(name, node.scope))
        .map((name) => ({
          at: expression.position,
          message: `The variable '$${name}' is never assigned`,
          hint: 'assign it in a state before, or correct its name',
        })),
    );
}
