/** When a call was made and how long it was in flight. */
export interface CallSpan {
  /** Virtual time, milliseconds since 1970. */
  readonly startMs: number;
  /** Not in flight any more then. Infinity: it never ends. */
  readonly endMs: number;
  readonly throttled: boolean;
}

/** The calls of one second. */
export interface SecondOfLoad {
  /** Whole seconds from the first call to the beginning of this one. */
  readonly second: number;
  /** All of them, throttled ones too. */
  readonly calls: number;
  /** Those that there was no capacity for. */
  readonly throttled: number;
}

/** What calls came down on a service, in virtual time. */
export interface Load {
  /** All calls, throttled ones too. */
  readonly calls: number;
  /** Those that there was no capacity for. */
  readonly throttled: number;
  /** The most calls in one of the seconds. */
  readonly peakPerSecond: number;
  /** The most calls in flight at one moment. Those that take no virtual time are in flight at none: `takes` gives them some. */
  readonly peakAtOnce: number;
  /** The seconds in which there were calls, counted from the first call. */
  readonly perSecond: readonly SecondOfLoad[];
}

/** The load of calls, in the order in which they were made. */
export function loadOf(spans: readonly CallSpan[]): Load {
  const perSecond = secondsOf(spans);
  return {
    calls: spans.length,
    throttled: spans.filter(({ throttled }) => throttled).length,
    peakPerSecond: perSecond.reduce((peak, { calls }) => Math.max(peak, calls), 0),
    peakAtOnce: peakAtOnce(spans),
    perSecond,
  };
}

function secondsOf(spans: readonly CallSpan[]): readonly SecondOfLoad[] {
  const fromMs = spans[0]?.startMs ?? 0;
  const seconds: { second: number; calls: number; throttled: number }[] = [];
  for (const { startMs, throttled } of spans) {
    const second = Math.floor((startMs - fromMs) / 1000);
    let last = seconds.at(-1);
    if (last?.second !== second) seconds.push((last = { second, calls: 0, throttled: 0 }));
    last.calls++;
    if (throttled) last.throttled++;
  }
  return seconds;
}

function peakAtOnce(spans: readonly CallSpan[]): number {
  const lasting = spans.filter(({ startMs, endMs }) => endMs > startMs);
  const ends = lasting.map(({ endMs }) => endMs).sort((a, b) => a - b);
  let ended = 0;
  let peak = 0;
  lasting.forEach(({ startMs }, started) => {
    while ((ends[ended] as number) <= startMs) ended++;
    peak = Math.max(peak, started + 1 - ended);
  });
  return peak;
}
