/** Something that is due at a moment of virtual time. */
export interface Due {
  readonly dueMs: number;
  /** Order among equal times. */
  readonly ticket: number;
}

/** A priority queue ordered by (time, ticket): a binary heap, because thousands of equal timers are usual in a Map. */
export class Agenda<T extends Due> {
  private heap: T[] = [];
  /** At this size it is looked through for what has lost its meaning. */
  private sweepSize = LEAST_SWEEP_SIZE;

  /** @param isStale nobody waits for the entry any more, and never will: it need not be kept until it is due */
  constructor(private readonly isStale: (entry: T) => boolean) {}

  get size(): number {
    return this.heap.length;
  }

  /** The first entry; it stays. */
  peek(): T | undefined {
    return this.heap[0];
  }

  /** Costs a look at each entry. */
  every(is: (entry: T) => boolean): boolean {
    return this.heap.every(is);
  }

  add(entry: T): void {
    if (this.heap.length === this.sweepSize) this.sweep();
    const { heap } = this;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as T;
      if (!before(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  /** Costs as much as the additions since the last time. */
  private sweep(): void {
    // What is sorted is a heap.
    this.heap = this.heap.filter((entry) => !this.isStale(entry)).sort((a, b) => (before(a, b) ? -1 : 1));
    this.sweepSize = Math.max(LEAST_SWEEP_SIZE, 2 * this.heap.length);
  }

  /** Takes the first entry out. */
  take(): T | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as T, heap[child] as T)) child++;
      const below = heap[child] as T;
      if (!before(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

const LEAST_SWEEP_SIZE = 1024;

const before = (a: Due, b: Due): boolean => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.ticket < b.ticket);
