import { isObject, type Json } from '../json/json';
import type { CircleGuard } from './circle-guard';
import type { Stack } from './stack';
import { asText, own } from './template';
import { listed, type Place, refuse, top, tryResolve, within } from './unresolved';

/** The values that cross the borders of stacks. All throw `Unresolvable`. */
export interface StackValues {
  /** The value of a parameter that the stack declares. */
  readonly parameter: (name: string, place: Place) => Json | undefined;
  /** The value of a stack's output; `from` is the place that asks. */
  readonly outputOf: (stack: Stack, name: string, from: Place) => Json;
  /** The output of a stack, by the stack's name; without a region, in that of the place. */
  readonly output: (stackName: string, region: string | undefined, name: string, place: Place) => Json;
  /** The output that some stack exports under a name, in the account and region of the place. */
  readonly exported: (name: string, place: Place) => Json;
}

/**
 * @param value resolves a value of a template
 * @param condition whether a condition of the place's stack holds
 * @param storedParameter the value of an `AWS::SSM::Parameter` that the stacks make in the stack's account and region
 */
export function stackValues(
  stacks: readonly Stack[],
  value: (value: Json, place: Place) => Json | undefined,
  condition: (name: Json, place: Place) => boolean,
  storedParameter: (name: string, stack: Stack) => Json | undefined,
  guarded: CircleGuard,
): StackValues {
  let exportsOfAll: readonly Export[] | undefined;

  const parameter = (name: string, place: Place): Json | undefined => {
    const { stack } = place;
    const declared = own(stack.template.Parameters, name)!;
    const type = asText(own(declared, 'Type') ?? 'String');
    const given = stack.parameters.get(name);
    if (given !== undefined) return typed(given, type);
    const { parent } = stack;
    const argument = parent === undefined ? undefined : nestedArgument(parent, name);
    if (argument !== undefined) return typed(value(argument.value, argument.place) ?? null, type);
    const fallback = own(declared, 'Default');
    if (fallback === undefined) {
      return refuse(
        place,
        `The parameter "${name}" has no Default, so its value is not known before the deployment.`,
        'Give it a Default (readTemplate also takes parameters).',
      );
    }
    return typed(type.startsWith('AWS::SSM::') ? (storedParameter(asText(fallback), stack) ?? fallback) : fallback, type);
  };

  const outputOf = (stack: Stack, name: string, from: Place): Json => {
    const output = own(stack.template.Outputs, name);
    if (output === undefined) {
      return refuse(
        from,
        `The stack "${stack.stackName}" has no output "${name}".`,
        `It has ${listed(Object.keys(stack.template.Outputs))}.`,
      );
    }
    const at = within(top(stack), 'Outputs', name);
    if (output.Condition !== undefined && !condition(output.Condition, within(at, 'Condition'))) {
      return refuse(from, `The output "${name}" is not made: its condition does not hold.`, 'Guard the reference with Fn::If.');
    }
    const resolved = guarded(stack, `output ${name}`, () => value(output.Value ?? null, within(at, 'Value')));
    return resolved ?? refuse(within(at, 'Value'), 'The output has no value.', 'Give it one.');
  };

  const exported = (name: string, place: Place): Json => {
    exportsOfAll ??= collectExports();
    const here = exportsOfAll.filter((one) => one.name === name && sameEnvironment(one.stack, place.stack));
    const near = here.filter((one) => one.stack.directory === place.stack.directory);
    const [found, ...more] = near.length > 0 ? near : here;
    if (found !== undefined && more.length === 0) return outputOf(found.stack, found.output, place);
    return found === undefined
      ? refuse(
          place,
          `No stack of the assembly exports "${name}" in ${place.stack.account}/${place.stack.region}.`,
          'Synthesize the stack that exports it into the same assembly.',
        )
      : refuse(place, `${more.length + 1} stacks export "${name}".`, 'Give the exports names of their own.');
  };

  const collectExports = (): Export[] =>
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Outputs).flatMap(([output, declared]): Export[] => {
        const declaredName = isObject(declared.Export) ? declared.Export.Name : undefined;
        if (declaredName === undefined) return [];
        const at = within(top(stack), 'Outputs', output);
        const name = tryResolve(() => {
          if (declared.Condition !== undefined && !condition(declared.Condition, within(at, 'Condition'))) return undefined;
          return guarded(stack, `export name of ${output}`, () => value(declaredName, within(at, 'Export', 'Name')));
        });
        return typeof name === 'string' ? [{ name, stack, output }] : [];
      }),
    );

  const output = (stackName: string, region: string | undefined, name: string, place: Place): Json => {
    const inRegion = region ?? place.stack.region;
    const candidates = stacks.filter((stack) => stack.stackName === stackName && stack.region === inRegion);
    const [found, ...more] = candidates.filter((stack) => stack.directory === place.stack.directory || candidates.length === 1);
    if (found !== undefined && more.length === 0) return outputOf(found, name, place);
    return refuse(
      place,
      `The assembly has ${candidates.length === 0 ? 'no stack' : `${candidates.length} stacks`} "${stackName}" in ${inRegion}.`,
      'Synthesize the stack into the same assembly, under a name of its own.',
    );
  };

  return {
    parameter: (name, place) => guarded(place.stack, `parameter ${name}`, () => parameter(name, place)),
    outputOf,
    output,
    exported,
  };
}

interface Export {
  readonly name: string;
  readonly stack: Stack;
  readonly output: string;
}

/** Exports and stored parameters are seen within one account and region. */
export const sameEnvironment = (one: Stack, other: Stack): boolean =>
  one.account === other.account && one.region === other.region;

/** What the parent stack passes to a nested one. */
function nestedArgument(parent: NonNullable<Stack['parent']>, name: string): { value: Json; place: Place } | undefined {
  const given = own(parent.stack.template.Resources[parent.logicalId]!.Properties, 'Parameters');
  const argument = isObject(given) ? own(given, name) : undefined;
  if (argument === undefined) return undefined;
  return {
    value: argument,
    place: within(top(parent.stack), 'Resources', parent.logicalId, 'Properties', 'Parameters', name),
  };
}

/** A parameter's value as its type wants it: lists are written with commas. */
function typed(value: Json, type: string): Json {
  const isList = type === 'CommaDelimitedList' || type.includes('List<') || type.includes('<CommaDelimitedList');
  return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}
