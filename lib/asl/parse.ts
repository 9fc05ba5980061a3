import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { parseJson } from '../json/parse-json';
import { toJson } from '../json/to-json';
import { checkChoiceRule } from './choice-rules';
import { checkGraph } from './graph';
import { Place } from './place';
import { DefinitionError, type Problem } from './problem';
import { adviseOnResource, tryParseResource } from './resource';
import { LITERAL_OR_EXPRESSION, STATE_FIELDS } from './state-fields';
import type { QueryLanguage, StateMachine, StateType } from './types';

/** Longest state name, in Unicode characters. https://states-language.net/spec.html#states-fields */
const MAX_NAME_CHARACTERS = 80;

/** Longest definition in UTF-8 bytes. https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
const MAX_DEFINITION_BYTES = 1_048_576;

const MACHINE_FIELDS = ['Comment', 'Version', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds'];
const BRANCH_FIELDS = ['Comment', 'StartAt', 'States', 'ProcessorConfig'];
const STATE_TYPES: readonly StateType[] = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'];

/**
 * Reads a definition, given as JSON text or as a value.
 * The deprecated `Iterator` and `Parameters` of Map are read as `ItemProcessor` and `ItemSelector`.
 * @throws DefinitionError with every problem that AWS would refuse it for
 */
export function parse(definition: unknown): StateMachine {
  const problems: Problem[] = [];
  const root = Place.root(problems);
  const value = read(definition, root);
  if (value !== undefined) checkMachine(value, root);
  if (problems.length > 0) throw new DefinitionError(problems);
  return normalise(value as JsonObject) as unknown as StateMachine;
}

function read(definition: unknown, root: Place): JsonObject | undefined {
  let value: Json;
  try {
    if (typeof definition === 'string' && Buffer.byteLength(definition) > MAX_DEFINITION_BYTES) {
      root.refuse(
        `The definition is larger than ${MAX_DEFINITION_BYTES} bytes`,
        'move branches into state machines of their own',
      );
      return undefined;
    }
    value = typeof definition === 'string' ? parseJson(definition, 'the definition') : toJson(definition, 'the definition');
  } catch (error) {
    root.refuse((error as Error).message, undefined, 'INVALID_JSON_DESCRIPTION');
    return undefined;
  }
  if (isObject(value)) return value;
  root.refuse('Definition must be a valid JSON object', 'pass the definition as an object or as its JSON text');
  return undefined;
}

function checkMachine(machine: JsonObject, root: Place): void {
  checkKnown(machine, MACHINE_FIELDS, root);
  for (const name of ['Comment', 'Version'] as const) {
    if (Object.hasOwn(machine, name) && typeof machine[name] !== 'string')
      root.member(name).refuse('Expected value of type String');
  }
  if (Object.hasOwn(machine, 'Version') && machine['Version'] !== '1.0') {
    root.member('Version').refuse(`The field 'Version' should have one of these values: [1.0]`);
  }
  const language = languageOf(machine['QueryLanguage'], root);
  const seconds = machine['TimeoutSeconds'];
  if (seconds !== undefined && !isExpression(seconds))
    LITERAL_OR_EXPRESSION['TimeoutSeconds']?.(seconds, root.member('TimeoutSeconds'));
  checkStates(machine, language, root, new Map());
}

function languageOf(value: Json | undefined, place: Place): QueryLanguage {
  if (value === undefined || value === 'JSONPath' || value === 'JSONata') return value ?? 'JSONPath';
  place.member('QueryLanguage').refuse(`The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]`);
  return 'JSONPath';
}

function checkKnown(value: JsonObject, known: readonly string[], place: Place): void {
  for (const field of Object.keys(value)) {
    if (!known.includes(field)) place.member(field).refuse(`Field '${field}' is not supported`, `known: ${known.join(', ')}`);
  }
}

/** A `StartAt`/`States` pair. `names` holds every state name seen so far and where: they are unique in the whole machine. */
function checkStates(holder: JsonObject, language: QueryLanguage, place: Place, names: Map<string, Place>): void {
  const missing = ['States', 'StartAt'].filter((field) => !Object.hasOwn(holder, field));
  if (missing.length > 0) return place.refuse(`These fields are required: [${missing.join(', ')}]`);
  const { StartAt: startAt, States: states } = holder;
  if (typeof startAt !== 'string') place.member('StartAt').refuse('Expected value of type String');
  if (!isObject(states)) return place.member('States').refuse('Expected value of type Object');
  if (Object.keys(states).length === 0) return place.member('States').refuse('Value cannot be empty', 'add at least one state');
  for (const [name, state] of Object.entries(states)) {
    const at = place.member('States').member(name);
    const length = [...name].length;
    if (length === 0 || length > MAX_NAME_CHARACTERS)
      at.refuse(`State names have 1 to ${MAX_NAME_CHARACTERS} characters`, `found ${length}`);
    const twin = names.get(name);
    if (twin !== undefined)
      at.refuse(`The state name '${name}' is used twice`, `also at ${twin.location}; names are unique in the whole machine`);
    names.set(name, at);
    if (isObject(state)) checkState(state, language, at, names);
    else at.refuse('Expected value of type Object');
  }
  if (typeof startAt === 'string') checkGraph(startAt, states, place);
}

function checkState(state: JsonObject, machineLanguage: QueryLanguage, place: Place, names: Map<string, Place>): void {
  const type = state['Type'];
  if (!STATE_TYPES.some((known) => known === type)) {
    if (type === undefined) return place.refuse("The field 'Type' is required but was missing");
    return place.member('Type').refuse(`The field 'Type' should have one of these values: [${STATE_TYPES.join(', ')}]`);
  }
  const language = state['QueryLanguage'] === undefined ? machineLanguage : languageOf(state['QueryLanguage'], place);
  if (machineLanguage === 'JSONata' && language === 'JSONPath') {
    place.refuse("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
  }
  checkFields(state, type as StateType, language, place);
  checkOwn(state, type as StateType, language, place);
  checkNested(state, type as StateType, machineLanguage, place, names);
}

function checkFields(state: JsonObject, type: StateType, language: QueryLanguage, place: Place): void {
  const fields = STATE_FIELDS[type];
  for (const [name, value] of Object.entries(state)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const at = place.member(name);
    if (field === undefined) {
      at.refuse(`Field '${name}' is not supported`, `a ${type} state knows ${Object.keys(fields).join(', ')}`);
    } else if (field.only !== undefined && field.only !== language) {
      place.refuse(
        `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${field.only}' QueryLanguage`,
      );
    } else if (!(language === 'JSONata' && isExpression(value))) {
      (LITERAL_OR_EXPRESSION[name] ?? field.check)(value, at);
    }
  }
}

const isExpression = (value: Json): boolean => typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}');

/** What a state type asks of its fields together. */
function checkOwn(state: JsonObject, type: StateType, language: QueryLanguage, place: Place): void {
  const has = (field: string): boolean => Object.hasOwn(state, field);
  const require = (field: string): void => {
    if (!has(field)) place.refuse(`The field '${field}' is required but was missing`);
  };
  const exclusive = (...fields: readonly string[]): void => {
    const given = fields.filter(has);
    if (given.length > 1) place.refuse(`You cannot specify more than one of these fields: [${given.join(', ')}]`);
  };
  switch (type) {
    case 'Task':
      require('Resource');
      exclusive('TimeoutSeconds', 'TimeoutSecondsPath');
      exclusive('HeartbeatSeconds', 'HeartbeatSecondsPath');
      checkTask(state, place);
      return;
    case 'Parallel':
      return require('Branches');
    case 'Map':
      exclusive('ItemProcessor', 'Iterator');
      exclusive('ItemSelector', 'Parameters');
      exclusive('MaxConcurrency', 'MaxConcurrencyPath');
      if (!has('Iterator')) require('ItemProcessor');
      return;
    case 'Wait': {
      const times = language === 'JSONata' ? ['Seconds', 'Timestamp'] : ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'];
      if (!times.some(has)) place.refuse(`One of these fields is required: [${times.join(', ')}]`);
      return exclusive(...times);
    }
    case 'Choice':
      require('Choices');
      if (isArray(state['Choices'])) {
        state['Choices'].forEach((rule, index) => checkChoiceRule(rule, language, place.member('Choices').element(index)));
      }
      return;
    case 'Fail':
      exclusive('Error', 'ErrorPath');
      return exclusive('Cause', 'CausePath');
    case 'Pass':
    case 'Succeed':
      return;
  }
}

function checkTask(state: JsonObject, place: Place): void {
  const { Resource: arn, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof arn === 'string' && tryParseResource(arn) === undefined) {
    place
      .member('Resource')
      .refuse(
        `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
        adviseOnResource(arn),
      );
  }
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    place
      .member('HeartbeatSeconds')
      .refuse('HeartbeatSeconds must be smaller than TimeoutSeconds', `${heartbeat} against ${timeout}`);
  }
}

function checkNested(state: JsonObject, type: StateType, language: QueryLanguage, place: Place, names: Map<string, Place>): void {
  const holders: [Json, Place][] = [];
  if (type === 'Parallel' && isArray(state['Branches'])) {
    state['Branches'].forEach((branch, index) => holders.push([branch, place.member('Branches').element(index)]));
  }
  for (const field of ['ItemProcessor', 'Iterator']) {
    const processor = state[field];
    if (type === 'Map' && processor !== undefined) holders.push([processor, place.member(field)]);
  }
  for (const [holder, at] of holders) {
    if (!isObject(holder)) continue;
    checkKnown(holder, type === 'Map' ? BRANCH_FIELDS : BRANCH_FIELDS.filter((field) => field !== 'ProcessorConfig'), at);
    checkStates(holder, language, at, names);
  }
}

/** Map's deprecated names become the present ones, at every depth. */
function normalise(holder: JsonObject): JsonObject {
  const states = holder['States'] as JsonObject;
  return {
    ...holder,
    States: Object.fromEntries(Object.entries(states).map(([name, state]) => [name, normaliseState(state as JsonObject)])),
  };
}

function normaliseState(state: JsonObject): JsonObject {
  if (state['Type'] === 'Parallel') return { ...state, Branches: (state['Branches'] as JsonObject[]).map(normalise) };
  if (state['Type'] !== 'Map') return state;
  const {
    Iterator: iterator,
    ItemProcessor: processor = iterator,
    Parameters: parameters,
    ItemSelector: selector = parameters,
    ...rest
  } = state;
  return {
    ...rest,
    ItemProcessor: normalise(processor as JsonObject),
    ...(selector === undefined ? {} : { ItemSelector: selector }),
  };
}
