/**
 * The only door to the layout library (@dagrejs/dagre 3, MIT), loaded when the first picture is drawn. The package is built with the
 * library bundled into this file; what is used of it is typed here, so that our declarations do not need its own.
 */
export interface Dagre {
  readonly Graph: new (options: { readonly multigraph: boolean }) => DagreGraph;
  layout(graph: DagreGraph): void;
}

/** Nodes and edges before, their places after `layout`. */
export interface DagreGraph {
  setGraph(options: Readonly<Record<string, number | string>>): void;
  setNode(id: string, size: { readonly width: number; readonly height: number }): void;
  setEdge(from: string, to: string, label: Readonly<Record<string, number | string>>, name: string): void;
  graph(): { readonly width: number; readonly height: number };
  /** `x` and `y` are the centre. */
  node(id: string): DagrePoint;
  edge(from: string, to: string, name: string): DagrePoint & { readonly points: readonly DagrePoint[] };
}

/** In pixels, y downwards. */
export interface DagrePoint {
  readonly x: number;
  readonly y: number;
}

/** Loads the library on the first call; Node keeps it for the next. */
export function loadDagre(): Dagre {
  return require('@dagrejs/dagre') as Dagre;
}
