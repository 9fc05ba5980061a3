import type { StateMachine } from '../asl/types';
import type { HistoryEvent } from '../simulator/history-event';
import { renderDuration } from './duration';
import { executionResultOf, type ExecutionResult } from './execution-result';
import { graphOf, type StateNode } from './graph';
import { layoutOf } from './layout';
import { oneLine, renderError, shortened } from './one-line';
import { darkStyle, MARK_OF, painted, type PaintName } from './paint';
import { BOLDER, DETAIL_SIZE, moved, renderText } from './svg-elements';
import { measuresOf, OUTCOME_WORDS, renderLayout } from './svg-layout';
import { textWidth } from './text-width';
import { traceOf, type Trace } from './trace';
import type { VisitOutcome } from './visits';
import { element, escapeXml } from './xml';

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

  const titleWidth = textWidth(oneLine(stateMachine.Comment ?? ''), TITLE_SIZE) * BOLDER;
  const width = Math.max(layout.width, MIN_WIDTH, Math.min(titleWidth, MAX_TITLE_WIDTH)) + 2 * MARGIN;
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
/** A longer title does not make the picture wider. */
const MAX_TITLE_WIDTH = 720;
const TITLE_SIZE = 16;

interface Block {
  readonly content: string;
  readonly height: number;
}

const NOTHING: Block = { content: '', height: 0 };

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
    text: OUTCOME_WORDS[outcome],
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
