import type { Landing, Routine } from './effects';
import type { Correspondence } from './frame';
import type { Scheduler } from './scheduler';
import type { Owner } from './strand';
import type { Answer } from './task-call';

/**
 * What a world does beside its executions, as a queue does that invokes a function: time waits for it as it waits for a Task's call, and what
 * comes of it comes in the order in which the errands began. An error ends whatever is under way.
 */
export class Errands {
  private open = 0;
  private failure: { readonly thrown: unknown } | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly scheduler: Scheduler) {}

  /**
   * Begins an errand once whoever runs now has to wait.
   * @param what in words, for who waits for it
   * @param start does it; see `TaskCall.park` for what it is given
   * @param land hears what it came to; what it throws is an error
   */
  begin(what: string, start: (park: () => () => void) => Answer, land: (landing: Landing) => void): void {
    this.open++;
    this.scheduler.spawn(this.routine(what, start, land), { ticket: 0, parked: 'ready' }, this.owner);
    // Perhaps nothing else runs. What it throws is told by `settled`.
    this.scheduler.drive().catch(() => undefined);
  }

  /** Settles when none is under way. Rejects with what one of them has thrown. */
  async settled(): Promise<void> {
    if (this.failure === undefined && this.open > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.failure !== undefined) throw this.failure.thrown;
  }

  private readonly owner: Owner = {
    endsMs: Infinity,
    settle: (end) => {
      this.open--;
      if ('thrown' in end) this.failure ??= end;
      if (this.open === 0 || this.failure !== undefined) for (const resolve of this.waiting.splice(0)) resolve();
      // Out of the world's loop: to all whose runs wait for it.
      if ('thrown' in end) throw end.thrown;
    },
    expire: () => undefined,
    drop: () => undefined,
  };

  private *routine(what: string, start: (park: () => () => void) => Answer, land: (landing: Landing) => void): Routine<void> {
    const { scheduler } = this;
    const startedMs = scheduler.epochMs;
    const correspondence: Correspondence = { lastBeatMs: startedMs, answer: undefined };
    land(
      (yield {
        kind: 'call',
        start: () => start(() => scheduler.park(correspondence)),
        startedMs,
        deadlineMs: Infinity,
        token: undefined,
        correspondence,
        what,
      }) as Landing,
    );
  }
}
