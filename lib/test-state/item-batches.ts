import type { QueryLanguage } from '../asl/types';
import type { Json, JsonObject } from '../json/json';
import type { Branch } from '../simulator/branch';
import { Batcher, compileBatching } from '../simulator/map-run/batching';

/** Puts the items of a Distributed Map together into the inputs of its child executions. */
export type Batches = (branch: Branch, items: readonly Json[]) => readonly JsonObject[];

/** Compiles `ItemBatcher`. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export function compileItemBatcher(fields: JsonObject, language: QueryLanguage): Batches {
  const batching = compileBatching(fields, language);
  return (branch, items) => {
    const batcher = new Batcher(batching(branch));
    const batches = [...items.map((item) => batcher.add(item)), batcher.close()];
    return batches.flatMap((batch) => (batch === undefined ? [] : [batcher.inputOf(batch)]));
  };
}
