import type { Pace } from '../simulator/pace';

/** A pace that can be stopped for good: time stands still then, and nothing keeps the process alive. */
export interface StoppablePace {
  readonly pace: Pace;
  stop(): void;
}

/** Makes a pace stoppable. */
export function stoppablePace(pace: Pace): StoppablePace {
  let isStopped = false;
  let interrupt: (() => void) | undefined;
  return {
    pace: {
      horizonMs: (nowMs, answerable) => (isStopped ? nowMs : pace.horizonMs(nowMs, answerable)),
      clockMs: () => (isStopped ? -Infinity : pace.clockMs()),
      rest(dueMs, interruptible, why) {
        if (isStopped) return new Promise(() => undefined);
        const listen = (interruption: () => void): void => {
          interrupt = interruption;
          interruptible(interruption);
        };
        return pace.rest(dueMs, listen, why);
      },
    },
    stop() {
      isStopped = true;
      interrupt?.();
    },
  };
}
