import { isArray, isObject, type Json, type JsonArray } from '../json/json';
import { substitute } from './substitute';
import { own } from './template';
import { collectAll, type Place, refuse, within } from './unresolved';

/** What an intrinsic function may ask of the resolver. Each of these throws `Unresolvable`. */
export interface Resolution {
  /** A value with its intrinsic functions resolved; undefined: `AWS::NoValue`. */
  value(value: Json, place: Place): Json | undefined;
  condition(name: Json, place: Place): boolean;
  ref(name: string, place: Place): Json | undefined;
  getAtt(logicalId: string, attribute: string, place: Place): Json;
  exported(name: string, place: Place): Json;
  output(stackName: string, region: string | undefined, name: string, place: Place): Json;
}

type IntrinsicFunction = (argument: Json, place: Place, to: Resolution) => Json | undefined;

const SYNTAX = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html';

/**
 * The intrinsic functions of values, by name; `place` is that of the function's argument.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const INTRINSIC_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: (argument, place, to) => to.ref(literal(argument, 'a name', place), place),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': (argument, place, to) => {
    const [delimiter, source] = resolveParts(argument, 2, place, to);
    return text(source, place).split(text(delimiter, place));
  },
  'Fn::If': (argument, place, to) => {
    const [condition, yes, no] = parts(argument, 3, place);
    const branch = to.condition(condition, place) ? 1 : 2;
    return to.value(branch === 1 ? yes : no, within(place, branch));
  },
  'Fn::ImportValue': (argument, place, to) => to.exported(text(to.value(argument, place), place), place),
  'Fn::GetStackOutput': getStackOutput,
  'Fn::FindInMap': findInMap,
  'Fn::Base64': (argument, place, to) => Buffer.from(text(to.value(argument, place), place)).toString('base64'),
  'Fn::Length': (argument, place, to) => list(to.value(argument, place), place).length,
  'Fn::ToJsonString': (argument, place, to) => JSON.stringify(to.value(argument, place) ?? null),
};

function getAtt(argument: Json, place: Place, to: Resolution): Json {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot === -1) return refuse(place, 'It names no attribute.', 'Write <logical id>.<attribute>.');
    return to.getAtt(argument.slice(0, dot), argument.slice(dot + 1), place);
  }
  const [logicalId, attribute] = parts(argument, 2, place);
  return to.getAtt(literal(logicalId, 'a logical id', place), text(to.value(attribute, within(place, 1)), place), place);
}

function join(argument: Json, place: Place, to: Resolution): Json {
  const [delimiter, values] = parts(argument, 2, place);
  const at = within(place, 1);
  const resolved = isArray(values)
    ? collectAll(values.entries(), ([index, value]) => {
        const part = to.value(value, within(at, index));
        return part === undefined ? undefined : text(part, within(at, index));
      })
    : list(to.value(values, at), at).map((value) => text(value, at));
  return resolved.filter((part) => part !== undefined).join(literal(delimiter, 'a delimiter', place));
}

function sub(argument: Json, place: Place, to: Resolution): Json {
  const [pattern, variables] = isArray(argument) ? parts(argument, 2, place) : [argument, {}];
  if (!isObject(variables)) return refuse(place, 'The second part of Fn::Sub is not an object.', `See ${SYNTAX}`);
  const template = literal(pattern, 'a text', place);
  const names = [...template.matchAll(/\$\{(?!!)([^{}]*)\}/g)].map((match) => match[1]!);
  const values = new Map(
    collectAll(new Set(names), (name): [string, string] => {
      const at = Object.hasOwn(variables, name.trim()) ? within(place, 1, name.trim()) : place;
      return [name, text(subVariable(name.trim(), variables, place, to), at)];
    }),
  );
  return substitute(template, (name) => (name.startsWith('!') ? `\${${name.slice(1)}}` : values.get(name)));
}

function subVariable(name: string, variables: Readonly<Record<string, Json>>, place: Place, to: Resolution): Json | undefined {
  if (Object.hasOwn(variables, name)) return to.value(variables[name]!, within(place, 1, name));
  const dot = name.indexOf('.');
  return dot === -1 ? to.ref(name, place) : to.getAtt(name.slice(0, dot), name.slice(dot + 1), place);
}

function select(argument: Json, place: Place, to: Resolution): Json {
  const [first, values] = parts(argument, 2, place);
  const index = text(to.value(first, within(place, 0)), place);
  const items = list(to.value(values, within(place, 1)), place);
  const found = /^\d+$/.test(index) ? items[Number(index)] : undefined;
  if (found !== undefined) return found;
  return refuse(
    place,
    `Fn::Select asks for item ${index} of a list of ${items.length}.`,
    'Correct the index; the first item is 0.',
  );
}

function getStackOutput(argument: Json, place: Place, to: Resolution): Json {
  const options = to.value(argument, place);
  if (!isObject(options)) return refuse(place, 'Fn::GetStackOutput takes an object.', `See ${SYNTAX}`);
  const region = options.Region === undefined ? undefined : text(options.Region, place);
  return to.output(text(options.StackName, place), region, text(options.OutputName, place), place);
}

function findInMap(argument: Json, place: Place, to: Resolution): Json {
  const keys = isArray(argument) && argument.length === 4 ? argument.slice(0, 3) : argument;
  const [map, first, second] = resolveParts(keys, 3, place, to).map((key) => text(key, place)) as [string, string, string];
  const rows = own(place.stack.template.Mappings, map);
  const row = isObject(rows) ? own(rows, first) : undefined;
  const found = isObject(row) ? own(row, second) : undefined;
  if (found !== undefined) return found;
  const options = isArray(argument) ? argument[3] : undefined;
  const fallback = isObject(options) ? options.DefaultValue : undefined;
  const value = fallback === undefined ? undefined : to.value(fallback, within(place, 3, 'DefaultValue'));
  return value ?? refuse(place, `Mappings has no /${map}/${first}/${second}.`, 'Add it, or give Fn::FindInMap a DefaultValue.');
}

/** The arguments of a function that takes a fixed number of them. */
function parts(argument: Json, count: 2, place: Place): readonly [Json, Json];
function parts(argument: Json, count: 3, place: Place): readonly [Json, Json, Json];
function parts(argument: Json, count: number, place: Place): readonly Json[] {
  if (isArray(argument) && argument.length === count) return argument;
  const found = isArray(argument) ? `a list of ${argument.length}` : JSON.stringify(argument);
  return refuse(place, `It takes a list of ${count}, and was given ${found}.`, `See ${SYNTAX}`);
}

function resolveParts(argument: Json, count: 2 | 3, place: Place, to: Resolution): (Json | undefined)[] {
  const values: JsonArray = count === 2 ? parts(argument, 2, place) : parts(argument, 3, place);
  return collectAll(values.entries(), ([index, value]) => to.value(value, within(place, index)));
}

/** A part that CloudFormation wants written out, with no function in it. */
function literal(value: Json, what: string, place: Place): string {
  if (typeof value === 'string') return value;
  return refuse(place, `It takes ${what} as a literal text, and was given ${JSON.stringify(value)}.`, `See ${SYNTAX}`);
}

function text(value: Json | undefined, place: Place): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  const found = value === undefined ? 'AWS::NoValue' : JSON.stringify(value);
  return refuse(place, `A text is needed here, and the value is ${found}.`, 'Give it a text, a number or a boolean.');
}

function list(value: Json | undefined, place: Place): JsonArray {
  if (isArray(value)) return value;
  const found = value === undefined ? 'AWS::NoValue' : JSON.stringify(value);
  return refuse(place, `A list is needed here, and the value is ${found}.`, 'Give it a list, Fn::Split or a list parameter.');
}
