import type { StateMachine } from '../asl/types';
import type { HistoryEvent } from '../simulator/history-event';
import { END, graphOf, START, type StateEdge, type StateGraph, type StateNode } from './graph';
import { oneLine, shortened } from './one-line';
import { traceOf, type Trace } from './trace';

const MAX_LABEL = 60;

const CLASSES: Readonly<Record<string, string>> = {
  succeeded: 'fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  caught: 'fill:#fff1e5,stroke:#bc4c00,color:#1f2328',
  failed: 'fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  aborted: 'fill:#eeecf1,stroke:#6e6678,color:#1f2328,stroke-dasharray:4 3',
  running: 'fill:#ddf4ff,stroke:#0969da,color:#1f2328',
  unvisited: 'opacity:0.5',
};

const LINE_STYLES = { taken: 'stroke:#1a7f37,stroke-width:3px', caught: 'stroke:#bc4c00,stroke-width:3px' } as const;

/**
 * A state machine as a Mermaid flowchart, which GitHub draws from a ```mermaid block; with `events` (of one execution, in the order
 * of their ids) what was visited is coloured and the lines taken are bold.
 * https://mermaid.js.org/syntax/flowchart.html
 *
 * @throws Error if a state goes on to one that is not there
 */
export function renderMermaid(stateMachine: StateMachine, events?: readonly HistoryEvent[]): string {
  const graph = graphOf(stateMachine);
  const trace = events === undefined ? undefined : traceOf(graph, events);
  const ids = new Map<StateNode, string>();
  const edges: StateEdge[] = [];
  const lines = ['flowchart TD', ...linesOf(graph, '  ', ids, edges)];
  if (trace !== undefined) lines.push(...stylesOf(trace, ids, edges));
  return `${lines.join('\n')}\n`;
}

function linesOf(level: StateGraph, indent: string, ids: Map<StateNode, string>, drawn: StateEdge[]): string[] {
  const lines: string[] = [];
  const own = new Map<string, string>();
  for (const node of level.nodes) {
    const id = `s${ids.size + 1}`;
    ids.set(node, id);
    own.set(node.id, id);
    if (node.parts.length === 0) {
      lines.push(`${indent}${id}${shaped(node)}`);
      continue;
    }
    lines.push(`${indent}subgraph ${id}["${escapeMermaid(node.name)}"]`);
    for (const [index, part] of node.parts.entries()) {
      if (node.parts.length === 1) {
        lines.push(...linesOf(part, `${indent}  `, ids, drawn));
        continue;
      }
      lines.push(`${indent}  subgraph ${id}b${index}[" "]`, ...linesOf(part, `${indent}    `, ids, drawn), `${indent}  end`);
    }
    lines.push(`${indent}end`);
  }
  const top = level.pointer === '';
  if (top) lines.push(`${indent}${START}(["Start"])`);
  if (top && level.edges.some((edge) => edge.to === END)) lines.push(`${indent}finish(["End"])`);
  for (const edge of level.edges) {
    if (!top && (edge.from === START || edge.to === END)) continue;
    const label = edge.label === '' ? '' : `|"${escapeMermaid(edge.label)}"|`;
    const arrow = edge.kind === 'catch' ? '-.->' : '-->';
    // `end` is a keyword of Mermaid.
    lines.push(`${indent}${own.get(edge.from) ?? START} ${arrow}${label} ${own.get(edge.to) ?? 'finish'}`);
    drawn.push(edge);
  }
  return lines;
}

function shaped(node: StateNode): string {
  const text = `"${escapeMermaid(node.name)}"`;
  switch (node.type) {
    case 'Choice':
      return `{${text}}`;
    case 'Succeed':
    case 'Fail':
      return `([${text}])`;
    case 'Wait':
      return `(${text})`;
    case 'Task':
    case 'Pass':
    case 'Parallel':
    case 'Map':
      return `[${text}]`;
  }
}

function stylesOf(trace: Trace, ids: ReadonlyMap<StateNode, string>, edges: readonly StateEdge[]): string[] {
  const byClass = new Map<string, string[]>();
  for (const [node, id] of ids) {
    const name = trace.nodes.get(node)?.outcome ?? 'unvisited';
    byClass.set(name, [...(byClass.get(name) ?? []), id]);
  }
  const classes = [...byClass].flatMap(([name, members]) => [
    `  classDef ${name} ${CLASSES[name]}`,
    `  class ${members.join(',')} ${name}`,
  ]);
  const lines = (['taken', 'caught'] as const).flatMap((how) => {
    const indexes = edges.flatMap((edge, index) => (trace.edges.get(edge) === how ? [index] : []));
    return indexes.length === 0 ? [] : [`  linkStyle ${indexes.join(',')} ${LINE_STYLES[how]}`];
  });
  return [...classes, ...lines];
}

/** Everything that Mermaid or Markdown could read as more than a letter becomes a character code, `#60;`. */
function escapeMermaid(text: string): string {
  return shortened(oneLine(text), MAX_LABEL).replace(/[^\p{L}\p{N} .,_$()=+*/-]/gu, (char) => `#${char.codePointAt(0)};`);
}
