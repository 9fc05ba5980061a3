import type { JsonObject } from '../../json/json';
import { expressionsOf } from '../expressions-of';
import { edgesOf, type StateNode } from '../workflow';
import { catchersOf } from './error-names';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const handle = (cause: JsonObject) =>
  workflow({
    Charge: { ...invoke('charge'), Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Explain' }], End: true },
    Explain: { Type: 'Pass', Parameters: cause, Next: 'Failed' },
    Failed: { Type: 'Fail', Error: 'ChargeFailed' },
  });

export const rule: Rule = {
  id: 'cause-parsed-as-json',
  summary: 'The Cause of any error is parsed as JSON',
  why: 'The Cause of a failed function is JSON text; that of a service error is plain text, and a timeout has none: the error handler dies with an error of its own.',
  source:
    'https://github.com/opensupplyhub/open-apparel-registry/pull/1193 · https://github.com/sam-goodwin/functionless/issues/139',
  failing: { definition: handle({ 'cause.$': 'States.StringToJson($.error.Cause)' }) },
  corrected: { definition: handle({ 'cause.$': '$.error' }) },
  check: ({ nodes }) => {
    const handlers = new Set(nodes.flatMap((node) => handlersOf(node)));
    const mayParse = nodes.filter((node) => (node.language === 'JSONata' ? catchersOf(node).length > 0 : handlers.has(node)));
    return mayParse.flatMap((node) =>
      expressionsOf(node.source, node.language, node.position)
        .filter(({ text, position }) =>
          node.language === 'JSONata'
            ? /\$parse\(\s*\$states\.errorOutput\.Cause\s*\)/.test(text) && isInCatchAll(node, position.pointer)
            : /States\.StringToJson\(\s*\$[^,)]*\.Cause\s*\)/.test(text),
        )
        .map(({ position }) => ({
          at: position,
          message: 'The Cause is parsed as JSON, and not every error that gets here has one that is JSON',
          hint: 'catch the errors of the function by name and parse only theirs, or hand the Error Output on as it is',
        })),
    );
  },
};

/** Names under which errors come whose Cause is no JSON. */
const ANY = ['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout'];

/** The states that any error may lead to, without another state in between that could test it. */
function handlersOf(node: StateNode): readonly StateNode[] {
  return edgesOf(node).flatMap(({ via, index, target }) => {
    const catcher = via === 'Catch' ? catchersOf(node)[index] : undefined;
    if (catcher === undefined || !catcher.ErrorEquals.some((name) => ANY.includes(name))) return [];
    const handlers: StateNode[] = [];
    let next = node.scope.nodes.get(target);
    while (next !== undefined && !handlers.includes(next) && next.state.Type !== 'Choice') {
      handlers.push(next);
      const [way, ...others] = edgesOf(next).filter((edge) => edge.via === 'Next');
      next = way === undefined || others.length > 0 ? undefined : node.scope.nodes.get(way.target);
    }
    return handlers;
  });
}

function isInCatchAll(node: StateNode, pointer: string): boolean {
  return catchersOf(node).some(
    ({ ErrorEquals }, index) =>
      pointer.startsWith(`${node.position.pointer}/Catch/${index}/`) && ErrorEquals.some((name) => ANY.includes(name)),
  );
}
