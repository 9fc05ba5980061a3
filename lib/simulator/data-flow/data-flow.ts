import type { QueryLanguage } from '../../asl/types';
import type { Json, JsonObject } from '../../json/json';
import type { Branch } from '../branch';
import { compileJsonPathFlow, type JsonPathFields } from './json-path';
import { compileJsonataFlow, type JsonataFields } from './jsonata';

/** How data goes into a state's work and out of it again, in the state's query language. */
export interface DataFlow {
  /** What the work gets. */
  readonly input: (branch: Branch) => Json;
  /** What comes of the work's result; of the effective input, in states without a result. */
  readonly output: (branch: Branch, result: Json) => StateOutcome;
}

/** What a state leaves behind. */
export interface StateOutcome {
  readonly output: Json;
  /** New values of variables; undefined: none. */
  readonly assigned: JsonObject | undefined;
}

/**
 * Compiles the fields around a state's work.
 * @param hasResult Task, Parallel and Map: `$states.result` exists, and Output is the result unless it says otherwise
 */
export const compileDataFlow = (
  name: string,
  fields: JsonPathFields & JsonataFields,
  language: QueryLanguage,
  hasResult: boolean,
): DataFlow => (language === 'JSONata' ? compileJsonataFlow(name, fields, hasResult) : compileJsonPathFlow(name, fields));
