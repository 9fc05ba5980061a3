import { END, START, type StateEdge, type StateGraph, type StateNode } from './graph';
import { straightened, type Link, type Slot } from './straighten';
import { loadDagre, type Dagre, type DagreGraph, type DagrePoint } from './vendor/dagre';

/** A place in pixels, y downwards. */
export type Point = DagrePoint;

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle by its top left corner. */
export interface Area extends Point, Size {}

/** Where everything on one level is drawn. All numbers are pixels from the level's own top left corner. */
export interface Layout extends Size {
  readonly boxes: readonly Box[];
  /** The marks for beginning and end, on the top level only. */
  readonly ends: readonly End[];
  readonly lines: readonly Line[];
}

/** Where a state is drawn. */
export interface Box extends Area {
  readonly node: StateNode;
  /** Where Catchers lead that have no line, for too many lead there: to be said in the box. */
  readonly unlined: readonly StateNode[];
  readonly parts: readonly Part[];
}

/** A branch or ItemProcessor inside a box; `x` and `y` from the box's corner. */
export interface Part extends Area {
  readonly layout: Layout;
}

/** Where the beginning or end is drawn. */
export interface End extends Area {
  readonly id: typeof START | typeof END;
}

/**
 * One line for all the edges of one kind between two states, of vertical and horizontal pieces, vertical at both ends. One from a state
 * to itself has two points, on the state's right side.
 */
export interface Line {
  readonly edges: readonly StateEdge[];
  readonly points: readonly Point[];
  readonly loop: boolean;
  readonly label?: Area & { readonly texts: readonly string[] };
}

/** What the layout needs to know of the drawing. */
export interface Measures {
  sizeOfState(node: StateNode, unlined: readonly StateNode[]): Size;
  /** At least as wide as what stands in the head. */
  sizeOfHead(container: StateNode, unlined: readonly StateNode[]): Size;
  sizeOfLabel(texts: readonly string[]): Size;
  readonly sizeOfEnd: Size;
  /** Whether the line matters so much that it is drawn in any case. */
  mustDraw(edge: StateEdge): boolean;
}

const PART_PADDING = 16;
const PART_GAP = 12;
const BETWEEN_STATES = 34;
const BETWEEN_RANKS = 60;
const BETWEEN_LINES = 18;
const BETWEEN_PORTS = 22;
const AROUND_LABEL = 8;
/** How far from a box its nearest line turns aside; above it there is an arrow. */
const TURN_BELOW = 11;
const TURN_ABOVE = 19;
const BETWEEN_TURNS = 6;
/** Room for all the turns on one side of a box: what lies in half of BETWEEN_RANKS beside the nearest. */
const MAX_TURNS = 12;
/** Pixels that are no bend. */
const SAME_X = 0.5;
/** Smallest room for a line from a state to itself. */
const LOOP_WIDTH = 34;
/**
 * Of more Catchers' lines to one state only the last is drawn, and what must be: a common error handler would fill the picture with
 * lines, and the layout would take minutes (its time grows with states times lines times their length).
 */
const MAX_CATCH_LINES = 8;

/** The straighter, the heavier: the normal way goes straight down, Catchers go round. */
const WEIGHTS: Readonly<Record<StateEdge['kind'], number>> = { start: 8, next: 8, end: 2, choice: 4, default: 3, catch: 1 };
/** Before all others: the pieces of the longest way from the beginning to an end. */
const MAIN_WAY = 1000;
/** Then the pieces in the middle of a line. */
const WITHIN_LINE = 100;

/** Lays out a graph from top to bottom, the parts of Parallel and Map inside their boxes. */
export function layoutOf(graph: StateGraph, measures: Measures): Layout {
  return layoutLevel(loadDagre(), graph, measures, true);
}

function layoutLevel(dagre: Dagre, graph: StateGraph, measures: Measures, top: boolean): Layout {
  const edges = top ? graph.edges : graph.edges.filter((edge) => edge.from !== START && edge.to !== END);
  const all = bundlesOf(edges, measures);
  const bundles = withoutCrowds(all, measures);
  const drawn = new Set(bundles);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const contents = graph.nodes.map((node) => {
    const unlined = all
      .filter((bundle) => bundle.from === node.id && !drawn.has(bundle))
      .map((bundle) => found(nodes, bundle.to));
    return { node, unlined, ...contentOf(dagre, node, unlined, measures) };
  });
  const ends = top ? ([START, END] as const).filter((id) => edges.some((edge) => edge.from === id || edge.to === id)) : [];

  const plan = new dagre.Graph({ multigraph: true });
  plan.setGraph({ rankdir: 'TB', nodesep: BETWEEN_STATES, ranksep: BETWEEN_RANKS, edgesep: BETWEEN_LINES });
  const sizes = new Map<string, Size>();
  for (const id of ends) sizes.set(id, measures.sizeOfEnd);
  for (const { node, width, height } of contents) sizes.set(node.id, { width, height });
  for (const [id, size] of sizes) plan.setNode(id, { ...size });
  for (const { from, to, name, room, kind } of bundles)
    plan.setEdge(from, to, { ...room, labelpos: 'c', weight: WEIGHTS[kind] }, name);
  dagre.layout(plan);

  const { areas, ways } = straightenedPlan(plan, sizes, bundles);
  const boxes = contents.map((content): Box => ({ ...content, ...found(areas, content.node.id) }));
  const marks = ends.map((id): End => ({ id, ...found(areas, id) }));
  const points = joinedToPorts(ways, areas);
  const lines = ways.map(({ bundle, label, loop }, index): Line => {
    const line = { edges: bundle.edges, points: points[index] ?? [], loop };
    if (bundle.texts.length === 0) return line;
    const size = measures.sizeOfLabel(bundle.texts);
    return { ...line, label: { texts: bundle.texts, ...size, ...cornerOf(label, size) } };
  });
  return fromOrigin({ boxes, ends: marks, lines });
}

function contentOf(
  dagre: Dagre,
  node: StateNode,
  unlined: readonly StateNode[],
  measures: Measures,
): Size & { readonly parts: readonly Part[] } {
  if (node.parts.length === 0) return { ...measures.sizeOfState(node, unlined), parts: [] };
  const head = measures.sizeOfHead(node, unlined);
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
  /** What its label takes, or a loop. */
  readonly room: Size;
}

function bundlesOf(edges: readonly StateEdge[], measures: Measures): Bundle[] {
  const groups = new Map<string, StateEdge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to, edge.kind === 'catch']);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [edge]);
    else group.push(edge);
  }
  return [...groups.values()].map((group, index) => {
    const { from, to, kind } = group[0] as StateEdge;
    const texts = group.map((edge) => edge.label).filter((label) => label !== '');
    const label = texts.length === 0 ? { width: 0, height: 0 } : measures.sizeOfLabel(texts);
    const wide = texts.length === 0 ? 0 : label.width + AROUND_LABEL;
    const width = from === to ? wide + LOOP_WIDTH : wide;
    return {
      from,
      to,
      name: `${index}`,
      kind,
      edges: group,
      texts,
      room: { width, height: texts.length === 0 ? 0 : label.height + AROUND_LABEL },
    };
  });
}

function withoutCrowds(bundles: readonly Bundle[], measures: Measures): readonly Bundle[] {
  const catching = bundles.filter((bundle) => bundle.kind === 'catch');
  const counts = new Map<string, number>();
  const lastTo = new Map<string, Bundle>();
  for (const bundle of catching) {
    counts.set(bundle.to, (counts.get(bundle.to) ?? 0) + 1);
    lastTo.set(bundle.to, bundle);
  }
  return bundles.filter((bundle) => {
    if (bundle.kind !== 'catch' || (counts.get(bundle.to) ?? 0) <= MAX_CATCH_LINES) return true;
    return lastTo.get(bundle.to) === bundle || bundle.edges.some((edge) => measures.mustDraw(edge));
  });
}

/** A bundle with its way: from its source over the rows between to its target. */
interface Way {
  readonly bundle: Bundle;
  /** The places between source and target. */
  readonly inner: readonly Point[];
  /** The label's centre. */
  readonly label: Point;
  readonly loop: boolean;
}

interface StraightPlan {
  readonly areas: ReadonlyMap<string, Area>;
  readonly ways: readonly Way[];
}

function straightenedPlan(plan: DagreGraph, sizes: ReadonlyMap<string, Size>, bundles: readonly Bundle[]): StraightPlan {
  const slots: Slot[] = [];
  const links: Link[] = [];
  const slotOf = new Map<string, number>();
  for (const [id, { width }] of sizes) slotOf.set(id, addSlot(plan.node(id), width, BETWEEN_STATES));
  const main = mainWay(bundles, (id) => plan.node(id));
  const passages = bundles.map((bundle) => {
    const edge = plan.edge(bundle.from, bundle.to, bundle.name);
    const labelled = bundle.texts.length > 0;
    const loop = bundle.from === bundle.to;
    const inner = loop ? [{ x: edge.x, y: plan.node(bundle.from).y }] : edge.points.slice(1, -1);
    const passed = inner.map((point) =>
      addSlot(point, loop || (labelled && point.y === edge.y) ? bundle.room.width : 0, BETWEEN_LINES),
    );
    const along = [slotOf.get(bundle.from) as number, ...passed, slotOf.get(bundle.to) as number];
    for (let index = 1; index < along.length && !loop; index++) {
      const inside = index > 1 && index < along.length - 1;
      const weight = WEIGHTS[bundle.kind] + (main.has(bundle) ? MAIN_WAY : inside ? WITHIN_LINE : 0);
      links.push({ between: [along[index - 1] as number, along[index] as number], weight });
    }
    if (loop) links.push({ between: [along[0] as number, along[1] as number], weight: WITHIN_LINE });
    return { bundle, passed, labelY: edge.y, loop };
  });

  const xs = straightened(slots, links);
  const areas = new Map<string, Area>();
  for (const [id, size] of sizes) {
    const slot = slotOf.get(id) as number;
    areas.set(id, { ...size, ...cornerOf({ x: xs[slot] ?? 0, y: slots[slot]?.y ?? 0 }, size) });
  }
  const ways = passages.map(({ bundle, passed, labelY, loop }): Way => {
    const inner = passed.map((slot) => ({ x: xs[slot] ?? 0, y: slots[slot]?.y ?? 0 }));
    const label = (loop ? inner[0] : inner.find((point) => point.y === labelY)) ?? { x: 0, y: labelY };
    return { bundle, inner, label: loop ? { x: label.x + LOOP_WIDTH / 2, y: label.y } : label, loop };
  });
  return { areas, ways };

  function addSlot(point: Point, width: number, gap: number): number {
    return slots.push({ x: point.x, y: point.y, width, gap }) - 1;
  }
}

/** The way over the most states, Catchers left out; where several are as long, the straightest. */
function mainWay(bundles: readonly Bundle[], placeOf: (id: string) => Point): ReadonlySet<Bundle> {
  const aside = ({ from, to }: Bundle): number => Math.abs(placeOf(from).x - placeOf(to).x);
  const down = bundles.filter((bundle) => bundle.kind !== 'catch' && placeOf(bundle.from).y < placeOf(bundle.to).y);
  const best = new Map<string, { readonly states: number; readonly bundle: Bundle }>();
  for (const bundle of [...down].sort((a, b) => placeOf(b.from).y - placeOf(a.from).y)) {
    const states = 1 + (best.get(bundle.to)?.states ?? 0);
    const known = best.get(bundle.from);
    if (known === undefined || states > known.states || (states === known.states && aside(bundle) < aside(known.bundle))) {
      best.set(bundle.from, { states, bundle });
    }
  }
  const way = new Set<Bundle>();
  const first = [...down].sort((a, b) => placeOf(a.from).y - placeOf(b.from).y)[0];
  for (let step = best.get(first?.from ?? ''); step !== undefined; step = best.get(step.bundle.to)) way.add(step.bundle);
  return way;
}

/** Where a line meets a box: at its top or bottom, side by side with the others there, ordered by where they go. */
interface Port {
  readonly way: number;
  readonly point: 'first' | 'last';
  readonly towardsX: number;
}

interface Side {
  readonly area: Area;
  /** 1 below the box, -1 above it. */
  readonly outward: 1 | -1;
  /** The highest box in its row: lines turn aside where there is room between the rows. */
  readonly rowHeight: number;
  readonly ports: Port[];
}

/** A port's place, and how far from the box its line turns aside. */
interface Joint extends Point {
  readonly turnY: number;
}

function joinedToPorts(ways: readonly Way[], areas: ReadonlyMap<string, Area>): (readonly Point[])[] {
  const rowHeights = new Map<number, number>();
  for (const area of areas.values()) rowHeights.set(centreY(area), Math.max(area.height, rowHeights.get(centreY(area)) ?? 0));
  const sides = new Map<string, Side>();
  ways.forEach(({ bundle, inner, loop }, way) => {
    if (loop) return;
    const source = found(areas, bundle.from);
    const target = found(areas, bundle.to);
    const down = centreY(source) < centreY(target);
    addPort(bundle.from, source, down ? 1 : -1, { way, point: 'first', towardsX: inner[0]?.x ?? centreX(target) });
    addPort(bundle.to, target, down ? -1 : 1, { way, point: 'last', towardsX: inner.at(-1)?.x ?? centreX(source) });
  });
  const joints = { first: new Map<number, Joint>(), last: new Map<number, Joint>() };
  for (const side of sides.values()) {
    for (const [port, joint] of jointsOf(side)) joints[port.point].set(port.way, joint);
  }
  return ways.map(({ bundle, inner, loop }, way) => {
    const first = joints.first.get(way);
    const last = joints.last.get(way);
    if (!loop && first !== undefined && last !== undefined) return withCorners(first, inner, last);
    const { x, y, width, height } = found(areas, bundle.from);
    return [0.64, 0.36].map((part) => ({ x: x + width, y: y + height * part }));
  });

  function addPort(id: string, area: Area, outward: 1 | -1, port: Port): void {
    const key = `${outward} ${id}`;
    const known = sides.get(key);
    if (known === undefined) sides.set(key, { area, outward, rowHeight: found(rowHeights, centreY(area)), ports: [port] });
    else known.ports.push(port);
  }
}

/** The line that runs straight on has the middle; the outermost lines turn first, so that lines of one side do not cross. */
function jointsOf({ area, outward, rowHeight, ports }: Side): [Port, Joint][] {
  const sorted = [...ports].sort((a, b) => a.towardsX - b.towardsX);
  const straight = sorted.findIndex((port) => Math.abs(port.towardsX - centreX(area)) < SAME_X);
  const middle = straight === -1 ? (sorted.length - 1) / 2 : straight;
  const beside = Math.max(middle, sorted.length - 1 - middle, 1);
  const gap = Math.min(BETWEEN_PORTS, (area.width / 2 - 12) / beside);
  const step = Math.min(BETWEEN_TURNS, MAX_TURNS / beside);
  return sorted.map((port, index) => {
    const inwards = index < middle ? index : sorted.length - 1 - index;
    const away = (outward === 1 ? TURN_BELOW : TURN_ABOVE) + step * inwards;
    return [
      port,
      {
        x: centreX(area) + (index - middle) * gap,
        y: centreY(area) + (outward * area.height) / 2,
        turnY: centreY(area) + outward * (rowHeight / 2 + away),
      },
    ];
  });
}

/** Only vertical and horizontal pieces: from port to port over the places between. */
function withCorners(first: Joint, inner: readonly Point[], last: Joint): Point[] {
  const stops: readonly Point[] = [first, ...inner, last];
  const points: Point[] = [{ x: first.x, y: first.y }];
  for (let index = 1; index < stops.length; index++) {
    const [from, to] = [stops[index - 1] as Point, stops[index] as Point];
    if (Math.abs(from.x - to.x) >= SAME_X) {
      const turnY = index === 1 ? first.turnY : index === stops.length - 1 ? last.turnY : (from.y + to.y) / 2;
      points.push({ x: from.x, y: turnY }, { x: to.x, y: turnY });
    }
  }
  return [...points, { x: last.x, y: last.y }];
}

/** Moves everything so that the leftmost and topmost things touch 0. */
function fromOrigin({ boxes, ends, lines }: Pick<Layout, 'boxes' | 'ends' | 'lines'>): Layout {
  const labels = lines.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const loops = lines
    .filter((line) => line.loop)
    .flatMap((line) => line.points.map((point) => ({ ...point, width: LOOP_WIDTH, height: 0 })));
  const passed = lines.flatMap((line) => line.points.map((point) => ({ ...point, width: 0, height: 0 })));
  const all: readonly Area[] = [...boxes, ...ends, ...labels, ...loops, ...passed];
  const left = Math.min(...all.map((area) => area.x));
  const top = Math.min(...all.map((area) => area.y));
  const moved = <T extends Point>(thing: T): T => ({ ...thing, x: thing.x - left, y: thing.y - top });
  return {
    width: Math.max(...all.map((area) => area.x + area.width)) - left,
    height: Math.max(...all.map((area) => area.y + area.height)) - top,
    boxes: boxes.map(moved),
    ends: ends.map(moved),
    lines: lines.map((line) => ({
      ...line,
      points: line.points.map(moved),
      ...(line.label === undefined ? {} : { label: moved(line.label) }),
    })),
  };
}

function cornerOf(centre: Point, size: Size): Point {
  return { x: centre.x - size.width / 2, y: centre.y - size.height / 2 };
}

function centreX(area: Area): number {
  return area.x + area.width / 2;
}

/** To a tenth: boxes of one row have the same. */
function centreY(area: Area): number {
  return Math.round((area.y + area.height / 2) * 10) / 10;
}

function found<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  return map.get(key) as V; // every id in a bundle is one of the level's own
}
