import { isObject, type Json, type JsonObject } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import { messageOf } from './message-of';

/** A CloudFormation template whose outline can be trusted; the values inside are still unresolved. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters: Readonly<Record<string, JsonObject>>;
  readonly Conditions: JsonObject;
  readonly Mappings: JsonObject;
  readonly Outputs: Readonly<Record<string, JsonObject>>;
}

/** One entry of `Resources`. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: JsonObject;
  readonly Metadata: JsonObject;
  /** Name of the condition without which the resource is not made. */
  readonly Condition?: string;
}

/** Deeper templates are refused: CloudFormation's own limit on nesting is far lower, and ours is the call stack. */
const MAX_LEVELS = 500;

/**
 * Checks the outline of a template: `Resources` of objects with a `Type`, and objects where sections are expected.
 * The value passes through JSON, so what JSON cannot carry (functions, undefined) is not in the result.
 * @param where names the template in errors: a file, or `the template`
 * @throws SimulatorError with all mistakes at once
 */
export function parseTemplate(template: unknown, where: string): Template {
  const json = asJson(template, where);
  const mistakes: string[] = [];
  if (!isObject(json)) {
    throw new SimulatorError(
      `${where} is not a CloudFormation template: expected an object with Resources, found ${kind(json)}. ` +
        `Pass the parsed JSON of a template, such as cdk.out/<stack>.template.json holds.`,
    );
  }
  const section = (name: string): JsonObject => {
    const value = own(json, name);
    if (value === undefined) return {};
    if (isObject(value)) return value;
    mistakes.push(`/${name}: expected an object, found ${kind(value)}`);
    return {};
  };
  const objects = (name: string): Record<string, JsonObject> =>
    Object.fromEntries(
      Object.entries(section(name)).flatMap(([key, value]) => {
        if (isObject(value)) return [[key, value] as const];
        mistakes.push(`/${name}/${key}: expected an object, found ${kind(value)}`);
        return [];
      }),
    );
  // The CDK writes none for an empty stack.
  const resources = Object.entries(objects('Resources')).map(
    ([logicalId, resource]) => [logicalId, parseResource(logicalId, resource, mistakes)] as const,
  );
  const parsed: Template = {
    Resources: Object.fromEntries(resources),
    Parameters: objects('Parameters'),
    Conditions: section('Conditions'),
    Mappings: section('Mappings'),
    Outputs: objects('Outputs'),
  };
  if (mistakes.length > 0) {
    throw new SimulatorError(
      `${where} is not a CloudFormation template:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`,
    );
  }
  return parsed;
}

function parseResource(logicalId: string, resource: JsonObject, mistakes: string[]): TemplateResource {
  const at = `/Resources/${logicalId}`;
  const type = own(resource, 'Type');
  if (typeof type !== 'string')
    mistakes.push(`${at}/Type: expected a resource type such as "AWS::SQS::Queue", found ${kind(type)}`);
  const condition = own(resource, 'Condition');
  if (condition !== undefined && typeof condition !== 'string') {
    mistakes.push(`${at}/Condition: expected the name of a condition, found ${kind(condition)}`);
  }
  const object = (field: string): JsonObject => {
    const value = own(resource, field);
    if (value === undefined) return {};
    if (isObject(value)) return value;
    mistakes.push(`${at}/${field}: expected an object, found ${kind(value)}`);
    return {};
  };
  return {
    Type: typeof type === 'string' ? type : '',
    Properties: object('Properties'),
    Metadata: object('Metadata'),
    ...(typeof condition === 'string' ? { Condition: condition } : {}),
  };
}

function asJson(value: unknown, where: string): Json {
  let text: string | undefined;
  try {
    text = JSON.stringify(value) as string | undefined;
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep(where);
    throw new SimulatorError(`${where} is not JSON: ${messageOf(cause)}`, { cause });
  }
  if (text === undefined) throw new SimulatorError(`${where} is not JSON: found ${typeof value}.`);
  const json = JSON.parse(text) as Json;
  if (levels(json) > MAX_LEVELS) throw tooDeep(where);
  return json;
}

const tooDeep = (where: string) =>
  new SimulatorError(`${where} is nested more than ${MAX_LEVELS} levels deep, and no template that CloudFormation accepts is.`);

/** Levels of nesting, counted only as far as matters. */
function levels(json: Json): number {
  let level = 0;
  let open: Json[] = [json];
  while (open.length > 0 && level <= MAX_LEVELS) {
    level += 1;
    open = open.flatMap((value): Json[] => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return level;
}

/** The object's own field: never an inherited one, whatever a template calls its resources. */
export function own<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A scalar as text, anything else as JSON. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a value is, in words for an error. */
export function kind(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(value);
}
