import { renderDuration } from './duration';
import { START, type StateNode } from './graph';
import type { Area, Box, End, Layout, Line, Measures, Point, Size } from './layout';
import { oneLine, shortened } from './one-line';
import { MARK_OF, painted, type PaintName } from './paint';
import { renderStateDetail } from './state-detail';
import { STATE_GLYPHS } from './state-glyphs';
import { at, BOLDER, DETAIL_SIZE, faded, moved, renderText } from './svg-elements';
import { textWidth } from './text-width';
import type { NodeTrace, Trace } from './trace';
import type { VisitOutcome } from './visits';
import { element, escapeXml } from './xml';

const NAME_SIZE = 13;
const LABEL_SIZE = 11;
const LABEL_LINE = 15;
const NODE_HEIGHT = 50;
const HEAD_HEIGHT = 48;
const TEXT_X = 50;
const NODE_PADDING = 16;
const MARK_ROOM = 24;
const MIN_NODE_WIDTH = 130;
/** Longest texts, in characters; the whole name is in the tooltip. */
const MAX_NAME = 40;
const MAX_DETAIL = 44;
const MAX_LABEL = 40;

/** Sizes of what `renderLayout` draws; with a trace there is more to say. */
export function measuresOf(trace: Trace | undefined): Measures {
  const sizeOfState = (node: StateNode, unlined: readonly StateNode[]): Size => {
    const { name, detail } = textsOf(node, unlined, trace);
    const text = Math.max(textWidth(name, NAME_SIZE) * BOLDER, textWidth(detail, DETAIL_SIZE));
    return {
      width: Math.max(MIN_NODE_WIDTH, TEXT_X + text + NODE_PADDING + (trace === undefined ? 0 : MARK_ROOM)),
      height: NODE_HEIGHT,
    };
  };
  return {
    sizeOfState,
    sizeOfHead: (container, unlined) => ({ width: sizeOfState(container, unlined).width, height: HEAD_HEIGHT }),
    sizeOfLabel: (texts) => ({
      width: Math.max(...texts.map((text) => textWidth(labelText(text), LABEL_SIZE))) + 12,
      height: texts.length * LABEL_LINE + 4,
    }),
    sizeOfEnd: { width: 58, height: 26 },
    mustDraw: (edge) => trace?.edges.has(edge) ?? false,
  };
}

function textsOf(
  node: StateNode,
  unlined: readonly StateNode[],
  trace: Trace | undefined,
): { readonly name: string; readonly detail: string } {
  const seen = trace?.nodes.get(node);
  const facts = [
    oneLine(renderStateDetail(node.state)),
    seen === undefined || seen.visits < 2 ? '' : `${seen.visits} visits`,
    seen?.durationMs === undefined || seen.durationMs === 0 ? '' : renderDuration(seen.durationMs),
    ...unlined.map((target) => `catch → ${oneLine(target.name)}`),
  ];
  const detail = facts.filter((fact) => fact !== '').map((fact) => shortened(fact, MAX_DETAIL));
  return { name: shortened(oneLine(node.name), MAX_NAME), detail: detail.join(' · ') };
}

function labelText(text: string): string {
  return shortened(oneLine(text), MAX_LABEL);
}

/** The content of one level, nested ones inside their boxes. */
export function renderLayout(layout: Layout, trace: Trace | undefined): string {
  const lines = [...layout.lines].sort((a, b) => rankOf(a, trace) - rankOf(b, trace)); // the way taken lies on top
  return [
    ...lines.map((line) => renderLine(line, trace)),
    ...lines.map((line) => renderLabel(line, trace)),
    ...layout.ends.map((end) => renderEnd(end, layout.lines, trace)),
    ...layout.boxes.map((box) => renderBox(box, trace)),
  ].join('');
}

function rankOf(line: Line, trace: Trace | undefined): number {
  return takenHow(line, trace) === undefined ? 0 : 1;
}

function takenHow(line: Line, trace: Trace | undefined): 'taken' | 'caught' | undefined {
  const hows = line.edges.map((edge) => trace?.edges.get(edge));
  return hows.find((how) => how !== undefined);
}

const LINE_PAINTS = {
  taken: ['taken', 'takenArrow'],
  caught: ['caughtLine', 'caughtArrow'],
  not: ['line', 'arrow'],
} as const satisfies Record<string, readonly [PaintName, PaintName]>;

const ARROW_LENGTH = 8;

function renderLine(line: Line, trace: Trace | undefined): string {
  const how = takenHow(line, trace);
  const [stroke, fill] = LINE_PAINTS[how ?? 'not'];
  const tip = line.points.at(-1);
  const before = line.points.at(-2);
  if (tip === undefined || before === undefined) return '';
  if (line.loop) return renderLoop(line, before, tip, trace);
  const down = tip.y >= before.y ? 1 : -1;
  const neck = { x: tip.x, y: tip.y - down * ARROW_LENGTH };
  const path = element('path', {
    d: roundedPath([...line.points.slice(0, -1), neck]),
    ...painted(stroke),
    fill: 'none',
    'stroke-width': how === undefined ? 1.5 : 2.5,
    ...dashesOf(line),
  });
  const arrow = element('path', {
    d: `M${at(tip)}L${at({ x: tip.x - 4.5, y: neck.y - down })}L${at({ x: tip.x + 4.5, y: neck.y - down })}Z`,
    ...painted(fill),
  });
  return faded(how === undefined && trace !== undefined, [path, arrow]);
}

function dashesOf(line: Line): Readonly<Record<string, string>> {
  return line.edges.some((edge) => edge.kind === 'catch') ? { 'stroke-dasharray': '5 4' } : {};
}

const LOOP_REACH = 28;

function renderLoop(line: Line, from: Point, tip: Point, trace: Trace | undefined): string {
  const how = takenHow(line, trace);
  const [stroke, fill] = LINE_PAINTS[how ?? 'not'];
  const neck = { x: tip.x + ARROW_LENGTH, y: tip.y };
  // A cubic curve reaches three quarters of the way to its control points.
  const far = tip.x + (line.label === undefined ? LOOP_REACH : line.label.x - tip.x) / 0.75;
  return faded(how === undefined && trace !== undefined, [
    element('path', {
      d: `M${at(from)}C${at({ x: far, y: from.y })} ${at({ x: far, y: tip.y })} ${at(neck)}`,
      ...painted(stroke),
      fill: 'none',
      'stroke-width': how === undefined ? 1.5 : 2.5,
      ...dashesOf(line),
    }),
    element('path', { d: `M${at(tip)}l9 -4.5v9Z`, ...painted(fill) }),
  ]);
}

const CORNER = 9;

/** Straight pieces with rounded corners. */
function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let d = `M${at(first)}`;
  rest.forEach((corner, index) => {
    const from = points[index] as Point;
    const to = rest[index + 1];
    if (to === undefined) {
      d += `L${at(corner)}`;
      return;
    }
    const radius = Math.min(CORNER, distance(from, corner) / 2, distance(corner, to) / 2);
    d += `L${at(towards(corner, from, radius))}Q${at(corner)} ${at(towards(corner, to, radius))}`;
  });
  return d;
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y); // of points above or beside each other
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}

function renderLabel(line: Line, trace: Trace | undefined): string {
  const { label } = line;
  if (label === undefined) return '';
  const how = takenHow(line, trace);
  const colour: PaintName = how === undefined ? 'detail' : how === 'caught' ? 'caughtMark' : 'succeededMark';
  const texts = label.texts.map((text, index) =>
    renderText(labelText(text), {
      x: label.width / 2,
      y: 2 + LABEL_LINE * (index + 0.75),
      size: LABEL_SIZE,
      colour,
      anchor: 'middle',
    }),
  );
  const back = element('rect', { width: label.width, height: label.height, rx: 6, ...painted('label') });
  const tooltip = element('title', {}, [escapeXml(label.texts.map(oneLine).join('\n'))]);
  return moved(label, [tooltip, back, faded(how === undefined && trace !== undefined, texts)]);
}

function renderEnd(end: End, lines: readonly Line[], trace: Trace | undefined): string {
  const text = end.id === START ? 'Start' : 'End';
  const reached = lines.some(
    (line) => takenHow(line, trace) !== undefined && line.edges.some(({ from, to }) => [from, to].includes(end.id)),
  );
  const mark = [
    element('rect', { width: end.width, height: end.height, rx: end.height / 2, ...painted('end') }),
    renderText(text, { x: end.width / 2, y: 17, size: 12, colour: 'endText', anchor: 'middle', weight: 600 }),
  ];
  return moved(end, [faded(trace !== undefined && !reached, mark)]);
}

function renderBox(box: Box, trace: Trace | undefined): string {
  const seen = trace?.nodes.get(box.node);
  const { name, detail } = textsOf(box.node, box.unlined, trace);
  const plain: PaintName = box.parts.length > 0 ? 'container' : 'node';
  const state = [
    element('title', {}, [escapeXml(tooltipOf(box.node, seen))]),
    element('rect', {
      width: box.width,
      height: box.height,
      rx: 8,
      ...painted(seen === undefined ? plain : seen.outcome),
      'stroke-width': seen === undefined ? 1.2 : 1.8,
      ...(seen?.outcome === 'aborted' ? { 'stroke-dasharray': '4 3' } : {}),
    }),
    renderGlyph(box.node),
    renderText(name, { x: TEXT_X, y: 22, size: NAME_SIZE, colour: 'name', weight: 600 }),
    renderText(detail, { x: TEXT_X, y: 38, size: DETAIL_SIZE, colour: 'detail' }),
    seen === undefined ? '' : renderMark(seen.outcome, { x: box.width - 20, y: NODE_HEIGHT / 2 }),
    seen === undefined || seen.retries === 0 ? '' : renderRetries(seen.retries, box),
  ];
  const parts = box.parts.map((part) =>
    moved(part, [
      element('rect', { width: part.width, height: part.height, rx: 6, ...painted('part'), 'stroke-dasharray': '4 4' }),
      moved(centred(part.layout, part), [renderLayout(part.layout, trace)]),
    ]),
  );
  return moved(box, [faded(trace !== undefined && seen === undefined, state), ...parts]);
}

function centred(inner: Size, outer: Area): Point {
  return { x: (outer.width - inner.width) / 2, y: 16 };
}

function tooltipOf(node: StateNode, seen: NodeTrace | undefined): string {
  const lines = [oneLine(node.name), oneLine(renderStateDetail(node.state))];
  if (seen !== undefined) lines.push(`${OUTCOME_WORDS[seen.outcome]}, visits: ${seen.visits}, retries: ${seen.retries}`);
  return lines.join('\n');
}

/** Outcomes as the legend names them. */
export const OUTCOME_WORDS: Readonly<Record<VisitOutcome, string>> = {
  succeeded: 'succeeded',
  caught: 'failed and caught',
  failed: 'failed',
  aborted: 'aborted',
  running: 'not finished',
};

function renderGlyph(node: StateNode): string {
  return moved({ x: 11, y: 10 }, [
    element('rect', { width: 30, height: 30, rx: 7, ...painted(node.type) }),
    element('path', {
      d: STATE_GLYPHS[node.type],
      transform: 'translate(7 7)',
      ...painted('glyph'),
      'stroke-width': 1.7,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  ]);
}

/** In a square of 12. */
const MARKS: Readonly<Record<VisitOutcome, string>> = {
  succeeded: 'M2.5 6.5 5 9l4.5-6',
  caught: 'M2.5 3.5v1.5a2.5 2.5 0 0 0 2.5 2.5h4M7 5.5l2.2 2L7 9.5',
  failed: 'M3 3l6 6M9 3 3 9',
  aborted: 'M3 6h6',
  running: 'M3 6h.01M6 6h.01M9 6h.01',
};

function renderMark(outcome: VisitOutcome, centre: Point): string {
  return moved({ x: centre.x - 6, y: centre.y - 6 }, [
    element('circle', { cx: 6, cy: 6, r: 9, ...painted(MARK_OF[outcome]) }),
    element('path', {
      d: MARKS[outcome],
      ...painted('glyph'),
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  ]);
}

function renderRetries(retries: number, box: Area): string {
  const text = retries === 1 ? '1 retry' : `${retries} retries`;
  const width = textWidth(text, 10) + 14;
  return moved({ x: box.width - width - 8, y: -9 }, [
    element('rect', { width, height: 17, rx: 8.5, ...painted('caughtMark') }),
    renderText(text, { x: width / 2, y: 12, size: 10, colour: 'badgeText', anchor: 'middle', weight: 600 }),
  ]);
}
