import { renderDuration } from './duration';
import type { Load, SecondOfLoad } from './load';

/** How `renderLoad` draws. */
export interface LoadOptions {
  /** ANSI colours. @default false */
  readonly colour?: boolean;
  /** The longest bar, in characters; at least 10. @default 60 */
  readonly width?: number;
}

const DEFAULT_WIDTH = 60;
const MIN_WIDTH = 10;
/** Of a longer one the beginning and the end are shown. */
const MAX_LINES = 40;

const PASSED = '█';
const THROTTLED = '░';
/** Seconds without calls. */
const GAP = '⋮';

/**
 * A histogram of a fake's load, for people: a line for each second in which there were calls, counted from the first call, and what of them was
 * throttled; `⋮` stands for seconds without any.
 *
 * ```ts
 * console.log(renderLoad(charge.load, { colour: process.stdout.isTTY }));
 * ```
 */
export function renderLoad(load: Load, options: LoadOptions = {}): string {
  if (load.calls === 0) return 'no calls';
  const width = Math.max(options.width ?? DEFAULT_WIDTH, MIN_WIDTH);
  const rows = load.perSecond.map((second) => ({
    ...second,
    time: `+${renderDuration(second.second * 1000)}`,
    count: count(second.calls),
  }));
  const timeWidth = Math.max(...rows.map(({ time }) => time.length));
  const countWidth = Math.max(...rows.map((row) => row.count.length));
  const [on, off] = options.colour === true ? YELLOW : ['', ''];
  const lines = rows.flatMap((row, index) => {
    const { passed, throttled } = barOf(row, load.peakPerSecond, width);
    const bar = PASSED.repeat(passed) + (throttled === 0 ? '' : on + THROTTLED.repeat(throttled) + off);
    const line = `${row.time.padStart(timeWidth)}  ${row.count.padStart(countWidth)}  ${bar}`;
    return row.second - (rows[index - 1]?.second ?? -1) === 1 ? [line] : [GAP.padStart(timeWidth), line];
  });
  return [...withoutMiddle(lines), summaryOf(load)].join('\n');
}

/** How long the parts of a bar are. What there is can be seen, however little it is. */
function barOf(
  { calls, throttled }: SecondOfLoad,
  peak: number,
  width: number,
): { readonly passed: number; readonly throttled: number } {
  const least = (throttled > 0 ? 1 : 0) + (calls > throttled ? 1 : 0);
  const length = Math.max(least, Math.round((calls / peak) * width));
  const share = Math.round((throttled / calls) * length);
  const most = calls > throttled ? length - 1 : length;
  const ofThrottled = Math.min(most, Math.max(throttled > 0 ? 1 : 0, share));
  return { passed: length - ofThrottled, throttled: ofThrottled };
}

function summaryOf({ calls, throttled, peakPerSecond, peakAtOnce }: Load): string {
  const refused = throttled === 0 ? '' : `, ${count(throttled)} throttled ${THROTTLED}`;
  const atOnce = peakAtOnce === 0 ? '' : `, ${count(peakAtOnce)} at once`;
  return `${count(calls)} ${calls === 1 ? 'call' : 'calls'}${refused}; at most ${count(peakPerSecond)} in a second${atOnce}`;
}

function withoutMiddle(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LINES) return lines;
  const head = MAX_LINES / 2;
  const tail = MAX_LINES - head - 1;
  return [...lines.slice(0, head), `… ${lines.length - head - tail} lines left out …`, ...lines.slice(-tail)];
}

const YELLOW = ['\u001b[33m', '\u001b[39m'] as const;

const count = (number: number): string => number.toLocaleString('en-US');
