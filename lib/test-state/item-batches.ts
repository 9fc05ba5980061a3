import type { QueryLanguage } from '../asl/types';
import { compileJsonataTemplate } from '../expressions/jsonata/jsonata-template';
import { isObject, type Json, type JsonObject } from '../json/json';
import { sizeBytes } from '../json/size-bytes';
import type { Branch } from '../simulator/branch';
import { compileTemplate } from '../simulator/data-flow/json-path';
import { statesScope } from '../simulator/data-flow/jsonata';
import { MAX_PAYLOAD_BYTES } from '../simulator/limits';
import { compileNumberField } from './number-field';

/** Puts the items of a Distributed Map together into the inputs of its child executions. */
export type Batches = (branch: Branch, items: readonly Json[]) => readonly JsonObject[];

/** Compiles `ItemBatcher`. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export function compileItemBatcher(batcher: JsonObject, language: QueryLanguage): Batches {
  const mostItems = compileNumberField(
    'MaxItemsPerBatch',
    batcher['MaxItemsPerBatch'],
    batcher['MaxItemsPerBatchPath'],
    'integer',
  );
  const mostBytes = compileNumberField(
    'MaxInputBytesPerBatch',
    batcher['MaxInputBytesPerBatch'],
    batcher['MaxInputBytesPerBatchPath'],
    'integer',
  );
  const { BatchInput: input } = batcher;
  const batchInput = input === undefined ? undefined : compileBatchInput(input, language);
  return (branch, items) => {
    const shared: JsonObject = batchInput === undefined ? {} : { BatchInput: batchInput(branch) };
    const limits = {
      items: mostItems(branch) ?? Infinity,
      bytes: Math.min(mostBytes(branch) ?? MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES),
    };
    const overhead = sizeBytes({ ...shared, Items: [] });
    const batches: JsonObject[] = [];
    let batch: Json[] = [];
    let bytes = overhead;
    const close = (): void => {
      if (batch.length > 0) batches.push({ ...shared, Items: batch });
      batch = [];
      bytes = overhead;
    };
    for (const item of items) {
      // With the comma before it.
      const more = (): number => sizeBytes(item) + (batch.length === 0 ? 0 : 1);
      if (batch.length === limits.items || bytes + more() > limits.bytes) close();
      bytes += more();
      batch.push(item);
    }
    close();
    return batches;
  };
}

/** JSONPath reads the raw input. */
function compileBatchInput(input: Json, language: QueryLanguage): (branch: Branch) => Json {
  if (language === 'JSONata') {
    const evaluate = compileJsonataTemplate(input, 'ItemBatcher/BatchInput');
    return (branch) => evaluate(statesScope(branch));
  }
  const template = compileTemplate(isObject(input) ? input : undefined);
  return ({ scope, frame }) => {
    scope.input = frame.input;
    return template(scope);
  };
}
