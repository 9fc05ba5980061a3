import { isArray, type JsonObject } from '../json/json';
import type { Faults } from './around-errors';
import { effectiveLanguage } from './language';
import { elementOf, memberOf, type Position, ROOT } from './position';
import { type Resource, tryParseResource } from './resource';
import type { QueryLanguage, State, StateMachine, StateMachineType, States } from './types';

/** A state with all that depends on where it stands. */
export interface StateNode {
  readonly name: string;
  readonly state: State;
  /** The state as it is written: Map's deprecated names are not replaced. */
  readonly source: JsonObject;
  readonly language: QueryLanguage;
  readonly position: Position;
  readonly scope: WorkflowScope;
  /** The `States` maps in it, in the order of branches. */
  readonly inside: readonly WorkflowScope[];
  /** What the `Resource` of a Task means. */
  readonly resource: Resource | undefined;
  /** True for a state of which not all could be read: what it hands on is not known. */
  readonly isOpaque: boolean;
}

/** One `States` map. */
export interface WorkflowScope {
  readonly kind: 'machine' | 'branch' | 'iteration' | 'children';
  /** The type of the executions that run it. */
  readonly type: StateMachineType;
  readonly startAt: string;
  /** In the order of the definition. */
  readonly nodes: ReadonlyMap<string, StateNode>;
  /** The Parallel or Map state that it is in. */
  readonly parent: StateNode | undefined;
}

/** A way from a state to another. */
export interface Edge {
  readonly target: string;
  readonly via: 'Next' | 'Choices' | 'Default' | 'Catch';
  /** Of the rule or the Catcher. */
  readonly index: number;
  readonly position: Position;
}

/**
 * Lays out a machine's states.
 * @param source the definition that `machine` was parsed from
 * @param faults what was taken out of it before
 */
export function layOut(machine: StateMachine, source: JsonObject, type: StateMachineType, faults: Faults): WorkflowScope {
  const all: Machine = { language: effectiveLanguage(machine.QueryLanguage, 'JSONPath'), faults };
  return scopeOf(machine, source, all, ROOT, { kind: 'machine', type, parent: undefined });
}

/** What is the same for all states. */
interface Machine {
  readonly language: QueryLanguage;
  readonly faults: Faults;
}

function scopeOf(
  holder: States,
  source: JsonObject,
  machine: Machine,
  at: Position,
  rest: Pick<WorkflowScope, 'kind' | 'type' | 'parent'>,
): WorkflowScope {
  const nodes = new Map<string, StateNode>();
  const scope: WorkflowScope = { ...rest, startAt: holder.StartAt, nodes };
  for (const [name, state] of Object.entries(holder.States)) {
    const own = (source['States'] as JsonObject)[name] as JsonObject;
    nodes.set(name, nodeOf(name, state, own, machine, memberOf(memberOf(at, 'States'), name), scope));
  }
  return scope;
}

function nodeOf(
  name: string,
  state: State,
  source: JsonObject,
  machine: Machine,
  position: Position,
  scope: WorkflowScope,
): StateNode {
  const inside: WorkflowScope[] = [];
  const node: StateNode = {
    name,
    state,
    source,
    language: effectiveLanguage(state.QueryLanguage, machine.language),
    position,
    scope,
    inside,
    resource: state.Type === 'Task' ? tryParseResource(state.Resource) : undefined,
    isOpaque: machine.faults.has(position.pointer),
  };
  if (state.Type === 'Parallel') {
    const branches = source['Branches'];
    state.Branches.forEach((branch, index) => {
      const own = (isArray(branches) ? branches[index] : undefined) as JsonObject;
      const at = elementOf(memberOf(position, 'Branches'), index);
      inside.push(scopeOf(branch, own, machine, at, { kind: 'branch', type: scope.type, parent: node }));
    });
  }
  if (state.Type === 'Map') {
    const field = processorField(source);
    const config = state.ItemProcessor.ProcessorConfig;
    const isDistributed = config?.Mode === 'DISTRIBUTED';
    inside.push(
      scopeOf(state.ItemProcessor, source[field] as JsonObject, machine, memberOf(position, field), {
        kind: isDistributed ? 'children' : 'iteration',
        type: isDistributed ? (config.ExecutionType ?? 'STANDARD') : scope.type,
        parent: node,
      }),
    );
  }
  return node;
}

/** The name under which a Map holds its item processor. */
export const processorField = (source: JsonObject): 'Iterator' | 'ItemProcessor' =>
  Object.hasOwn(source, 'Iterator') ? 'Iterator' : 'ItemProcessor';

/** The name under which a Map holds its item selector. */
export const selectorField = (source: JsonObject): 'Parameters' | 'ItemSelector' =>
  Object.hasOwn(source, 'Parameters') ? 'Parameters' : 'ItemSelector';

/** All nodes, those inside Parallel and Map states behind their state. */
export const allNodes = (scope: WorkflowScope): readonly StateNode[] =>
  [...scope.nodes.values()].flatMap((node) => [node, ...node.inside.flatMap(allNodes)]);

/** The ways out of a state to others that there are, in the order in which they are tried. */
export function edgesOf({ state, position, scope }: StateNode): readonly Edge[] {
  const edges: Edge[] = [];
  const add = (edge: Edge): void => {
    if (scope.nodes.has(edge.target)) edges.push(edge);
  };
  if (state.Type === 'Choice') {
    state.Choices.forEach(({ Next }, index) =>
      add({ target: Next, via: 'Choices', index, position: elementOf(memberOf(position, 'Choices'), index) }),
    );
    if (state.Default !== undefined)
      add({ target: state.Default, via: 'Default', index: 0, position: memberOf(position, 'Default') });
    return edges;
  }
  if ('Next' in state && state.Next !== undefined)
    add({ target: state.Next, via: 'Next', index: 0, position: memberOf(position, 'Next') });
  if ('Catch' in state)
    (state.Catch ?? []).forEach(({ Next }, index) =>
      add({ target: Next, via: 'Catch', index, position: elementOf(memberOf(position, 'Catch'), index) }),
    );
  return edges;
}

/** True for a state after which its `States` map has nothing more to do. */
export const isTerminal = ({ state }: StateNode): boolean =>
  state.Type === 'Succeed' || state.Type === 'Fail' || ('End' in state && state.End === true);
