import { edgesOf, isTerminal, type StateNode } from '../workflow';
import { catchersOf, isCatchAll } from './error-names';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const ship = (next: string) =>
  workflow({
    Ship: { ...invoke('ship'), Catch: [{ ErrorEquals: ['States.ALL'], Next: next }], Next: 'Done' },
    Done: { Type: 'Succeed' },
    ...(next === 'Done' ? {} : { Failed: { Type: 'Fail', Error: 'ShippingFailed' } }),
  });

export const rule: Rule = {
  id: 'error-swallowed',
  summary: 'A Catcher takes every error and leads to success, where nothing is left of it',
  why: 'The execution is SUCCEEDED, ExecutionsFailed stays at 0, and nobody learns that the work was not done.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  failing: { definition: ship('Done') },
  corrected: { definition: ship('Failed') },
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      edgesOf(node).flatMap((edge) => {
        const catcher = edge.via === 'Catch' ? catchersOf(node)[edge.index] : undefined;
        const target = node.scope.nodes.get(edge.target);
        if (catcher === undefined || target === undefined || !catcher.ErrorEquals.some(isCatchAll)) return [];
        // "ResultPath": null, an Output or an Assign say that the author has thought of the error.
        const isMeant = catcher.ResultPath !== undefined || catcher.Output !== undefined || catcher.Assign !== undefined;
        if (isMeant || !endsQuietly(target, new Set())) return [];
        return [
          {
            at: edge.position,
            message: `Every error of "${node.name}" ends in success at "${target.name}"`,
            hint: 'lead it to a Fail state, or tell somebody; if the error does not matter, say so with "ResultPath": null',
          },
        ];
      }),
    ),
};

/** Fields with which a state says something of its own: a result in place of the one that failed. */
const SAYS_SOMETHING = ['Result', 'Parameters', 'Output', 'Assign'];

/** Words of a result that tell that not all went well, or that something stands in for what is missing. */
const TELLS =
  /fail|error|cause|reject|declin|den[iy]|refus|invalid|unavail|unknown|missing|skip|default|fallback|cancel|abort|compensat|rolled|time|retr|partial|degraded|pending|manual|review|handl|caught|recover|problem|issue|alert|escalat|dead|refund|revers|undo|clean|wrong|warn|\bno\b|not|false|null|\[\]|\{\}|""|\b[45]\d\d\b/i;

/** True for a state that tells of the error, or hands something on in place of the result. A constant that is all well does neither. */
const saysSomething = ({ source, scope }: StateNode): boolean =>
  SAYS_SOMETHING.some((field) => {
    const content = source[field];
    if (content === undefined) return false;
    const text = JSON.stringify(content);
    // What a branch or an iteration ends with goes on being looked at.
    return scope.kind !== 'machine' || field === 'Assign' || /\.\$":|\{%/.test(text) || TELLS.test(text);
  });

/** True if nothing but Pass, Wait and Succeed comes from here on, and none of them says anything. */
function endsQuietly(node: StateNode, seen: Set<StateNode>): boolean {
  const { Type: type } = node.state;
  if (seen.has(node) || (type !== 'Pass' && type !== 'Wait' && type !== 'Succeed')) return false;
  if (saysSomething(node)) return false;
  if (isTerminal(node)) return true;
  seen.add(node);
  return edgesOf(node).every(({ target }) => {
    const next = node.scope.nodes.get(target);
    return next !== undefined && endsQuietly(next, seen);
  });
}
