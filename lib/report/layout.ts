import { END, START, type StateEdge, type StateGraph, type StateNode } from './graph';
import { loadDagre, type Dagre, type DagrePoint } from './vendor/dagre';

export type Point = DagrePoint;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Point, Size {}

/** Where everything on one level is drawn. All numbers are pixels from the level's own top left corner. */
export interface Layout extends Size {
  readonly boxes: readonly Box[];
  /** The marks for beginning and end, on the top level only. */
  readonly ends: readonly End[];
  readonly lines: readonly Line[];
}

export interface Box extends Area {
  readonly node: StateNode;
  readonly parts: readonly Part[];
}

/** A branch or ItemProcessor inside a box; `x` and `y` from the box's corner. */
export interface Part extends Area {
  readonly layout: Layout;
}

export interface End extends Area {
  readonly id: typeof START | typeof END;
}

/** One line for all the edges of one kind between two states. It begins and ends vertically. */
export interface Line {
  readonly edges: readonly StateEdge[];
  readonly points: readonly Point[];
  readonly label?: Area & { readonly texts: readonly string[] };
}

/** What the layout needs to know of the drawing. */
export interface Measures {
  sizeOfState(node: StateNode): Size;
  /** At least as wide as what stands in the head. */
  sizeOfHead(container: StateNode): Size;
  sizeOfLabel(texts: readonly string[]): Size;
  readonly sizeOfEnd: Size;
}

const PART_PADDING = 16;
const PART_GAP = 12;
const BETWEEN_STATES = 34;
const BETWEEN_RANKS = 46;
const BETWEEN_LINES = 18;
const BETWEEN_PORTS = 22;
const BETWEEN_LABELS = 8;

/** The straighter, the heavier: the normal way goes straight down, Catchers go round. */
const WEIGHTS: Readonly<Record<StateEdge['kind'], number>> = { start: 8, next: 8, end: 2, choice: 4, default: 3, catch: 1 };

/** Lays out a graph from top to bottom, the parts of Parallel and Map inside their boxes. */
export function layoutOf(graph: StateGraph, measures: Measures): Layout {
  return layoutLevel(loadDagre(), graph, measures, true);
}

function layoutLevel(dagre: Dagre, graph: StateGraph, measures: Measures, top: boolean): Layout {
  const contents = graph.nodes.map((node) => ({ node, ...contentOf(dagre, node, measures) }));
  const edges = top ? graph.edges : graph.edges.filter((edge) => edge.from !== START && edge.to !== END);
  const bundles = bundlesOf(edges);
  const ends = top ? [START, END].filter((id) => edges.some((edge) => edge.from === id || edge.to === id)) : [];

  const plan = new dagre.Graph({ multigraph: true });
  plan.setGraph({ rankdir: 'TB', nodesep: BETWEEN_STATES, ranksep: BETWEEN_RANKS, edgesep: BETWEEN_LINES });
  for (const id of ends) plan.setNode(id, { ...measures.sizeOfEnd });
  for (const { node, width, height } of contents) plan.setNode(node.id, { width, height });
  for (const { from, to, name, kind, texts } of bundles) {
    const room = texts.length === 0 ? { width: 0, height: 0 } : withRoom(measures.sizeOfLabel(texts));
    plan.setEdge(from, to, { ...room, labelpos: 'c', weight: WEIGHTS[kind] }, name);
  }
  dagre.layout(plan);

  const boxes = contents.map((content): Box => ({ ...content, ...cornerOf(plan.node(content.node.id), content) }));
  const marks = ends.map((id): End => ({
    id: id as End['id'],
    ...measures.sizeOfEnd,
    ...cornerOf(plan.node(id), measures.sizeOfEnd),
  }));
  const areas = new Map<string, Area>([
    ...boxes.map((box) => [box.node.id, box] as const),
    ...marks.map((mark) => [mark.id, mark] as const),
  ]);
  const ways = bundles.map((bundle) => ({ bundle, ...plan.edge(bundle.from, bundle.to, bundle.name) }));
  const joined = joinToPorts(ways, areas);
  const lines = ways.map(({ bundle, x, y }, index): Line => {
    const line = { edges: bundle.edges, points: joined[index] ?? [] };
    if (bundle.texts.length === 0) return line;
    const size = measures.sizeOfLabel(bundle.texts);
    return { ...line, label: { texts: bundle.texts, ...size, ...cornerOf({ x, y }, size) } };
  });
  const { width, height } = plan.graph();
  return { width, height, boxes, ends: marks, lines };
}

function contentOf(dagre: Dagre, node: StateNode, measures: Measures): Size & { readonly parts: readonly Part[] } {
  if (node.parts.length === 0) return { ...measures.sizeOfState(node), parts: [] };
  const head = measures.sizeOfHead(node);
  const layouts = node.parts.map((part) => layoutLevel(dagre, part, measures, false));
  const height = Math.max(...layouts.map((layout) => layout.height)) + 2 * PART_PADDING;
  const widths = layouts.map((layout) => layout.width + 2 * PART_PADDING);
  const neededWidth = widths.reduce((sum, width) => sum + width + PART_GAP, PART_GAP);
  const width = Math.max(neededWidth, head.width);
  const wider = (width - neededWidth) / layouts.length;
  let x = PART_GAP;
  const parts = layouts.map((layout, index): Part => {
    const part = { x, y: head.height, width: (widths[index] ?? 0) + wider, height, layout };
    x += part.width + PART_GAP;
    return part;
  });
  return { width, height: head.height + height + PART_GAP, parts };
}

interface Bundle {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly kind: StateEdge['kind'];
  readonly edges: readonly StateEdge[];
  readonly texts: readonly string[];
}

function bundlesOf(edges: readonly StateEdge[]): Bundle[] {
  const groups = new Map<string, StateEdge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, edge.kind === 'catch']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [edge]);
    else group.push(edge);
  }
  return [...groups.values()].map((group, index) => {
    const { from, to, kind } = group[0] as StateEdge;
    return {
      from,
      to,
      name: `${index}`,
      kind,
      edges: group,
      texts: group.map((edge) => edge.label).filter((label) => label !== ''),
    };
  });
}

function withRoom({ width, height }: Size): Size {
  return { width: width + BETWEEN_LABELS, height: height + BETWEEN_LABELS };
}

function cornerOf(centre: Point, size: Size): Point {
  return { x: centre.x - size.width / 2, y: centre.y - size.height / 2 };
}

interface Way {
  readonly bundle: Bundle;
  readonly points: readonly Point[];
}

/** Where a line meets a box: at its top or bottom, side by side with the others there, ordered by where they come from. */
interface Port {
  readonly way: number;
  readonly point: 'first' | 'last';
  readonly towardsX: number;
}

function joinToPorts(ways: readonly Way[], areas: ReadonlyMap<string, Area>): Point[][] {
  const joined = ways.map((way) => [...way.points]);
  const sides = new Map<string, { readonly area: Area; readonly y: number; readonly ports: Port[] }>();
  ways.forEach(({ bundle, points }, way) => {
    const source = areas.get(bundle.from);
    const target = areas.get(bundle.to);
    if (source === undefined || target === undefined || source === target) return; // a loop to itself keeps its way round the side
    const down = source.y < target.y;
    addPort(source, down ? 'bottom' : 'top', { way, point: 'first', towardsX: points[1]?.x ?? centreX(target) });
    addPort(target, down ? 'top' : 'bottom', { way, point: 'last', towardsX: points.at(-2)?.x ?? centreX(source) });
  });
  for (const { area, y, ports } of sides.values()) {
    const gap = Math.min(BETWEEN_PORTS, (area.width - 24) / ports.length);
    ports.sort((a, b) => a.towardsX - b.towardsX);
    ports.forEach((port, index) => {
      const point = { x: centreX(area) + (index - (ports.length - 1) / 2) * gap, y };
      const points = joined[port.way] as Point[];
      points[port.point === 'first' ? 0 : points.length - 1] = point;
    });
  }
  return joined;

  function addPort(area: Area, side: 'top' | 'bottom', port: Port): void {
    const key = `${side} ${area.x} ${area.y}`;
    const y = side === 'top' ? area.y : area.y + area.height;
    const found = sides.get(key);
    if (found === undefined) sides.set(key, { area, y, ports: [port] });
    else found.ports.push(port);
  }
}

function centreX(area: Area): number {
  return area.x + area.width / 2;
}
