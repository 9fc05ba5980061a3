import type { StateNode } from '../workflow';
import { closed, type ObjectShape, text } from './shape';

/** Names under which errors come whose Cause is no JSON: it is text, or a timeout has none. */
const ANY = ['States.ALL', 'States.TaskFailed', 'States.Timeout', 'States.HeartbeatTimeout'];

/** Names that take a timeout. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const TIMEOUTS = ['States.ALL', 'States.Timeout', 'States.HeartbeatTimeout'];

const LIMITS = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];

/** What a Catcher for these errors hands on. What the failure does not have is null (recorded). */
export function errorOutputOf(node: StateNode, names: readonly string[]): ObjectShape {
  const orNull = names.some((name) => TIMEOUTS.includes(name)) ? causelessIn(node) : undefined;
  const cause = text({
    ...(names.some((name) => ANY.includes(name)) ? { holds: 'cause' } : {}),
    ...(orNull === undefined ? {} : { orNull }),
  });
  return closed({ Error: text(), Cause: cause }, `the Error Output of "${node.name}"`);
}

/** Why an error of a state may have no Cause; undefined where each has one. */
function causelessIn(node: StateNode): string | undefined {
  const { name, state, source, inside } = node;
  if (state.Type === 'Task') {
    return LIMITS.some((field) => source[field] !== undefined) ? `when "${name}" times out there is no Cause` : undefined;
  }
  if (state.Type === 'Fail') {
    return source['Cause'] === undefined && source['CausePath'] === undefined ? `"${name}" fails without a Cause` : undefined;
  }
  // The failures of a Distributed Map's children end the Map with a cause of its own.
  const inner = inside.filter(({ kind }) => kind !== 'children').flatMap(({ nodes }) => [...nodes.values()]);
  for (const one of inner) {
    const why = takesTimeouts(one) ? undefined : causelessIn(one);
    if (why !== undefined) return why;
  }
  return undefined;
}

const takesTimeouts = ({ state }: StateNode): boolean =>
  'Catch' in state && (state.Catch ?? []).some(({ ErrorEquals }) => ErrorEquals.some((name) => TIMEOUTS.includes(name)));
