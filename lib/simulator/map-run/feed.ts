import { EvaluationError } from '../../expressions/evaluation-error';
import type { Json, JsonObject } from '../../json/json';
import { fits } from '../../json/fits';
import type { Branch } from '../branch';
import { dataLimitExceeded, Failure } from '../failure';
import { MAX_PAYLOAD_BYTES } from '../limits';
import { StatesError } from '../states-error';
import { Batcher, type Batching } from './batching';
import type { ItemPage } from './item-source';
import type { MapRunPlan } from './plan';

/** What a child execution begins with. */
export interface ChildInput {
  readonly input: Json;
  /** How many items are in it. */
  readonly items: number;
}

/** What it takes to go on with a feed, beside the items themselves. */
export interface FeedSnapshot {
  /** How many items have been taken from pages. */
  readonly taken: number;
  /** Those of them that no child has been given yet. */
  readonly batch: readonly Json[];
}

/** Makes the inputs of child executions of the items that are read: ItemSelector, then ItemBatcher. Holds one page and one batch. */
export class Feed {
  private page: ItemPage | undefined;
  private position = 0;
  private isClosed = false;
  /** How many items have been taken from pages. */
  taken: number;
  /** It would be a child's, and is too long. */
  private refused: ChildInput | undefined;
  /** Items of which no input could be made, because ItemSelector failed. */
  lost = 0;
  private readonly batcher: Batcher | undefined;

  /** @param branch the branch of the Map; ItemSelector reads its scope */
  constructor(
    private readonly branch: Branch,
    private readonly plan: MapRunPlan,
    private readonly effectiveInput: Json,
    batching: Batching | undefined,
    { taken, batch }: FeedSnapshot = { taken: 0, batch: [] },
  ) {
    this.batcher = batching === undefined ? undefined : new Batcher(batching, [...batch]);
    this.taken = taken;
  }

  /** What it takes to go on with it. */
  snapshot(): FeedSnapshot {
    return { taken: this.taken, batch: [...(this.batcher?.open ?? [])] };
  }

  /** There is nothing to make another input of before more has been read. */
  get isHungry(): boolean {
    return !this.isClosed && this.page === undefined;
  }

  /** The next items. Those before must have been used up. @param from where to begin */
  take(page: ItemPage, from = 0): void {
    this.position = from;
    if (page.items.length > from) this.page = page;
  }

  /** All has been read. */
  close(): void {
    this.isClosed = true;
  }

  /** The next child's input; undefined: there is none, or none yet. @throws EvaluationError or Failure */
  next(): ChildInput | undefined {
    const child = this.make();
    if (child === undefined || fits(child.input, MAX_PAYLOAD_BYTES)) return child;
    this.refused = child;
    this.branch.execution.assume('child-input-over-limit');
    throw dataLimitExceeded(this.plan.state);
  }

  /** As `next`, for children that will not be started: of any length, and past items of which none can be made. */
  rest(): ChildInput | undefined {
    const { refused } = this;
    this.refused = undefined;
    if (refused !== undefined) return refused;
    for (;;) {
      const { lost } = this;
      try {
        return this.make();
      } catch (thrown) {
        // ItemSelector has failed; all else is no business of the model.
        if (this.lost === lost) throw thrown;
      }
    }
  }

  private make(): ChildInput | undefined {
    const { batcher } = this;
    if (batcher === undefined) {
      const input = this.nextItem();
      return input === undefined ? undefined : { input, items: 1 };
    }
    let batch: readonly Json[] | undefined;
    while (batch === undefined) {
      const item = this.nextItem();
      if (item === undefined) break;
      batch = batcher.add(item);
    }
    if (this.isClosed) batch ??= batcher.close();
    return batch === undefined ? undefined : { input: batcher.inputOf(batch), items: batch.length };
  }

  /** The next item, as ItemSelector makes it. */
  private nextItem(): Json | undefined {
    const { page, branch, plan } = this;
    if (page === undefined) return undefined;
    const at = this.position++;
    if (this.position === page.items.length) this.page = undefined;
    const Value = page.items[at] as Json;
    const Index = this.taken++;
    const Key = page.keys?.[at];
    if (plan.select === undefined) return Key === undefined ? Value : { Key, Value };
    const item: JsonObject = { Index, ...(Key === undefined ? {} : { Key }), Value, Source: page.source };
    try {
      return plan.select(branch, item, this.effectiveInput);
    } catch (thrown) {
      if (thrown instanceof EvaluationError || thrown instanceof Failure || thrown instanceof StatesError) this.lost++;
      throw thrown;
    }
  }
}
