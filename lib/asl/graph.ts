import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import type { Place } from './place';

interface Edge {
  readonly target: string;
  readonly place: Place;
}

/** Checks how the states of one `States` map lead to each other: targets exist, all are reached, one is terminal. */
export function checkGraph(startAt: string, states: JsonObject, place: Place): void {
  const known = (edge: Edge): boolean => {
    if (Object.hasOwn(states, edge.target)) return true;
    // AWS says 'Next' whatever the field is called (recorded by others for Default, Catch and Choices).
    edge.place.refuse(
      `Missing 'Next' target: ${edge.target}`,
      `the states here are ${Object.keys(states).join(', ')}`,
      'MISSING_TRANSITION_TARGET',
    );
    return false;
  };
  const edges = new Map(
    Object.entries(states).map(([name, state]) => [name, edgesOf(state, place.member('States').member(name)).filter(known)]),
  );
  if (!known({ target: startAt, place: place.member('StartAt') })) return;

  const reached = new Set<string>();
  const pending = [startAt];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const edge of edges.get(name) ?? []) pending.push(edge.target);
  }
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) {
      place
        .member('States')
        .member(name)
        .refuse(`State "${name}" is not reachable.`, 'no Next, Default or Catch leads here', 'MISSING_TRANSITION_TARGET');
    }
  }
  if (![...reached].some((name) => isTerminal(states[name]))) {
    place.refuse('Workflow has no terminal state', 'add "End": true, a Succeed or a Fail state', 'MISSING_END_STATE');
  }
}

const isTerminal = (state: Json | undefined): boolean =>
  isObject(state) && (state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail');

/** Where a state can lead to; also says where it must lead and does not. */
function edgesOf(state: Json, place: Place): Edge[] {
  if (!isObject(state)) return [];
  const edges: Edge[] = [];
  const add = (target: Json | undefined, at: Place): void => {
    if (typeof target === 'string') edges.push({ target, place: at });
  };
  switch (state['Type']) {
    case 'Choice':
      if (isArray(state['Choices'])) {
        state['Choices'].forEach(
          (rule, index) => isObject(rule) && add(rule['Next'], place.member('Choices').element(index).member('Next')),
        );
      }
      add(state['Default'], place.member('Default'));
      break;
    case 'Task':
    case 'Parallel':
    case 'Map':
    case 'Pass':
    case 'Wait': {
      const end = state['End'];
      const hasNext = Object.hasOwn(state, 'Next');
      if (hasNext && end === true) place.refuse('You cannot specify both Next and End', 'keep one of them');
      if (!hasNext && end !== true)
        place.refuse('These fields are required: [Next] or [End]', 'say where the state goes on: "Next": …, or "End": true');
      add(state['Next'], place.member('Next'));
      break;
    }
    default:
  }
  if (isArray(state['Catch'])) {
    state['Catch'].forEach(
      (catcher, index) => isObject(catcher) && add(catcher['Next'], place.member('Catch').element(index).member('Next')),
    );
  }
  return edges;
}
