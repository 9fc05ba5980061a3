import { isArray, isObject, type Json, type JsonArray } from '../json/json';
import type { Resolution } from './intrinsic-functions';
import { collectAll, type Place, refuse, within } from './unresolved';

type ConditionFunction = (argument: Json, place: Place, to: Resolution) => boolean;

/**
 * The functions of `Conditions`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
const CONDITION_FUNCTIONS: Readonly<Record<string, ConditionFunction>> = {
  Condition: (argument, place, to) => to.condition(argument, place),
  'Fn::And': (argument, place, to) => operands(argument, 2, 10, place, to).every(Boolean),
  'Fn::Or': (argument, place, to) => operands(argument, 2, 10, place, to).some(Boolean),
  'Fn::Not': (argument, place, to) => operands(argument, 1, 1, place, to)[0] !== true,
  'Fn::Equals': (argument, place, to) => {
    const [left, right] = collectAll(list(argument, 2, 2, place).entries(), ([index, value]) =>
      JSON.stringify(asText(to.value(value, within(place, index)))),
    );
    return left === right;
  },
};

/** Whether a condition, as it stands in `Conditions`, holds. */
export function evaluateCondition(condition: Json, place: Place, to: Resolution): boolean {
  const [name, ...more] = isObject(condition) ? Object.keys(condition) : [];
  const run = name === undefined || !Object.hasOwn(CONDITION_FUNCTIONS, name) ? undefined : CONDITION_FUNCTIONS[name];
  if (run === undefined || more.length > 0 || !isObject(condition)) {
    return refuse(
      place,
      'It is not a condition.',
      `Use one of ${Object.keys(CONDITION_FUNCTIONS).join(', ')}, alone in its object.`,
    );
  }
  return run(condition[name!]!, within(place, name!), to);
}

function operands(argument: Json, least: number, most: number, place: Place, to: Resolution): boolean[] {
  return collectAll(list(argument, least, most, place).entries(), ([index, condition]) =>
    evaluateCondition(condition, within(place, index), to),
  );
}

function list(argument: Json, least: number, most: number, place: Place): JsonArray {
  if (isArray(argument) && argument.length >= least && argument.length <= most) return argument;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  return refuse(place, `It takes a list of ${wanted}, and was given ${JSON.stringify(argument)}.`, 'Correct the condition.');
}

/** CloudFormation compares texts: true equals "true", 1 equals "1". */
const asText = (value: Json | undefined): Json =>
  value === undefined ? null : typeof value === 'object' ? value : String(value);
