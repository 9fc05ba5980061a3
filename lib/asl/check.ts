import type { Json } from '../json/json';
import { parseJson } from '../json/parse-json';
import { toJson } from '../json/to-json';
import { type Faults, readAroundErrors } from './around-errors';
import { type DefinitionOptions, tryParse } from './parse';
import { renderLocation } from './position';
import type { Problem } from './problem';
import { gatherFacts } from './rules/facts';
import { RULES } from './rules/index';
import type { Facts, Rule } from './rules/rule';
import { findSchemaProblem, shapeOfSchema } from './shapes/json-schema';

/** How `check` looks at a definition. */
export interface CheckOptions extends DefinitionOptions {
  /** JSON Schema of the execution's input, also as JSON text: what it does not name is taken as not there. @default nothing is known of the input */
  readonly inputSchema?: unknown;
}

/**
 * Says everything that is wrong with a definition: what CreateStateMachine would refuse and warn of, and what deploys and hurts later
 * (`rules/README.md`), that also where something else is refused, as far as the definition can be read.
 * @param definition JSON text or a value
 * @throws JsonError if `inputSchema` is not JSON, TypeError if it is no JSON Schema
 */
export function check(definition: unknown, options: CheckOptions = {}): readonly Problem[] {
  const input = options.inputSchema === undefined ? undefined : shapeOfSchema(readSchema(options.inputSchema));
  const { source, problems } = tryParse(definition, options);
  const readable = source === undefined ? undefined : readAroundErrors(source, problems);
  if (readable === undefined) return problems;
  const facts = gatherFacts(readable, options.type ?? 'STANDARD', input);
  const warnings = RULES.flatMap((rule) => apply(rule, facts));
  return [...problems, ...warnings.filter(({ pointer }) => !isDoubtful(pointer, readable.faults))];
}

/** True for a warning of what could not be read, or of what a state lacks that has fields which could not. */
function isDoubtful(pointer: string, faults: Faults): boolean {
  if (faults.size === 0) return false;
  const [state = ''] = STATE.exec(pointer) ?? [];
  const fields = faults.get(state);
  const field = pointer.slice(state.length + 1).split('/')[0] as string;
  return fields === 'all' || (fields !== undefined && (pointer === state || fields.has(field)));
}

/** The pointer of the innermost state that a pointer leads to or into. */
const STATE = /^\/States\/[^/]*(?:\/(?:Branches\/\d+|ItemProcessor|Iterator)\/States\/[^/]*)*/;

function readSchema(given: unknown): Json {
  const schema = typeof given === 'string' ? parseJson(given, 'the input schema') : toJson(given, 'the input schema');
  const wrong = findSchemaProblem(schema);
  if (wrong !== undefined) throw new TypeError(`The input schema is no JSON Schema: ${wrong}.`);
  return schema;
}

/** What one rule finds, as problems. */
export const apply = (rule: Rule, facts: Facts): readonly Problem[] =>
  rule.check(facts).map(({ at, message, hint }) => ({
    severity: 'WARNING',
    code: rule.id,
    location: renderLocation(at),
    pointer: at.pointer,
    message,
    hint,
  }));
