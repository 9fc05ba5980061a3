import type { QueryLanguage } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compileJsonataTemplate } from '../../expressions/jsonata/jsonata-template';
import type { Json, JsonObject } from '../../json/json';
import { sizeBytes } from '../../json/size-bytes';
import type { Branch } from '../branch';
import { compileTemplate } from '../data-flow/json-path';
import { statesScope } from '../data-flow/jsonata';
import { MAX_PAYLOAD_BYTES } from '../limits';
import { compileNumberField } from './number-field';

/** How many items a child gets, and what else. */
export interface Batching {
  /** undefined: as many as `maxBytes` lets in. */
  readonly maxItems: number | undefined;
  /** Of a child's whole input. */
  readonly maxBytes: number;
  /** `BatchInput`; undefined: there is none. */
  readonly input: Json | undefined;
}

/** Compiles `ItemBatcher`. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export function compileBatching(batcher: JsonObject, language: QueryLanguage): (branch: Branch) => Batching {
  const number = (field: string) => compileNumberField(field, batcher[field], batcher[`${field}Path`], 'integer');
  const maxItems = number('MaxItemsPerBatch');
  const maxBytes = number('MaxInputBytesPerBatch');
  const input = compileBatchInput(batcher['BatchInput'], language);
  return (branch) => ({
    maxItems: within(branch, 'MaxItemsPerBatch', maxItems(branch), Infinity),
    maxBytes: within(branch, 'MaxInputBytesPerBatch', maxBytes(branch), MAX_PAYLOAD_BYTES) ?? MAX_PAYLOAD_BYTES,
    input: input(branch),
  });
}

/** What is written as a literal was checked before. @throws EvaluationError */
function within({ execution }: Branch, field: string, value: number | undefined, most: number): number | undefined {
  if (value === undefined || (value >= 1 && value <= most)) return value;
  execution.assume('batch-size-out-of-range');
  throw new EvaluationError(
    'States.Runtime',
    most === Infinity ? `${field} must be at least 1.` : `${field} must be between 1 and ${most}.`,
  );
}

/** JSONPath reads the raw input. */
function compileBatchInput(template: Json | undefined, language: QueryLanguage): (branch: Branch) => Json | undefined {
  if (template === undefined) return () => undefined;
  if (language === 'JSONata') {
    const evaluate = compileJsonataTemplate(template, 'ItemBatcher/BatchInput');
    return (branch) => evaluate(statesScope(branch));
  }
  const make = compileTemplate(template);
  return ({ scope, frame }) => {
    scope.input = frame.input;
    return make(scope);
  };
}

/** Puts items together into the inputs of child executions. */
export class Batcher {
  private bytes = 0;
  /** Of an input without items. */
  private readonly ownBytes: number;

  /** @param batch what it has already */
  constructor(
    private readonly batching: Batching,
    private batch: Json[] = [],
  ) {
    this.ownBytes = sizeBytes(withItems(batching.input, []));
    this.bytes = batch.reduce<number>((sum, item) => sum + sizeBytes(item) + 1, batch.length === 0 ? 0 : -1);
  }

  /** What is in no batch yet. */
  get open(): readonly Json[] {
    return this.batch;
  }

  /** Takes an item in. Gives a batch that is full; undefined: none is. An item that is too large alone is a batch of its own. */
  add(item: Json): Json[] | undefined {
    const { maxItems, maxBytes } = this.batching;
    const itemBytes = sizeBytes(item);
    // With the comma before it.
    const isFull = this.batch.length > 0 && this.ownBytes + this.bytes + 1 + itemBytes > maxBytes;
    const full = isFull ? this.close() : undefined;
    this.bytes += itemBytes + (this.batch.length === 0 ? 0 : 1);
    this.batch.push(item);
    return full ?? (this.batch.length === maxItems ? this.close() : undefined);
  }

  /** Gives what is left; undefined: nothing is. */
  close(): Json[] | undefined {
    const { batch } = this;
    this.batch = [];
    this.bytes = 0;
    return batch.length === 0 ? undefined : batch;
  }

  /** What a child with these items begins with. */
  inputOf(items: readonly Json[]): JsonObject {
    return withItems(this.batching.input, items);
  }
}

const withItems = (input: Json | undefined, items: readonly Json[]): JsonObject =>
  input === undefined ? { Items: items } : { BatchInput: input, Items: items };
