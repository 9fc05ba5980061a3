import type { Json, JsonObject } from '../json/json';

/** Everything an expression may read. */
export interface Scope {
  /** The document that `$` means. */
  readonly input: Json;
  /** The Context Object (`$$`), built when it is asked for. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
  context(): JsonObject;
  /** Workflow variables by name, without the `$`. */
  readonly variables: JsonObject;
  /** The execution's own source of randomness. */
  readonly random: RandomSource;
}

/** Randomness that comes from the world's seed and nowhere else. */
export interface RandomSource {
  /** A number in [0, 1). */
  next(): number;
  /** A version 4 UUID. */
  uuid(): string;
}

/** A compiled expression. Synchronous, without effects but for `random`; throws `EvaluationError`. */
export type Evaluate<T = Json> = (scope: Scope) => T;

/** Everything a JSONata expression may read. https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export interface JsonataScope {
  /** `$states.input` */
  readonly input: Json;
  /** `$states.result`; left out where the field cannot see it. */
  readonly result?: Json | undefined;
  /** `$states.errorOutput`; left out where the field cannot see it. */
  readonly errorOutput?: Json | undefined;
  /** `$states.context`, built when it is asked for. */
  context(): JsonObject;
  /** Workflow variables by name, without the `$`. */
  readonly variables: JsonObject;
  /** The execution's own source of randomness, for `$random()`, `$uuid()` and `$shuffle()`. */
  readonly random: RandomSource;
  /** The execution's time: `$now()` and `$millis()`. */
  readonly epochMs: number;
}
