import type { StateMachine } from '../../lib/asl/types';
import { graphOf, type StateGraph, type StateNode } from '../../lib/report/graph';
import { traceOf, type NodeTrace } from '../../lib/report/trace';
import type { HistoryEvent } from '../../lib/simulator/history-event';
import { historyOf, taskRows } from './history';
import { MAP_OF_PARALLEL, MAP_OF_PARALLEL_CAUGHT, ORDER, ORDER_REFUNDED } from './machines';

function traced(machine: StateMachine, events: readonly HistoryEvent[]): { nodes: Record<string, NodeTrace>; edges: string[] } {
  const graph = graphOf(machine);
  const trace = traceOf(graph, events);
  const levels = (level: StateGraph): StateGraph[] => [
    level,
    ...level.nodes.flatMap((node: StateNode) => node.parts.flatMap(levels)),
  ];
  const edges = levels(graph).flatMap((level) => {
    const nameOf = new Map(level.nodes.map((node) => [node.id, node.name]));
    return level.edges
      .filter((edge) => trace.edges.has(edge))
      .map((edge) => `${nameOf.get(edge.from) ?? edge.from} ${trace.edges.get(edge)} ${nameOf.get(edge.to) ?? edge.to}`);
  });
  return { nodes: Object.fromEntries([...trace.nodes].map(([node, seen]) => [node.name, seen])), edges };
}

test('the way taken, and where it was caught', () => {
  const { nodes, edges } = traced(ORDER, ORDER_REFUNDED);

  expect(edges).toEqual([
    'start taken ValidateOrder',
    'ValidateOrder taken CheckInventory',
    'CheckInventory taken IsInStock',
    'IsInStock taken ProcessPayment',
    'ProcessPayment taken FulfillOrder',
    'FulfillOrder caught RefundPayment',
    'RefundPayment taken OrderFailed',
    'start taken UpdateInventory',
    'start taken SendConfirmation',
  ]);
  expect(nodes.ProcessPayment).toEqual({ outcome: 'succeeded', visits: 1, retries: 1, durationMs: 1560 });
  expect(nodes.OutOfStock).toBeUndefined();
});

test('the gravest outcome of several visits, and no duration', () => {
  expect(traced(MAP_OF_PARALLEL, MAP_OF_PARALLEL_CAUGHT).nodes).toMatchObject({
    Read: { outcome: 'succeeded', visits: 2 },
    Sizes: { outcome: 'failed', visits: 2 },
    Small: { outcome: 'aborted', visits: 2 },
    EachPicture: { outcome: 'caught', visits: 1, durationMs: 70 },
  });
  expect(traced(MAP_OF_PARALLEL, MAP_OF_PARALLEL_CAUGHT).nodes.Read).not.toHaveProperty('durationMs');
});

test('where Next and a Catcher lead to the same state, the one that was used', () => {
  const machine: StateMachine = {
    StartAt: 'A',
    States: { A: { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['E'], Next: 'B' }], Next: 'B' }, B: { Type: 'Succeed' } },
  };
  const after = (id: number) => [[id, 5, 'SucceedStateEntered', 'B'] as const, [id + 1, 5, 'SucceedStateExited', 'B'] as const];

  expect(traced(machine, historyOf([[0, 0, 'ExecutionStarted'], ...taskRows(2, 0, 0, 5, 'A'), ...after(6)])).edges).toContain(
    'A taken B',
  );
  const failed = [[4, 5, 'TaskFailed', ['E']] as const, [5, 5, 'TaskStateExited', 'A'] as const];
  const caught = historyOf([[0, 0, 'ExecutionStarted'], ...taskRows(2, 0, 0, 5, 'A').slice(0, 3), ...failed, ...after(6)]);
  expect(traced(machine, caught).edges).toEqual(['start taken A', 'A caught B', 'B taken end']);
});

test('a result too large, caught after its task succeeded, took the Catcher’s way', () => {
  const machine: StateMachine = {
    StartAt: 'A',
    States: {
      A: { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true },
      B: { Type: 'Fail' },
    },
  };
  const events = historyOf([[0, 0, 'ExecutionStarted'], ...taskRows(2, 0, 0, 5, 'A'), [6, 5, 'FailStateEntered', 'B']]);

  expect(traced(machine, events).edges).toEqual(['start taken A', 'A caught B']);
});
