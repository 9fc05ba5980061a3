import type { StateMachine } from '../asl/types';
import type { HistoryEvent } from '../simulator/history-event';
import { renderDuration } from './duration';
import { executionResultOf, type ExecutionResult } from './execution-result';
import { graphOf, START, type StateNode } from './graph';
import { layoutOf, type Area, type Box, type End, type Layout, type Line, type Measures, type Point, type Size } from './layout';
import { oneLine, renderError, shortened } from './one-line';
import { darkStyle, MARK_OF, painted, type PaintName } from './paint';
import { renderStateDetail } from './state-detail';
import { STATE_GLYPHS } from './state-glyphs';
import { textWidth } from './text-width';
import { traceOf, type NodeTrace, type Trace } from './trace';
import type { VisitOutcome } from './visits';
import { element, escapeXml, rounded } from './xml';

/**
 * A picture of a state machine, and with `events` (of one execution, in the order of their ids) of the way it took: what was visited,
 * retried, caught, aborted or failed, and how long it took.
 *
 * One self-contained SVG document: no script, no external font or image, legible on light and dark pages, text escaped. The same
 * arguments give the same bytes.
 *
 * @throws Error if a state goes on to one that is not there
 */
export function renderSvg(stateMachine: StateMachine, events?: readonly HistoryEvent[]): string {
  const graph = graphOf(stateMachine);
  const trace = events === undefined ? undefined : traceOf(graph, events);
  const result = events === undefined ? undefined : executionResultOf(events);
  const layout = layoutOf(graph, measuresOf(trace));

  const width = Math.max(layout.width, MIN_WIDTH) + 2 * MARGIN;
  const head = renderHead(stateMachine.Comment, result, width - 2 * MARGIN);
  const legend = trace === undefined ? NOTHING : renderLegend(trace, graph.nodes, width);
  const height = MARGIN + head.height + layout.height + legend.height + MARGIN;
  const title = oneLine(stateMachine.Comment ?? 'State machine') + (result === undefined ? '' : `: ${result.status}`);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: Math.ceil(width),
      height: Math.ceil(height),
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: 'img',
      'font-family': FONT,
    },
    [
      element('title', {}, [escapeXml(title)]),
      element('style', {}, [darkStyle()]),
      element('rect', { width: '100%', height: '100%', rx: 8, ...painted('page') }),
      moved({ x: MARGIN, y: MARGIN }, [head.content]),
      moved({ x: (width - layout.width) / 2, y: MARGIN + head.height }, [renderLayout(layout, trace)]),
      moved({ x: 0, y: MARGIN + head.height + layout.height }, [legend.content]),
    ],
  );
}

const FONT = "ui-sans-serif, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif";
const MARGIN = 24;
const MIN_WIDTH = 320;
const NAME_SIZE = 13;
const DETAIL_SIZE = 11;
const LABEL_SIZE = 11;
const LABEL_LINE = 15;
const TITLE_SIZE = 16;
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

interface Block {
  readonly content: string;
  readonly height: number;
}

const NOTHING: Block = { content: '', height: 0 };

function measuresOf(trace: Trace | undefined): Measures {
  const sizeOfState = (node: StateNode): Size => {
    const { name, detail } = textsOf(node, trace);
    const text = Math.max(textWidth(name, NAME_SIZE) * BOLDER, textWidth(detail, DETAIL_SIZE));
    return {
      width: Math.max(MIN_NODE_WIDTH, TEXT_X + text + NODE_PADDING + (trace === undefined ? 0 : MARK_ROOM)),
      height: NODE_HEIGHT,
    };
  };
  return {
    sizeOfState,
    sizeOfHead: (container) => ({ width: sizeOfState(container).width, height: HEAD_HEIGHT }),
    sizeOfLabel: (texts) => ({
      width: Math.max(...texts.map((text) => textWidth(labelText(text), LABEL_SIZE))) + 12,
      height: texts.length * LABEL_LINE + 4,
    }),
    sizeOfEnd: { width: 58, height: 26 },
  };
}

/** Semibold letters against regular ones. */
const BOLDER = 1.05;

function textsOf(node: StateNode, trace: Trace | undefined): { readonly name: string; readonly detail: string } {
  const seen = trace?.nodes.get(node);
  const facts = [
    oneLine(renderStateDetail(node.state)),
    seen === undefined || seen.visits < 2 ? '' : `${seen.visits} visits`,
    seen?.durationMs === undefined || seen.durationMs === 0 ? '' : renderDuration(seen.durationMs),
  ];
  const detail = facts.filter((fact) => fact !== '').map((fact) => shortened(fact, MAX_DETAIL));
  return { name: shortened(oneLine(node.name), MAX_NAME), detail: detail.join(' · ') };
}

function labelText(text: string): string {
  return shortened(oneLine(text), MAX_LABEL);
}

function renderLayout(layout: Layout, trace: Trace | undefined): string {
  const lines = [...layout.lines].sort((a, b) => rankOf(a, trace) - rankOf(b, trace)); // the way taken lies on top
  return [
    ...lines.map((line) => renderLine(line, trace)),
    ...lines.map((line) => renderLabel(line, trace)),
    ...layout.ends.map(renderEnd),
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
  const down = tip.y >= before.y ? 1 : -1;
  const neck = { x: tip.x, y: tip.y - down * ARROW_LENGTH };
  const catching = line.edges.some((edge) => edge.kind === 'catch');
  const path = element('path', {
    d: curveThrough([...line.points.slice(0, -1), neck]),
    ...painted(stroke),
    fill: 'none',
    'stroke-width': how === undefined ? 1.5 : 2.5,
    ...(catching ? { 'stroke-dasharray': '5 4' } : {}),
  });
  const arrow = element('path', {
    d: `M${at(tip)}L${at({ x: tip.x - 4.5, y: neck.y - down })}L${at({ x: tip.x + 4.5, y: neck.y - down })}Z`,
    ...painted(fill),
  });
  return faded(how === undefined && trace !== undefined, [path, arrow]);
}

/** Vertical at every point, so that lines leave and enter boxes straight. */
function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let d = `M${at(first)}`;
  let from = first;
  for (const to of rest) {
    const middleY = (from.y + to.y) / 2;
    d += from.x === to.x ? `L${at(to)}` : `C${at({ x: from.x, y: middleY })} ${at({ x: to.x, y: middleY })} ${at(to)}`;
    from = to;
  }
  return d;
}

function at(point: Point): string {
  return `${rounded(point.x)} ${rounded(point.y)}`;
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
  return faded(how === undefined && trace !== undefined, [moved(label, [tooltip, back, ...texts])]);
}

function renderEnd(end: End): string {
  const text = end.id === START ? 'Start' : 'End';
  return moved(end, [
    element('rect', { width: end.width, height: end.height, rx: end.height / 2, ...painted('end') }),
    renderText(text, { x: end.width / 2, y: 17, size: 12, colour: 'endText', anchor: 'middle', weight: 600 }),
  ]);
}

function renderBox(box: Box, trace: Trace | undefined): string {
  const seen = trace?.nodes.get(box.node);
  const { name, detail } = textsOf(box.node, trace);
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
  if (seen !== undefined) lines.push(`${WORDS[seen.outcome]}, visits: ${seen.visits}, retries: ${seen.retries}`);
  return lines.join('\n');
}

const WORDS: Readonly<Record<VisitOutcome, string>> = {
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

const OUTCOME_OF: Readonly<Record<ExecutionResult['status'], VisitOutcome>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'aborted',
  RUNNING: 'running',
};

function renderHead(comment: string | undefined, result: ExecutionResult | undefined, width: number): Block {
  const lines: string[] = [];
  let y = 0;
  if (comment !== undefined && comment !== '') {
    lines.push(
      renderText(fitting(oneLine(comment), TITLE_SIZE, width), {
        x: 0,
        y: y + 14,
        size: TITLE_SIZE,
        colour: 'title',
        weight: 600,
      }),
    );
    y += 30;
  }
  if (result !== undefined) {
    const mark = MARK_OF[OUTCOME_OF[result.status]];
    const status = result.status.replace('_', ' ');
    const pill = textWidth(status, 11) * BOLDER + 20;
    const took = `in ${renderDuration(result.durationMs)}`;
    const tookX = pill + 8;
    const reasonX = tookX + textWidth(took, 12) + 14;
    const reason = fitting(renderError(result.error, result.cause), 12, width - reasonX);
    lines.push(
      element('rect', { x: 0, y, width: pill, height: 20, rx: 10, ...painted(mark) }),
      renderText(status, { x: pill / 2, y: y + 14, size: 11, colour: 'badgeText', anchor: 'middle', weight: 700 }),
      renderText(took, { x: tookX, y: y + 14, size: 12, colour: 'detail' }),
      renderText(reason, { x: reasonX, y: y + 14, size: 12, colour: mark }),
    );
    y += 32;
  }
  return { content: lines.join(''), height: y };
}

function fitting(text: string, size: number, width: number): string {
  let fit = text;
  while (fit !== '' && textWidth(fit, size) * BOLDER > width) {
    const length = [...fit].length;
    if (length <= 2) return '';
    fit = shortened(fit, Math.min(length - 1, Math.floor((length * width) / (textWidth(fit, size) * BOLDER)) + 1));
  }
  return fit;
}

const LEGEND_ORDER: readonly VisitOutcome[] = ['succeeded', 'caught', 'failed', 'aborted', 'running'];

function renderLegend(trace: Trace, nodes: readonly StateNode[], width: number): Block {
  const all = withInner(nodes);
  const present = new Set([...trace.nodes.values()].map((seen) => seen.outcome));
  const entries = LEGEND_ORDER.filter((outcome) => present.has(outcome)).map((outcome) => ({
    paint: outcome as PaintName,
    text: WORDS[outcome],
  }));
  if (all.length > trace.nodes.size) entries.push({ paint: 'node', text: 'not visited' });
  const widths = entries.map(({ text }) => 18 + textWidth(text, DETAIL_SIZE) + 16);
  let x = Math.max((width - widths.reduce((sum, entry) => sum + entry, -16)) / 2, MARGIN);
  const content = entries.map(({ paint, text }, index) => {
    const entry = moved({ x, y: 24 }, [
      element('rect', { width: 12, height: 12, rx: 3, ...painted(paint), 'stroke-width': 1.5 }),
      renderText(text, { x: 18, y: 10, size: DETAIL_SIZE, colour: 'detail' }),
    ]);
    x += widths[index] ?? 0;
    return entry;
  });
  return { content: content.join(''), height: 36 };
}

function withInner(nodes: readonly StateNode[]): StateNode[] {
  return nodes.flatMap((node) => [node, ...node.parts.flatMap((part) => withInner(part.nodes))]);
}

interface TextStyle extends Point {
  readonly size: number;
  readonly colour: PaintName;
  readonly weight?: number;
  readonly anchor?: 'middle';
}

function renderText(text: string, { x, y, size, colour, weight, anchor }: TextStyle): string {
  if (text === '') return '';
  const attributes = {
    x,
    y,
    'font-size': size,
    ...(weight === undefined ? {} : { 'font-weight': weight }),
    ...(anchor === undefined ? {} : { 'text-anchor': anchor }),
    ...painted(colour),
  };
  return element('text', attributes, [escapeXml(text)]);
}

function moved(to: Point, content: readonly string[]): string {
  const inner = content.filter((part) => part !== '');
  return inner.length === 0 ? '' : element('g', { transform: `translate(${at(to)})` }, inner);
}

function faded(really: boolean, content: readonly string[]): string {
  return really ? element('g', { opacity: 0.5 }, content) : content.join('');
}
