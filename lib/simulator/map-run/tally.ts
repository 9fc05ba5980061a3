import { type Counts, move, noCounts, type Standing, totalOf } from './counts';

/**
 * How the items and the children of a Map Run stand.
 *
 * (M1) Every item that has been read is in exactly one count, at every moment; so is every child.
 */
export class Tally {
  readonly items: Counts = noCounts();
  readonly executions: Counts = noCounts();

  /** @param batches several items may make a child: how many children there are nobody knows before they are made */
  constructor(private readonly batches: boolean) {}

  /** A child, with its items, goes from one standing to another. */
  move(items: number, from: Standing, to: Standing): void {
    move(this.items, from, to, items);
    move(this.executions, from, to, 1);
  }

  /** So many items are known now, perhaps from a reading before. */
  addItems(known: number): void {
    const added = known - totalOf(this.items);
    if (added <= 0) return;
    this.items.pending += added;
    if (!this.batches) this.executions.pending += added;
  }

  /** A child is made of the next items, unless it was made before. @param index its place among the children */
  addBatch(index: number): void {
    if (this.batches && totalOf(this.executions) === index) this.executions.pending++;
  }

  /**
   * Results of all that has ended are written; of what is pending, too, where they are asked for (measured: github.com/radkawar/stackd).
   * @param lost pending items of which nothing could be told
   */
  addWritten(tellsPending: boolean, lost: number): void {
    const { items, executions, batches } = this;
    items.resultsWritten = totalOf(items) - (tellsPending ? lost : items.pending);
    const lostChildren = batches ? 0 : lost;
    executions.resultsWritten = totalOf(executions) - (tellsPending ? lostChildren : executions.pending);
  }

  /** The run begins again. */
  forgetWritten(): void {
    this.items.resultsWritten = this.executions.resultsWritten = 0;
  }
}
