import type { State, StateMachine, States, StateType } from '../asl/types';
import { renderChoiceRule } from './choice-label';

/** The states on one level, and where they go on. */
export interface StateGraph {
  /** JSON pointer of the states' container in the definition: '' for the machine, `/States/P/Branches/0` for a branch. */
  readonly pointer: string;
  /** In the order of the definition. */
  readonly nodes: readonly StateNode[];
  readonly edges: readonly StateEdge[];
}

/** One state. */
export interface StateNode {
  /** JSON pointer of the state: the same name in two branches gives two ids. */
  readonly id: string;
  readonly name: string;
  readonly type: StateType;
  readonly state: State;
  /** A Parallel's branches, a Map's ItemProcessor; empty for the other types. */
  readonly parts: readonly StateGraph[];
}

/** The id of the beginning and of the end of a level, in `from` and `to`. No state has it: those begin with `/`. */
export const START = 'start';
/** See `START`. */
export const END = 'end';

/**
 * `choice` edges are a Choice's rules in order, `default` its Default, `catch` a Catcher. `end` leads to `END`, from a state with
 * `End: true` and from Succeed. A Fail state leads nowhere.
 */
export interface StateEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'start' | 'next' | 'choice' | 'default' | 'catch' | 'end';
  /** A rule as a formula, `Default`, the error names of a Catcher; '' for the other kinds. */
  readonly label: string;
}

/**
 * The graph of a state machine that has been through `parse`.
 *
 * @throws Error if a state goes on to one that is not there
 */
export function graphOf(stateMachine: StateMachine): StateGraph {
  return graphAt(stateMachine, '');
}

function graphAt(states: States, pointer: string): StateGraph {
  const entries = Object.entries(states.States);
  const ids = new Map(entries.map(([name]) => [name, `${pointer}/States/${escapePointer(name)}`]));
  const idOf = (name: string, field: string): string => {
    const id = ids.get(name);
    if (id === undefined) {
      throw new Error(
        `${pointer}${field} is ${JSON.stringify(name)}, and there is no such state beside it. Point it to one of: ${[...ids.keys()].join(', ')}`,
      );
    }
    return id;
  };
  const edges: StateEdge[] = [{ from: START, to: idOf(states.StartAt, '/StartAt'), kind: 'start', label: '' }];
  const nodes: StateNode[] = [];
  for (const [name, state] of entries) {
    const id = idOf(name, '');
    nodes.push({ id, name, type: state.Type, state, parts: partsOf(state, id) });
    const at = id.slice(pointer.length);
    edges.push(
      ...onward(state).map(({ to, field, ...edge }) => ({
        from: id,
        to: to === undefined ? END : idOf(to, at + field),
        ...edge,
      })),
    );
  }
  return { pointer, nodes, edges };
}

function partsOf(state: State, id: string): StateGraph[] {
  if (state.Type === 'Parallel') return state.Branches.map((branch, index) => graphAt(branch, `${id}/Branches/${index}`));
  if (state.Type === 'Map') return [graphAt(state.ItemProcessor, `${id}/ItemProcessor`)];
  return [];
}

/** `to` undefined: the end of the level. `field`: the JSON pointer, from the state, of what says so. */
interface Onward extends Pick<StateEdge, 'kind' | 'label'> {
  readonly to: string | undefined;
  readonly field: string;
}

function onward(state: State): Onward[] {
  switch (state.Type) {
    case 'Fail':
      return [];
    case 'Succeed':
      return [{ to: undefined, field: '', kind: 'end', label: '' }];
    case 'Choice': {
      const rules = state.Choices.map((rule, index): Onward => {
        return { to: rule.Next, field: `/Choices/${index}/Next`, kind: 'choice', label: renderChoiceRule(rule) };
      });
      if (state.Default === undefined) return rules;
      return [...rules, { to: state.Default, field: '/Default', kind: 'default', label: 'Default' }];
    }
    case 'Task':
    case 'Parallel':
    case 'Map': {
      const catchers = (state.Catch ?? []).map((catcher, index): Onward => {
        return { to: catcher.Next, field: `/Catch/${index}/Next`, kind: 'catch', label: catcher.ErrorEquals.join(', ') };
      });
      return [next(state.Next), ...catchers];
    }
    case 'Pass':
    case 'Wait':
      return [next(state.Next)];
  }
}

function next(name: string | undefined): Onward {
  return { to: name, field: '/Next', kind: name === undefined ? 'end' : 'next', label: '' };
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The names of all states, those inside Parallel and Map states behind their state. */
export const namesIn = ({ nodes }: StateGraph): readonly string[] =>
  nodes.flatMap(({ name, parts }) => [name, ...parts.flatMap(namesIn)]);
