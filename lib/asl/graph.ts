import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import type { Place } from './place';

interface Edge {
  readonly target: string;
  readonly place: Place;
}

/**
 * Checks how the states of one `States` map lead to each other: targets exist, all are reached, and one of the machine's is terminal.
 * Measured: github.com/floci-io/floci/issues/2735.
 * @param isMachine false for a branch or an item processor, in which AWS does not ask for a terminal state
 */
export function checkGraph(startAt: Json | undefined, states: JsonObject, place: Place, isMachine: boolean): void {
  const known = (edge: Edge): boolean => {
    if (Object.hasOwn(states, edge.target)) return true;
    // AWS says 'Next' whatever the field is called.
    edge.place.refuse(
      `Missing 'Next' target: ${edge.target}`,
      `the states here are ${Object.keys(states).join(', ')}`,
      'MISSING_TRANSITION_TARGET',
    );
    return false;
  };
  const starts = typeof startAt === 'string' && known({ target: startAt, place: place.member('StartAt') }) ? [startAt] : [];
  const edges = new Map(
    Object.entries(states).map(([name, state]) => [name, edgesOf(state, place.member('States').member(name)).filter(known)]),
  );
  // Without a terminal state AWS says nothing of what is not reached.
  if (isMachine && !Object.values(states).some(isTerminal))
    return place.refuseWithoutLocation(
      'Workflow has no terminal state',
      'add "End": true, a Succeed or a Fail state',
      'MISSING_END_STATE',
    );
  const reached = new Set<string>();
  const pending = starts;
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const edge of edges.get(name) ?? []) pending.push(edge.target);
  }
  for (const name of Object.keys(states)) {
    if (!reached.has(name))
      place
        .member('States')
        .member(name)
        .refuse(`State "${name}" is not reachable.`, 'no Next, Default or Catch leads here', 'MISSING_TRANSITION_TARGET');
  }
}

const isTerminal = (state: Json): boolean =>
  isObject(state) &&
  Object.hasOwn(state, 'Type') &&
  (state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail');

/** Where a state can lead to. */
function edgesOf(state: Json, place: Place): Edge[] {
  if (!isObject(state)) return [];
  const edges: Edge[] = [];
  const add = (target: Json | undefined, at: Place): void => {
    if (typeof target === 'string') edges.push({ target, place: at });
  };
  if (state['Type'] !== 'Choice') add(state['Next'], place.member('Next'));
  for (const field of ['Choices', 'Catch']) {
    const list = state[field];
    if (isArray(list))
      list.forEach(
        (element, index) => isObject(element) && add(element['Next'], place.member(field).element(index).member('Next')),
      );
  }
  if (state['Type'] === 'Choice') add(state['Default'], place.member('Default'));
  return edges;
}
