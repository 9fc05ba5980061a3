import type { Landing, Routine } from '../effects';
import type { Execution } from '../execution';
import type { Correspondence } from '../frame';

/**
 * Waits for something that takes no virtual time; virtual time waits for it.
 * @param what in words, for who waits
 * @throws what it rejects with
 */
export function* untilSettled<T>(execution: Execution, what: string, start: () => Promise<T>): Routine<T> {
  const startedMs = execution.epochMs;
  const correspondence: Correspondence = { lastBeatMs: startedMs, answer: undefined };
  const landing = (yield {
    kind: 'call',
    // What it gives is no payload: nobody looks at it but the routine that waits.
    start: () => ({ value: start() as Promise<never>, durationMs: 0 }),
    startedMs,
    deadlineMs: Infinity,
    token: undefined,
    correspondence,
    what,
  }) as Landing;
  if (landing.kind === 'error') throw landing.error;
  return (landing as { value: T }).value;
}
