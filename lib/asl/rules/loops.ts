import { edgesOf, type StateNode, type WorkflowScope } from '../workflow';

/** States that lead to each other in a circle: a strongly connected part of one `States` map. */
export type Loop = readonly StateNode[];

/** All loops of a `States` map and of those inside it. */
export function findLoops(scope: WorkflowScope): readonly Loop[] {
  const inner = [...scope.nodes.values()].flatMap(({ inside }) => inside.flatMap(findLoops));
  return [...circlesOf(scope), ...inner];
}

interface Mark {
  readonly index: number;
  low: number;
  isOpen: boolean;
}

/** Tarjan's algorithm, without recursion: a definition may hold thousands of states in a row. */
function circlesOf({ nodes }: WorkflowScope): readonly Loop[] {
  const marks = new Map<StateNode, Mark>();
  const open: StateNode[] = [];
  const found: Loop[] = [];
  const nextOf = (node: StateNode): readonly StateNode[] => edgesOf(node).flatMap(({ target }) => nodes.get(target) ?? []);
  for (const root of nodes.values()) {
    if (marks.has(root)) continue;
    const stack = [enter(root)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.next.shift();
      if (next !== undefined) {
        const mark = marks.get(next);
        if (mark === undefined) stack.push(enter(next));
        else if (mark.isOpen) top.mark.low = Math.min(top.mark.low, mark.index);
        continue;
      }
      stack.pop();
      const below = stack.at(-1);
      if (below !== undefined) below.mark.low = Math.min(below.mark.low, top.mark.low);
      if (top.mark.low === top.mark.index) close(top.node);
    }
  }
  return found;

  function enter(node: StateNode): { node: StateNode; mark: Mark; next: StateNode[] } {
    const mark: Mark = { index: marks.size, low: marks.size, isOpen: true };
    marks.set(node, mark);
    open.push(node);
    return { node, mark, next: [...nextOf(node)] };
  }

  function close(node: StateNode): void {
    const circle = open.splice(open.indexOf(node));
    for (const member of circle) (marks.get(member) as Mark).isOpen = false;
    if (circle.length > 1 || nextOf(node).includes(node)) found.push(circle);
  }
}
