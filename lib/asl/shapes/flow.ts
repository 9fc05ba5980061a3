import type { Position } from '../position';
import { edgesOf, type StateNode, type WorkflowScope } from '../workflow';
import { leave, type Leaving } from './leave';
import { join, type ObjectShape, type Shape, UNKNOWN } from './shape';
import {
  ANY_VARIABLES,
  type BarredWrite,
  type Comparison,
  type FlowState,
  NO_VARIABLES,
  type Reading,
  type StateUse,
  type Value,
  type Walk,
} from './visit';

/** What is known of the data of a whole machine. */
export interface Flow {
  /** By state; states that are never entered are missing. */
  readonly entries: ReadonlyMap<StateNode, FlowState>;
  readonly readings: readonly Reading[];
  /** What each field that is a path, an intrinsic function call or an expression gives. */
  readonly values: ReadonlyMap<StateNode, readonly Value[]>;
  readonly uses: readonly StateUse[];
  readonly barred: readonly BarredWrite[];
  readonly comparisons: readonly Comparison[];
  /** How many items a Map has, where it is known. */
  readonly items: ReadonlyMap<StateNode, number>;
}

/** Deepest nesting of Parallel and Map states that is followed. */
const MAX_DEPTH = 16;

/** Rounds after which a loop's data is given up as unknown. */
const MAX_ROUNDS = 3;

/**
 * Follows the data of a machine from state to state without running it: what each state's input and variables surely hold, and what
 * each path finds there. Where ways meet, what only one of them holds is there sometimes; loops are followed until nothing changes.
 * @param input what is known of the execution's input
 */
export function follow(machine: WorkflowScope, input: Shape): Flow {
  const found = {
    entries: new Map<StateNode, FlowState>(),
    readings: [],
    values: new Map<StateNode, Value[]>(),
    uses: [],
    barred: [],
    comparisons: [],
    items: new Map<StateNode, number>(),
  };
  through(
    machine,
    { input, variables: NO_VARIABLES },
    { through, executionInput: input, mapItem: undefined, found, parsed: new Map(), depth: 0 },
  );
  return found;
}

/** What a field of a state gives, undefined where that is no path, intrinsic function call or expression. */
export const valueAt = ({ values }: Flow, node: StateNode, { pointer }: Position): Shape | undefined =>
  values.get(node)?.find(({ position }) => position.pointer === pointer)?.shape;

/** Goes through one `States` map; gives what it ends with, undefined if it never ends well. */
function through(scope: WorkflowScope, entry: FlowState, around: Walk): FlowState | undefined {
  if (around.depth === MAX_DEPTH || !scope.nodes.has(scope.startAt)) return { input: UNKNOWN, variables: entry.variables };
  const walk: Walk = { ...around, depth: around.depth + 1 };
  const silent: Walk = { ...walk, found: undefined };
  const left = new Map<string, Leaving>();
  const order = orderOf(scope);
  const places = new Map(order.map((name, place) => [name, place]));
  const entered = new Map<string, FlowState>([[scope.startAt, entry]]);
  const pending = new Set([scope.startAt]);
  // States in the order in which they follow each other, and again as long as a way back brings something new.
  for (let round = 1; pending.size > 0; round++) {
    for (const name of order) {
      if (!pending.delete(name)) continue;
      const node = scope.nodes.get(name) as StateNode;
      const place = places.get(name) as number;
      const leaving = leave(node, entered.get(name) as FlowState, silent);
      left.set(name, leaving);
      for (const { target, after } of leaving.ways) {
        const known = entered.get(target);
        const isBack = (places.get(target) as number) <= place;
        const met = known === undefined ? after : meet(known, after, isBack && round > MAX_ROUNDS);
        if (met.input === known?.input && met.variables === known.variables) continue;
        entered.set(target, met);
        pending.add(target);
      }
    }
  }
  let end: FlowState | undefined;
  for (const node of scope.nodes.values()) {
    const before = entered.get(node.name);
    if (before === undefined) continue;
    walk.found?.entries.set(node, before);
    // Nothing has changed since a state was last left: only what it reads is still to be told.
    const last = (walk.found === undefined ? (left.get(node.name) as Leaving) : leave(node, before, walk)).end;
    if (last !== undefined) end = end === undefined ? last : meet(end, last, false);
  }
  return end;
}

/** The names of the states so that each comes behind those that lead to it, but for ways back. */
function orderOf({ nodes, startAt }: WorkflowScope): readonly string[] {
  const order: string[] = [];
  const seen = new Set([startAt]);
  const stack = [{ name: startAt, next: targetsOf(nodes.get(startAt)) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.next.pop();
    if (target === undefined) {
      order.push(top.name);
      stack.pop();
    } else if (!seen.has(target)) {
      seen.add(target);
      stack.push({ name: target, next: targetsOf(nodes.get(target)) });
    }
  }
  return order.reverse();
}

const targetsOf = (node: StateNode | undefined): string[] =>
  node === undefined ? [] : edgesOf(node).map(({ target }) => target);

const meet = (one: FlowState, other: FlowState, giveUp: boolean): FlowState =>
  giveUp
    ? { input: UNKNOWN, variables: ANY_VARIABLES }
    : { input: join(one.input, other.input), variables: join(one.variables, other.variables) as ObjectShape };
