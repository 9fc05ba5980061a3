import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { BusEvent } from './event';
import { eventTime } from './event';

/** What a rule makes of an event for a target; undefined, all three: the event as it is. */
export interface TargetInput {
  /** JSON text, whatever the event. */
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputTransformer:
    { readonly inputPathsMap: Readonly<Record<string, string>>; readonly inputTemplate: string } | undefined;
}

/** The rule whose target it is. */
export interface RuleName {
  readonly name: string;
  readonly arn: string;
}

/** The JSON text that a target gets. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export function targetText(target: TargetInput, event: BusEvent, rule: RuleName, epochMs: number): string {
  const { input, inputPath, inputTransformer } = target;
  const whole = event as unknown as JsonObject;
  if (input !== undefined) return input;
  if (inputPath !== undefined) return renderJson(valueOf(inputPath, whole, `the InputPath of a target of the rule ${rule.name}`));
  if (inputTransformer === undefined) return renderJson(whole);
  const { inputPathsMap, inputTemplate } = inputTransformer;
  const { detail: _, ...withoutDetail } = whole;
  const variables = (name: string): Variable | undefined => {
    switch (name) {
      case 'aws.events.rule-arn':
        return rule.arn;
      case 'aws.events.rule-name':
        return rule.name;
      case 'aws.events.event.ingestion-time':
        return eventTime(epochMs);
      case 'aws.events.event':
        return withoutDetail;
      case 'aws.events.event.json':
        return whole;
      default: {
        const path = Object.hasOwn(inputPathsMap, name) ? inputPathsMap[name] : undefined;
        return path === undefined ? undefined : (tryValueAt(path, whole) ?? NOTHING);
      }
    }
  };
  return filled(inputTemplate, variables, `the InputTemplate of a target of the rule ${rule.name}`);
}

/** The variable of a path that leads nowhere: it does not appear in what the template gives. */
const NOTHING = Symbol('nothing');

/** The value of a variable. */
type Variable = Json | typeof NOTHING;

/**
 * A template's text with its variables in place: between quotation marks as the inside of a text, of objects and lists without the quotation
 * marks that they have inside; elsewhere as JSON.
 */
function filled(template: string, variables: (name: string) => Variable | undefined, what: string): string {
  let isInText = false;
  const text = template.replaceAll(/\\.|"|<([^<>\s]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') isInText = !isInText;
    if (name === undefined) return token;
    const value = variables(name);
    if (value === undefined) return token;
    if (value === NOTHING) return '';
    if (!isInText) return renderJson(value);
    if (isObject(value) || isArray(value))
      return renderJson(value).replaceAll(/\\.|"/gs, (escaped) => (escaped === '"' ? '' : escaped));
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : String(value);
  });
  try {
    JSON.parse(text);
  } catch (error) {
    throw new SimulatorError(
      `${what} gives no JSON: ${text}. A text stands between quotation marks, and a variable whose path leads nowhere leaves nothing.`,
      { cause: error },
    );
  }
  return text;
}

/** What EventBridge makes of an InputPath that leads nowhere is not documented. */
function valueOf(path: string, event: JsonObject, what: string): Json {
  const found = tryValueAt(path, event);
  if (found !== undefined) return found;
  throw new SimulatorError(
    `${what} is ${path}, and the event has nothing there: ${renderJson(event)}. Correct the path, or the event.`,
  );
}

/** `$.detail.items[0].name`, with dashes, underscores and slashes in names. */
function tryValueAt(path: string, event: Json): Json | undefined {
  if (!/^\$(?:\.[^.[\]*]+|\[\d+\]|\['[^']*'\])*$/.test(path))
    throw new SimulatorError(`The path ${path} of a rule's target is not one that the simulator reads: names and indexes are.`);
  let value: Json | undefined = event;
  for (const [, name, index, quoted] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]/g)) {
    const key = name ?? quoted;
    if (key !== undefined) value = isObject(value) ? get(value, key) : undefined;
    else value = isArray(value) ? value[Number(index)] : undefined;
  }
  return value;
}
