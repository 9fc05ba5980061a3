import type { VisitOutcome } from './visits';

type Attributes = Readonly<Record<string, string>>;

interface Paint {
  readonly light: Attributes;
  readonly dark: Attributes;
}

const paint = (light: Attributes, dark: Attributes): Paint => ({ light, dark });

/** Every colour of the pictures. Light ones are attributes, which every viewer reads; dark ones a style that it may. */
const PAINTS = {
  page: paint({ fill: '#ffffff' }, { fill: '#0d1117' }),
  title: paint({ fill: '#1f2328' }, { fill: '#e6edf3' }),
  name: paint({ fill: '#1f2328' }, { fill: '#e6edf3' }),
  detail: paint({ fill: '#59636e' }, { fill: '#9198a1' }),
  node: paint({ fill: '#ffffff', stroke: '#d1d9e0' }, { fill: '#151b23', stroke: '#3d444d' }),
  container: paint({ fill: '#f6f8fa', stroke: '#d1d9e0' }, { fill: '#10151d', stroke: '#3d444d' }),
  part: paint({ fill: '#ffffff', stroke: '#d1d9e0' }, { fill: '#0d1117', stroke: '#30363d' }),
  end: paint({ fill: '#59636e' }, { fill: '#9198a1' }),
  endText: paint({ fill: '#ffffff' }, { fill: '#0d1117' }),
  line: paint({ stroke: '#8c959f' }, { stroke: '#6e7681' }),
  arrow: paint({ fill: '#8c959f' }, { fill: '#6e7681' }),
  label: paint({ fill: '#ffffff', stroke: '#e4e8ec' }, { fill: '#0d1117', stroke: '#262c36' }),

  Task: paint({ fill: '#0969da' }, { fill: '#388bfd' }),
  Choice: paint({ fill: '#8250df' }, { fill: '#a371f7' }),
  Parallel: paint({ fill: '#0e7a86' }, { fill: '#39c5cf' }),
  Map: paint({ fill: '#0e7a86' }, { fill: '#39c5cf' }),
  Wait: paint({ fill: '#6e5494' }, { fill: '#b8a1d9' }),
  Pass: paint({ fill: '#59636e' }, { fill: '#9198a1' }),
  Succeed: paint({ fill: '#1a7f37' }, { fill: '#3fb950' }),
  Fail: paint({ fill: '#cf222e' }, { fill: '#f85149' }),
  glyph: paint({ stroke: '#ffffff', fill: 'none' }, { stroke: '#0d1117', fill: 'none' }),

  succeeded: paint({ fill: '#eefbf1', stroke: '#1a7f37' }, { fill: '#0f2417', stroke: '#3fb950' }),
  caught: paint({ fill: '#fff5eb', stroke: '#d1660a' }, { fill: '#2b1c0d', stroke: '#f0883e' }),
  failed: paint({ fill: '#fff0ee', stroke: '#cf222e' }, { fill: '#2d1517', stroke: '#f85149' }),
  aborted: paint({ fill: '#f3f1f6', stroke: '#8c8296' }, { fill: '#1b1822', stroke: '#8d8499' }),
  running: paint({ fill: '#eaf4ff', stroke: '#0969da' }, { fill: '#0e2138', stroke: '#58a6ff' }),

  succeededMark: paint({ fill: '#1a7f37' }, { fill: '#3fb950' }),
  caughtMark: paint({ fill: '#bc5a00' }, { fill: '#f0883e' }),
  failedMark: paint({ fill: '#cf222e' }, { fill: '#f85149' }),
  abortedMark: paint({ fill: '#786f82' }, { fill: '#a59db0' }),
  runningMark: paint({ fill: '#0969da' }, { fill: '#58a6ff' }),
  badgeText: paint({ fill: '#ffffff' }, { fill: '#0d1117' }),

  taken: paint({ stroke: '#1a7f37' }, { stroke: '#3fb950' }),
  takenArrow: paint({ fill: '#1a7f37' }, { fill: '#3fb950' }),
  caughtLine: paint({ stroke: '#d1660a' }, { stroke: '#f0883e' }),
  caughtArrow: paint({ fill: '#d1660a' }, { fill: '#f0883e' }),
} satisfies Readonly<Record<string, Paint>>;

/** The name of a paint; also of its class, `baton-…`. */
export type PaintName = keyof typeof PAINTS;

/** The strong colour of each outcome. */
export const MARK_OF: Readonly<Record<VisitOutcome, PaintName>> = {
  succeeded: 'succeededMark',
  caught: 'caughtMark',
  failed: 'failedMark',
  aborted: 'abortedMark',
  running: 'runningMark',
};

/** The attributes of an element painted so. */
export function painted(name: PaintName): Attributes {
  return { class: `baton-${name}`, ...PAINTS[name].light };
}

/** The text of a `<style>` that turns every painted element dark where the viewer prefers it. */
export function darkStyle(): string {
  const rules = Object.entries(PAINTS).map(([name, { dark }]) => {
    const declarations = Object.entries(dark).map(([property, value]) => `${property}:${value}`);
    return `.baton-${name}{${declarations.join(';')}}`;
  });
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`;
}
