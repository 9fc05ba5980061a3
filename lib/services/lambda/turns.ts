import { settlesWithin } from '../../simulator/real-time';

/**
 * Handlers that run at once take turns at the services: what the one does that was invoked first happens first, whatever real time each of
 * them takes. So the same handlers have the same effects in every run. Whoever waits for the world lets the others go on, and is then the last.
 */
export class Turns {
  private readonly order = new Set<Turn>();
  /** Who is waiting for a turn to be over. */
  private readonly waiters = new Map<Turn, (() => void)[]>();

  /** @param patienceMs real time after which nobody waits any longer for one that may never end */
  constructor(private readonly patienceMs: number) {}

  /** The turn of a handler that has just been invoked. */
  take(): Turn {
    const turn: Turn = {
      come: () => this.come(turn),
      leave: () => this.leave(turn),
      enter: () => void this.order.add(turn),
    };
    this.order.add(turn);
    return turn;
  }

  private async come(turn: Turn): Promise<void> {
    while (this.order.has(turn)) {
      const [first] = this.order;
      if (first === undefined || first === turn) return;
      const gone = new Promise<void>((resolve) => add(this.waiters, first, resolve));
      if ((await settlesWithin(gone, this.patienceMs, () => undefined)) === 'stalled') this.leave(first);
    }
  }

  private leave(turn: Turn): void {
    this.order.delete(turn);
    const waiting = this.waiters.get(turn) ?? [];
    this.waiters.delete(turn);
    for (const wake of waiting) wake();
  }
}

/** A handler's place among those that run at once. */
export interface Turn {
  /** Resolves when nobody is before it. */
  come(): Promise<void>;
  /** It has ended, or waits for the world. */
  leave(): void;
  /** It goes on. */
  enter(): void;
}

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
