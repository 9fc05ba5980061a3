import type { HistoryEvent } from '../simulator/history-event';
import { renderDuration, renderOffset } from './duration';
import { executionResultOf, type ExecutionResult } from './execution-result';
import { oneLine, renderError, shortened } from './one-line';
import { visitsOf, type Attempt, type Visit } from './visits';

/** How `renderTimeline` writes. */
export interface TimelineOptions {
  /** ANSI colours. @default false */
  readonly colour?: boolean;
  /** Longest line, in characters; what is longer ends in `…`. At least 60 are used. @default 120 */
  readonly width?: number;
}

const DEFAULT_WIDTH = 120;
const MIN_WIDTH = 60;
/** Of a longer timeline the beginning and the end are shown. */
const MAX_LINES = 80;

/**
 * The events of one execution, in the order of their ids, as a table for people: virtual time since the start, state (iterations
 * as `[0]`, branches as `├`), which try, and what came of it. A line per visit, or per try where a visit has several.
 * Text from the execution is made fit for a terminal: no control characters, one line each.
 */
export function renderTimeline(events: readonly HistoryEvent[], options: TimelineOptions = {}): string {
  if (events.length === 0) return 'no events';
  const width = Math.max(options.width ?? DEFAULT_WIDTH, MIN_WIDTH);
  const lines = linesOf(visitsOf(events));
  const shown = withoutMiddle([...lines, lastLine(executionResultOf(events))]);
  return render([HEADER, ...shown], width, options.colour ?? false);
}

interface Line {
  readonly time: string;
  readonly state: string;
  readonly attempt: string;
  readonly outcome: string;
  readonly tone: Tone;
}

type Tone = 'good' | 'bad' | 'warning' | 'quiet' | 'plain';

const HEADER: Line = { time: 'time', state: 'state', attempt: 'try', outcome: 'outcome', tone: 'quiet' };

/** What happened inside a visit of a Parallel or Map: visits by attempt, then by branch or iteration. */
type Inside = Map<number, Map<number, Visit[]>>;

function linesOf(visits: readonly Visit[]): Line[] {
  const top: Visit[] = [];
  const insideOf = new Map<number, Inside>();
  for (const visit of visits) {
    const step = visit.path.at(-1);
    if (step === undefined) {
      top.push(visit);
      continue;
    }
    const inside = getOrAdd(insideOf, step.enteredEventId, (): Inside => new Map());
    const attempt = getOrAdd(inside, step.attempt, () => new Map<number, Visit[]>());
    getOrAdd(attempt, step.index, (): Visit[] => []).push(visit);
  }

  const lines: Line[] = [];
  for (const visit of top) addVisit(visit, '', '');
  return lines;

  function addVisit(visit: Visit, firstPrefix: string, prefix: string): void {
    const tries = visit.attempts.length > 1 ? visit.attempts : [visit.attempts[0]];
    tries.forEach((attempt, index) => {
      const next = visit.attempts[index + 1];
      const state = index === 0 ? firstPrefix + oneLine(visit.state) : prefix;
      const time = renderOffset(index === 0 ? visit.enteredAtMs : (attempt?.startedAtMs ?? visit.enteredAtMs));
      const numbered = tries.length > 1 || (visit.type === 'Task' && attempt !== undefined);
      const what = next === undefined || attempt === undefined ? endOf(visit) : retryOf(attempt, next);
      lines.push({ time, state, attempt: numbered ? `${index + 1}` : '', ...what });
      addInside(visit, index, prefix);
    });
  }

  function addInside(container: Visit, attempt: number, prefix: string): void {
    const groups = [...(insideOf.get(container.enteredEventId)?.get(attempt) ?? [])].sort(([a], [b]) => a - b);
    groups.forEach(([index, visits], position) => {
      const [first, rest] = container.type === 'Map' ? iterationMarks(index) : branchMarks(position === groups.length - 1);
      visits.forEach((visit, at) => addVisit(visit, prefix + (at === 0 ? first : rest), prefix + rest));
    });
  }
}

function iterationMarks(index: number): [first: string, rest: string] {
  const first = `[${index}] `;
  return [first, ' '.repeat(first.length)];
}

function branchMarks(last: boolean): [first: string, rest: string] {
  return last ? ['└ ', '  '] : ['├ ', '│ '];
}

function retryOf(attempt: Attempt, next: Attempt): Pick<Line, 'outcome' | 'tone'> {
  const delayMs = next.startedAtMs - (attempt.endedAtMs ?? next.startedAtMs);
  const outcome = withError(`${failedOf(attempt)}, retried after ${renderDuration(delayMs)}`, attempt.error, attempt.cause);
  return { outcome, tone: 'warning' };
}

function endOf(visit: Visit): Pick<Line, 'outcome' | 'tone'> {
  const last = visit.attempts.at(-1);
  const sinceMs = visit.attempts.length > 1 && last !== undefined ? last.startedAtMs : visit.enteredAtMs;
  const tookMs = (visit.exitedAtMs ?? sinceMs) - sinceMs;
  switch (visit.outcome) {
    case 'succeeded':
      return { outcome: successOf(visit, tookMs), tone: 'good' };
    case 'caught': {
      const target = visit.next === undefined ? '' : ` → ${oneLine(visit.next)}`;
      return { outcome: withError(`${failedOf(last)}, caught${target}`, visit.error, visit.cause), tone: 'warning' };
    }
    case 'failed':
      return { outcome: withError(failedOf(last), visit.error, visit.cause), tone: 'bad' };
    case 'aborted':
      return { outcome: tookMs === 0 ? 'aborted' : `aborted after ${renderDuration(tookMs)}`, tone: 'quiet' };
    case 'running':
      return { outcome: 'not finished', tone: 'plain' };
  }
}

function successOf(visit: Visit, tookMs: number): string {
  if (visit.type === 'Choice') return visit.next === undefined ? 'succeeded' : `→ ${oneLine(visit.next)}`;
  if (visit.type === 'Wait') return `waited ${renderDuration(tookMs)}`;
  const length = visit.attempts.at(-1)?.length;
  const items = length === undefined ? '' : `${length} ${length === 1 ? 'item' : 'items'}, `;
  return `${items}succeeded${tookMs === 0 ? '' : ` in ${renderDuration(tookMs)}`}`;
}

function failedOf(attempt: Attempt | undefined): string {
  if (attempt?.outcome !== 'timedOut') return 'failed';
  return `timed out after ${renderDuration((attempt.endedAtMs ?? attempt.startedAtMs) - attempt.startedAtMs)}`;
}

function withError(what: string, error: string | undefined, cause: string | undefined): string {
  const text = renderError(error, cause);
  return text === '' ? what : `${what} · ${text}`;
}

function lastLine(result: ExecutionResult): Line {
  const tone = result.status === 'SUCCEEDED' ? 'good' : result.status === 'RUNNING' ? 'plain' : 'bad';
  const detail = result.status === 'SUCCEEDED' ? oneLine(result.output ?? '') : renderError(result.error, result.cause);
  const outcome = detail === '' ? result.status : `${result.status} · ${detail}`;
  return { time: renderOffset(result.durationMs), state: 'execution', attempt: '', outcome, tone };
}

function withoutMiddle(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= MAX_LINES) return lines;
  const head = MAX_LINES / 2;
  const tail = MAX_LINES - head - 1;
  const state = `… ${lines.length - head - tail} lines left out …`;
  return [...lines.slice(0, head), { time: '', state, attempt: '', outcome: '', tone: 'quiet' }, ...lines.slice(-tail)];
}

const ANSI: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  good: ['\u001b[32m', '\u001b[39m'],
  bad: ['\u001b[31m', '\u001b[39m'],
  warning: ['\u001b[33m', '\u001b[39m'],
  quiet: ['\u001b[2m', '\u001b[22m'],
  plain: ['', ''],
};

const GAP = '  ';

function render(lines: readonly Line[], width: number, colour: boolean): string {
  const widest = (text: (line: Line) => string, most: number): number =>
    Math.min(most, Math.max(...lines.map((line) => [...text(line)].length)));
  const timeWidth = widest((line) => line.time, width);
  const stateWidth = widest((line) => line.state, Math.floor(width * 0.4));
  const attemptWidth = widest((line) => line.attempt, width);
  const outcomeWidth = Math.max(width - timeWidth - stateWidth - attemptWidth - 3 * GAP.length, 1);
  return lines
    .map((line) => {
      const [on, off] = colour && line.outcome !== '' ? ANSI[line.tone] : ANSI.plain;
      const columns = [
        line.time.padStart(timeWidth),
        padded(shortened(line.state, stateWidth), stateWidth),
        line.attempt.padStart(attemptWidth),
        on + shortened(line.outcome, outcomeWidth) + off,
      ];
      return columns.join(GAP).trimEnd();
    })
    .join('\n');
}

/** `padEnd` counts UTF-16 units; this counts characters. */
function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - [...text].length));
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
