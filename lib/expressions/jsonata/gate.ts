import type { JsonataGate } from '../../vendor/jsonata';
import type { RandomSource } from '../scope';
import { JsonataError, memoryLimitExceeded, stackOverflow, timedOut } from './jsonata-error';
import { MAX_CHARACTERS, MAX_DOUBLED_CHARACTERS, MAX_EVALUATION_DEPTH, MAX_ITEMS, MAX_STEPS } from './limits';
import { createPattern } from './pattern/pattern';
import { PatternError } from './pattern/parse-pattern';

/** What stands around one evaluation. */
export interface EvaluationMoment {
  readonly random: RandomSource;
  readonly epochMs: number;
}

/**
 * The gate of the twin. Evaluations are synchronous and never nest, so what is counted lives here. It counts steps and never looks at a
 * real clock, so that the same expression on the same data ends the same way on every machine.
 */
export interface Gate extends JsonataGate {
  /** Begins an evaluation, or without a moment a parse, with everything yet to be spent. */
  open(moment?: EvaluationMoment): void;
  /** Ends it. */
  close(): void;
}

/** The one gate of the one twin. */
export const gate: Gate = {
  // Step Functions has JSONata 2.0.6: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
  hasDefaultOperators: false,
  open(moment = NOWHERE) {
    around = moment;
    depth = 0;
    steps = 0;
  },
  close() {
    for (const definition of marked) {
      delete definition.token;
      delete definition.position;
    }
    marked.clear();
  },
  now: () => new Date(around.epochMs),
  random: () => around.random.next(),
  parseTimestamp: (text) => Date.parse(ZONE.test(text) || !text.includes('T') ? text : `${text}Z`),
  enter() {
    if (++depth > MAX_EVALUATION_DEPTH) throw stackOverflow();
    spend(1);
  },
  leave(result) {
    depth--;
    check(result);
  },
  spend,
  holds(items) {
    if (items > MAX_ITEMS) throw memoryLimitExceeded();
    spend(items / ITEMS_PER_STEP);
  },
  writes(characters) {
    if (characters > MAX_CHARACTERS) throw memoryLimitExceeded();
  },
  written(key, value) {
    spend(0.5);
    writing += key.length + (typeof value === 'string' ? value.length : 1);
    if (key === '') writing = 0;
    if (writing > MAX_CHARACTERS) throw memoryLimitExceeded();
  },
  called(values) {
    let items = 1;
    for (const value of values)
      if (typeof value === 'string') items += value.length / 32;
      else if (Array.isArray(value)) items += value.length / 8;
    spend(items);
  },
  made: check,
  finite(value) {
    if (value === Infinity || Number.isNaN(value)) throw timedOut();
    return value;
  },
  roman(value) {
    if (value > MAX_ROMAN) throw stackOverflow();
  },
  marked: (definition) => void marked.add(definition),
  copied(node) {
    const text = JSON.stringify(node);
    if (text.length > MAX_DOUBLED_CHARACTERS)
      throw new JsonataError(undefined, 'An operand of ?: or ?? that is doubled too often is not supported');
    return JSON.parse(text) as object;
  },
  pattern(source, flags) {
    try {
      return createPattern(source, flags, { spend: (instructions) => spend(instructions / INSTRUCTIONS_PER_STEP), overflow });
    } catch (error) {
      throw error instanceof PatternError ? new JsonataError(undefined, error.message) : error;
    }
  },
};

/** Parsing asks for neither clock nor chance; a program's first frame has a time, which its evaluations replace. */
const NOWHERE: EvaluationMoment = { random: { next: () => 0, uuid: () => '' }, epochMs: 0 };
let around = NOWHERE;
let depth = 0;
let steps = 0;
/** Characters that $string is about to write. */
let writing = 0;
/** Functions of the library that carry the name and the place of their last call. */
const marked = new Set<{ token?: unknown; position?: unknown }>();

/** A step takes about 300 ns, an item that is copied about 1, an instruction of a pattern about 50. */
const ITEMS_PER_STEP = 256;
const INSTRUCTIONS_PER_STEP = 5;

/** A thousand M: each of them is a call inside the one before. */
const MAX_ROMAN = 1_000_000;

/** The end of an ISO 8601 timestamp that says its zone. */
const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/;

function spend(more: number): void {
  steps += more;
  if (steps > MAX_STEPS) throw timedOut();
}

function check(value: unknown): void {
  if (typeof value === 'string' ? value.length > MAX_CHARACTERS : Array.isArray(value) && value.length > MAX_ITEMS)
    throw memoryLimitExceeded();
}

function overflow(): never {
  throw memoryLimitExceeded();
}
