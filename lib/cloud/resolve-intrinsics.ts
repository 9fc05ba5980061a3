import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { circleGuard } from './circle-guard';
import { evaluateCondition } from './condition-functions';
import { INTRINSIC_FUNCTIONS, type Resolution } from './intrinsic-functions';
import { PSEUDO_PARAMETERS, stackId } from './pseudo-parameters';
import { type Names, resourceNames } from './resource-names';
import type { Stack } from './stack';
import { sameEnvironment, stackValues } from './stack-values';
import { own, type TemplateResource } from './template';
import { collectAll, listed, type Place, refuse, top, within } from './unresolved';

/** Answers questions about the values of templates that belong together. All throw `Unresolvable`; a circle is a `SimulatorError`. */
export interface Resolver {
  /** A value of a template, its intrinsic functions resolved; undefined for `AWS::NoValue`. */
  value(value: Json, place: Place): Json | undefined;
  /** Whether the resource is made at all: false if its condition does not hold. */
  exists(stack: Stack, logicalId: string): boolean;
  /** What a resource is called; undefined for a type that the table does not know. */
  readonly tryNames: (stack: Stack, logicalId: string) => Names | undefined;
}

/**
 * A resolver over all stacks of an assembly, so that values may cross from one to another.
 * Everything it makes up (names, ARNs, ids) depends on nothing but the stack's name and the logical id.
 */
export function resolveIntrinsics(stacks: readonly Stack[]): Resolver {
  const guarded = circleGuard();

  const value = (raw: Json, place: Place): Json | undefined => {
    const resolved = isArray(raw) ? array(raw, place) : isObject(raw) ? objectOrFunction(raw, place) : raw;
    if (typeof resolved === 'string' && /\{\{resolve:/.test(resolved)) {
      return refuse(
        place,
        'A dynamic reference is resolved by CloudFormation at deployment; its value is not in the template.',
        'Put a literal text in its place for the test.',
      );
    }
    return resolved;
  };

  const array = (raw: readonly Json[], place: Place): Json =>
    collectAll(raw.entries(), ([index, item]) => value(item, within(place, index))).filter((item) => item !== undefined);

  const objectOrFunction = (raw: JsonObject, place: Place): Json | undefined => {
    const keys = Object.keys(raw);
    const intrinsic = keys.find((key) => key.startsWith('Fn::')) ?? (keys.length === 1 && keys[0] === 'Ref' ? 'Ref' : undefined);
    if (intrinsic !== undefined) {
      const run = own(INTRINSIC_FUNCTIONS, intrinsic);
      if (run === undefined || keys.length > 1) {
        return refuse(
          within(place, intrinsic),
          run === undefined ? `${intrinsic} is not supported.` : `${intrinsic} must stand alone in its object.`,
          `Supported are ${Object.keys(INTRINSIC_FUNCTIONS).join(', ')}.`,
        );
      }
      return run(raw[intrinsic]!, within(place, intrinsic), resolution);
    }
    const fields = collectAll(Object.entries(raw), ([key, item]) => [key, value(item, within(place, key))] as const);
    return Object.fromEntries(fields.filter((field): field is readonly [string, Json] => field[1] !== undefined));
  };

  const condition = (name: Json, place: Place): boolean => {
    const { stack } = place;
    const found = typeof name === 'string' ? own(stack.template.Conditions, name) : undefined;
    if (found === undefined || typeof name !== 'string') {
      return refuse(
        place,
        `Conditions has no ${JSON.stringify(name)}.`,
        `It has ${listed(Object.keys(stack.template.Conditions))}.`,
      );
    }
    return guarded(stack, `condition ${name}`, () =>
      evaluateCondition(found, within(top(stack), 'Conditions', name), resolution),
    );
  };

  const exists = (stack: Stack, logicalId: string): boolean => {
    const name = stack.template.Resources[logicalId]?.Condition;
    return name === undefined || condition(name, within(top(stack), 'Resources', logicalId, 'Condition'));
  };

  const names = resourceNames(value, exists, guarded);

  const storedParameter = (name: string, from: Stack): Json | undefined => {
    for (const stack of stacks.filter((one) => sameEnvironment(one, from))) {
      for (const [logicalId, { Type }] of Object.entries(stack.template.Resources)) {
        if (Type === 'AWS::SSM::Parameter' && exists(stack, logicalId) && names.tryNames(stack, logicalId)!.name === name) {
          return names.getAtt(logicalId, 'Value', within(top(stack), 'Resources', logicalId));
        }
      }
    }
    return undefined;
  };

  const { parameter, outputOf, output, exported } = stackValues(stacks, value, condition, storedParameter, guarded);

  const ref = (name: string, place: Place): Json | undefined => {
    const { stack } = place;
    const pseudo = own(PSEUDO_PARAMETERS, name);
    if (pseudo !== undefined) return pseudo(stack);
    if (own(stack.template.Parameters, name) !== undefined) return parameter(name, place);
    if (existing(name, place).Type === NESTED_STACK) return stackId(nestedStack(name, place));
    return names.ref(name, place);
  };

  const getAtt = (logicalId: string, attribute: string, place: Place): Json => {
    if (existing(logicalId, place).Type === NESTED_STACK && attribute.startsWith('Outputs.')) {
      return outputOf(nestedStack(logicalId, place), attribute.slice('Outputs.'.length), place);
    }
    return names.getAtt(logicalId, attribute, place);
  };

  const existing = (logicalId: string, place: Place): TemplateResource => {
    const resource = own(place.stack.template.Resources, logicalId);
    if (resource === undefined) {
      return refuse(place, `The stack has no resource or parameter "${logicalId}".`, 'Correct the name.');
    }
    if (exists(place.stack, logicalId)) return resource;
    return refuse(
      place,
      `"${logicalId}" is not made, because its condition "${resource.Condition}" does not hold.`,
      'Guard the reference with Fn::If and the same condition.',
    );
  };

  const nestedStack = (logicalId: string, place: Place): Stack =>
    place.stack.nested.get(logicalId) ??
    refuse(
      place,
      `The template of the nested stack "${logicalId}" is not in the assembly.`,
      'Synthesize it into the same assembly.',
    );

  const resolution: Resolution = { value, condition, ref, getAtt, exported, output };
  return { value, exists, tryNames: names.tryNames };
}

const NESTED_STACK = 'AWS::CloudFormation::Stack';
