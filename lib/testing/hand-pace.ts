import { END_OF_TIME_MS, type Pace } from '../simulator/pace';
import { passes } from '../simulator/real-time';

/** What a test waits for. */
export interface Wish {
  /** Up to where time may go for it. */
  readonly untilMs: number;
  /** It has come about, whatever the time. @default - only time brings it about */
  readonly isMet?: () => boolean;
  /** Nothing is left to happen up to there. */
  readonly fulfil: () => void;
  /** Nothing that is under way can ever bring it about. @param why what all that is under way waits for, in words */
  readonly refuse: (why: string) => void;
}

/**
 * Time that a test may take into its hand. Until it does, time jumps to what is due next; from then on it goes only as far as the test wishes,
 * to the nearest wish first.
 */
export class HandPace implements Pace {
  private readonly wishes = new Set<Wish>();
  isInHand = false;
  private reachedMs = -Infinity;
  private wake: (() => void) | undefined;

  /** From now on time moves by wishes only. */
  take(): void {
    this.isInHand = true;
  }

  /** Lets time go on. Who makes a wish drives the world. */
  wish(wish: Wish): void {
    this.wishes.add(wish);
    this.wake?.();
  }

  /** Nothing is under way any more: time is free to go where the wish wants it. */
  free(wish: Wish): void {
    if (!this.wishes.delete(wish)) return;
    if (wish.isMet?.() === true) return wish.fulfil();
    if (wish.untilMs === END_OF_TIME_MS) return wish.refuse('Nothing is under way any more.');
    this.reachedMs = Math.max(this.reachedMs, wish.untilMs);
    wish.fulfil();
  }

  horizonMs(nowMs: number): number {
    if (!this.isInHand) return Infinity;
    for (const { isMet } of this.wishes) if (isMet?.() === true) return nowMs;
    return this.wishes.size === 0 ? nowMs : this.nearestMs();
  }

  clockMs(): number {
    return this.reachedMs;
  }

  async rest(_dueMs: number, interruptible: (interruption: () => void) => void, why: () => string): Promise<void> {
    if (this.wishes.size > 0) this.settle(why());
    // Whoever waited for it may act before time goes on for somebody else.
    await passes(this.wishes.size > 0 ? 0 : Infinity, (interruption) => {
      this.wake = interruption;
      interruptible(interruption);
    });
    this.wake = undefined;
  }

  private nearestMs(): number {
    let nearestMs = END_OF_TIME_MS;
    for (const { untilMs } of this.wishes) nearestMs = Math.min(nearestMs, untilMs);
    return nearestMs;
  }

  /** Nothing happens before the nearest wish: fulfils what is met, else that one; refuses it if it is at the end of time. */
  private settle(why: string): void {
    const met = [...this.wishes].filter(({ isMet }) => isMet?.() === true);
    const nearestMs = this.nearestMs();
    for (const wish of met.length > 0 ? met : [...this.wishes].filter(({ untilMs }) => untilMs === nearestMs)) {
      this.wishes.delete(wish);
      if (met.length === 0 && nearestMs === END_OF_TIME_MS) wish.refuse(why);
      else wish.fulfil();
    }
    if (met.length === 0 && nearestMs < END_OF_TIME_MS) this.reachedMs = Math.max(this.reachedMs, nearestMs);
  }
}
