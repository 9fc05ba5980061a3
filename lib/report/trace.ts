import type { HistoryEvent } from '../simulator/history-event';
import { END, START, type StateEdge, type StateGraph, type StateNode } from './graph';
import { visitsOf, type Visit, type VisitOutcome } from './visits';

/** What an execution did on a graph. What it never reached has no entry. */
export interface Trace {
  readonly nodes: ReadonlyMap<StateNode, NodeTrace>;
  /** `caught`: taken after a failure. */
  readonly edges: ReadonlyMap<StateEdge, 'taken' | 'caught'>;
}

/** What happened to one state, over all its visits. */
export interface NodeTrace {
  /** The gravest of the visits' outcomes. */
  readonly outcome: VisitOutcome;
  readonly visits: number;
  /** Tries beyond the first, of all visits. */
  readonly retries: number;
  /** Of the only visit, if it has ended; undefined for several. */
  readonly durationMs?: number;
}

const BY_GRAVITY: readonly VisitOutcome[] = ['failed', 'running', 'caught', 'aborted', 'succeeded'];

/** Lays the events of one execution, in the order of their ids, over the graph of its state machine. States are found by name. */
export function traceOf(graph: StateGraph, events: readonly HistoryEvent[]): Trace {
  const visitsByName = new Map<string, Visit[]>();
  for (const visit of visitsOf(events)) {
    const visits = visitsByName.get(visit.state);
    if (visits === undefined) visitsByName.set(visit.state, [visit]);
    else visits.push(visit);
  }
  const nodes = new Map<StateNode, NodeTrace>();
  const edges = new Map<StateEdge, 'taken' | 'caught'>();
  traceLevel(graph);
  return { nodes, edges };

  function traceLevel(level: StateGraph): void {
    const nameOf = new Map(level.nodes.map((node) => [node.id, node.name]));
    for (const node of level.nodes) {
      const visits = visitsByName.get(node.name) ?? [];
      if (visits.length > 0) nodes.set(node, nodeTraceOf(visits));
      const out = level.edges.filter((edge) => edge.from === node.id);
      for (const visit of visits) traceExit(visit, out, nameOf);
      node.parts.forEach(traceLevel);
    }
    for (const edge of level.edges) {
      if (edge.from === START && visitsByName.has(nameOf.get(edge.to) ?? '')) edges.set(edge, 'taken');
    }
  }

  function traceExit(visit: Visit, out: readonly StateEdge[], nameOf: ReadonlyMap<string, string>): void {
    if (visit.next === undefined) {
      if (visit.outcome === 'succeeded')
        mark(
          out.filter((edge) => edge.to === END),
          'taken',
        );
      return;
    }
    const there = out.filter((edge) => nameOf.get(edge.to) === visit.next);
    const catchers = there.filter((edge) => edge.kind === 'catch');
    const others = there.filter((edge) => edge.kind !== 'catch');
    // A result that was too large is caught after a TaskSucceeded: then only a Catcher leads there.
    const caught = others.length === 0 || (visit.outcome === 'caught' && catchers.length > 0);
    mark(caught ? catchers : others, caught ? 'caught' : 'taken');
  }

  function mark(some: readonly StateEdge[], how: 'taken' | 'caught'): void {
    for (const edge of some) edges.set(edge, how);
  }
}

function nodeTraceOf(visits: readonly Visit[]): NodeTrace {
  const outcome = BY_GRAVITY.find((grave) => visits.some((visit) => visit.outcome === grave)) ?? 'succeeded';
  const retries = visits.reduce((sum, visit) => sum + Math.max(0, visit.attempts.length - 1), 0);
  const only = visits.length === 1 ? visits[0] : undefined;
  const durationMs = only?.exitedAtMs === undefined ? undefined : only.exitedAtMs - only.enteredAtMs;
  return { outcome, visits: visits.length, retries, ...(durationMs === undefined ? {} : { durationMs }) };
}
