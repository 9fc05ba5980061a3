import { isObject, type Json, type JsonObject } from '../json/json';
import { checkDistributedMap, checkProcessorConfig, isDistributed } from './distributed-map';
import { checkExpress } from './express';
import { integer, oneOf, text } from './field-checks';
import { both, checkFields, type ObjectFields } from './fields';
import { checkGraph } from './graph';
import { effectiveLanguage } from './language';
import { MAX_SECONDS } from './max-seconds';
import type { Place } from './place';
import { checkRequiredParameters } from './required-parameters';
import { adviseOnResource, tryParseResource } from './resource';
import { STATE_FIELDS } from './state-fields';
import type { QueryLanguage, StateMachineType, StateType } from './types';
import { checkVariables, inside } from './variables';

/** Longest state name, in Unicode characters. https://states-language.net/spec.html#states-fields */
const MAX_NAME_CHARACTERS = 80;

const STATE_TYPES: readonly StateType[] = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'];

const nested = { Comment: both(text), StartAt: both(text), States: both(() => undefined) };
const language = { QueryLanguage: both(oneOf('JSONPath', 'JSONata')) };

const machineFields: ObjectFields = {
  fields: {
    ...nested,
    ...language,
    Version: both(oneOf('1.0')),
    // 0 is taken (measured: github.com/badmintoncryer/cdk-preflight).
    TimeoutSeconds: both(integer(0, MAX_SECONDS)),
  },
  required: ['States', 'StartAt'],
};
const branchFields: ObjectFields = { fields: nested, required: ['States', 'StartAt'] };
const processorFields: ObjectFields = {
  ...branchFields,
  fields: { ...nested, ProcessorConfig: both(checkProcessorConfig) },
};

/** What is the same for all states of a machine, and what has been seen of it. */
interface Machine {
  readonly language: QueryLanguage;
  /** Every state name and label seen so far, and where: they are unique in the whole machine. */
  readonly names: Map<string, Place>;
  readonly labels: Map<string, Place>;
}

/** Says at `root` everything for which CreateStateMachine refuses a definition, and what it warns of. */
export function checkMachine(definition: JsonObject, type: StateMachineType, root: Place): void {
  const machine: Machine = {
    language: effectiveLanguage(definition['QueryLanguage'], 'JSONPath'),
    names: new Map(),
    labels: new Map(),
  };
  checkFields(definition, machineFields, root, machine.language);
  checkStates(definition, machine, root, type, true);
  checkVariables(definition, machine.language, root);
}

/** A `StartAt`/`States` pair. */
function checkStates(holder: JsonObject, machine: Machine, place: Place, type: StateMachineType, isMachine: boolean): void {
  const states = holder['States'];
  if (states === undefined) return;
  const at = place.member('States');
  if (!isObject(states)) return at.refuse('Expected value of type [OBJECT]', 'States holds the states by name');
  if (Object.keys(states).length === 0) at.refuse('Value cannot be empty', 'add at least one state');
  for (const [name, state] of Object.entries(states)) {
    checkName(name, at.member(name), machine);
    if (isObject(state)) checkState(state, machine, at.member(name), type);
    else at.member(name).refuse('Expected value of type [OBJECT]', 'a state is an object with a Type');
  }
  if (Object.hasOwn(holder, 'StartAt')) checkGraph(holder['StartAt'], states, place, isMachine);
}

function checkName(name: string, place: Place, { names }: Machine): void {
  const length = [...name].length;
  if (length === 0) place.refuse("Invalid State name: ''. The name is empty.", 'give the state a name', 'INVALID_STATE_NAME');
  if (length > MAX_NAME_CHARACTERS)
    place.refuse(
      `Invalid State name: '${name}'. The name exceeds the ${MAX_NAME_CHARACTERS}-character limit allowed by the service.`,
      `it has ${length} characters; generated names grow with the construct path: set stateName`,
      'INVALID_STATE_NAME',
    );
  unique(names, name, place, 'State', 'DUPLICATE_STATE_NAME');
}

function unique(seen: Map<string, Place>, name: string, place: Place, what: string, code: string): void {
  const twin = seen.get(name);
  if (twin !== undefined)
    place.refuse(`Duplicate ${what} name: ${name}`, `also at ${twin.location}; it must be unique in the whole machine`, code);
  seen.set(name, place);
}

function checkState(state: JsonObject, machine: Machine, place: Place, workflowType: StateMachineType): void {
  const type = STATE_TYPES.find((known) => known === state['Type']);
  if (type === undefined) return refuseType(state, place);
  const own = effectiveLanguage(state['QueryLanguage'], machine.language);
  const isDowngraded = machine.language === 'JSONata' && own === 'JSONPath';
  if (isDowngraded)
    place.refuse(
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      'leave QueryLanguage out of the machine and set it in each state that is written in JSONata',
    );
  checkFields(state, STATE_FIELDS[type], place, own, !isDowngraded);
  if (type === 'Task') checkTask(state, own, place);
  if (workflowType === 'EXPRESS') checkExpress(state, place);
  if (type === 'Map' && isDistributed(state)) checkDistributedMap(state, place);
  if (typeof state['Label'] === 'string' && type === 'Map')
    unique(machine.labels, state['Label'], place.member('Label'), 'Label', 'DUPLICATE_LABEL_NAME');
  for (const [holder, at] of inside(state, place)) {
    checkFields(holder, type === 'Map' ? processorFields : branchFields, at, machine.language);
    checkStates(holder, machine, at, typeInside(state, workflowType), false);
  }
}

function refuseType(state: JsonObject, place: Place): void {
  if (state['Type'] === undefined) place.refuse("The field 'Type' is required", `one of ${STATE_TYPES.join(', ')}`);
  else
    place
      .member('Type')
      .refuse(
        `The field 'Type' should have one of these values: [${STATE_TYPES.join(', ')}]`,
        `found ${JSON.stringify(state['Type'])}`,
      );
}

/** The children of a Distributed Map are executions of a type of their own. */
function typeInside(state: JsonObject, around: StateMachineType): StateMachineType {
  const processor: Json | undefined = state['ItemProcessor'] ?? state['Iterator'];
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  if (!isObject(config) || config['Mode'] !== 'DISTRIBUTED') return around;
  return config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
}

function checkTask(state: JsonObject, language: QueryLanguage, place: Place): void {
  const { Resource: arn, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof arn === 'string') checkResource(arn, state, language, place);
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
    place
      .member('HeartbeatSeconds')
      .refuse('HeartbeatSeconds must be smaller than TimeoutSeconds', `${heartbeat} against ${timeout}`);
}

function checkResource(arn: string, state: JsonObject, language: QueryLanguage, place: Place): void {
  const at = place.member('Resource');
  const resource = tryParseResource(arn);
  if (!arn.startsWith('arn:')) return at.refuse('Value is not a valid resource ARN', adviseOnResource(arn));
  if (resource === undefined)
    return at.refuse(
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      adviseOnResource(arn),
    );
  if (resource.kind === 'service') checkRequiredParameters(state, resource, language, place);
  if (resource.kind === 'activity' && Object.hasOwn(state, 'Credentials'))
    place.refuseMember('Credentials', "The field 'Credentials' is not supported for activities", 'leave it out');
}
