import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import { evaluateCondition } from './condition-functions';
import { INTRINSIC_FUNCTIONS, type Resolution } from './intrinsic-functions';
import { PSEUDO_PARAMETERS, partition, stackId, urlSuffix } from './pseudo-parameters';
import type { ResourceType, ResourceView } from './resource-type';
import { RESOURCE_TYPES } from './resource-types';
import { physicalName } from './physical-name';
import type { Stack } from './stack';
import { own, type TemplateResource } from './template';
import { collectAll, type Place, Unresolvable, within } from './unresolved';

/** Answers questions about the values of templates that belong together. All throw `Unresolvable`; a circle is a `SimulatorError`. */
export interface Resolver {
  /** A value of a template, its intrinsic functions resolved; undefined for `AWS::NoValue`. */
  value(value: Json, place: Place): Json | undefined;
  /** Whether the resource is made at all: false if its condition does not hold. */
  exists(stack: Stack, logicalId: string): boolean;
  /** What a resource is called; undefined for a type that the table does not know. */
  tryNames(stack: Stack, logicalId: string): Names | undefined;
}

/** What one resource is called. */
export interface Names {
  /** Physical name; undefined for a type that has none. */
  readonly name: string | undefined;
  /** What `Ref` returns. Throws `Unresolvable`. */
  ref(): string;
  /** Undefined for a type that has none. Throws `Unresolvable`. */
  arn(): string | undefined;
}

/**
 * A resolver over all stacks of an assembly, so that values may cross from one to another.
 * Everything it makes up (names, ARNs, ids) depends on nothing but the stack's name and the logical id.
 */
export function resolveIntrinsics(stacks: readonly Stack[]): Resolver {
  const names = new Map<TemplateResource, string>();
  /** What is being resolved at the moment, outermost first. */
  const open: { readonly stack: Stack; readonly what: string }[] = [];
  let exportsOfAll: readonly Export[] | undefined;

  const guarded = <T>(stack: Stack, what: string, run: () => T): T => {
    const first = open.findIndex((one) => one.stack === stack && one.what === what);
    if (first !== -1) {
      const circle = [...open.slice(first), { stack, what }].map((one) => `${one.what} (stack "${one.stack.stackName}")`);
      throw new SimulatorError(
        `The template refers to itself in a circle, and CloudFormation would refuse it:\n  ${circle.join('\n  → ')}\nBreak the circle.`,
      );
    }
    open.push({ stack, what });
    try {
      return run();
    } finally {
      open.pop();
    }
  };

  const refuse = (place: Place, reason: string, hint: string): never => {
    throw new Unresolvable([{ place, found: valueAt(place), reason, hint }]);
  };

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
    if (found === undefined) {
      return refuse(
        place,
        `Conditions has no ${JSON.stringify(name)}.`,
        `It has ${listed(Object.keys(stack.template.Conditions))}.`,
      );
    }
    return guarded(stack, `condition ${String(name)}`, () =>
      evaluateCondition(found, within(root(stack), 'Conditions', String(name)), resolution),
    );
  };

  const exists = (stack: Stack, logicalId: string): boolean => {
    const name = stack.template.Resources[logicalId]?.Condition;
    return name === undefined || condition(name, within(root(stack), 'Resources', logicalId, 'Condition'));
  };

  const ref = (name: string, place: Place): Json | undefined => {
    const { stack } = place;
    const pseudo = own(PSEUDO_PARAMETERS, name);
    if (pseudo !== undefined) return pseudo(stack);
    if (own(stack.template.Parameters, name) !== undefined) {
      return guarded(stack, `parameter ${name}`, () => parameter(name, place));
    }
    const resource = existing(name, place);
    if (resource.Type === NESTED_STACK) return stackId(nestedStack(name, place));
    const type = typeOf(resource, place);
    return guarded(stack, `Ref of ${name}`, () => type.ref(view(stack, name, type)));
  };

  const getAtt = (logicalId: string, attribute: string, place: Place): Json => {
    const { stack } = place;
    const resource = existing(logicalId, place);
    if (resource.Type === NESTED_STACK && attribute.startsWith('Outputs.')) {
      return outputValue(nestedStack(logicalId, place), attribute.slice('Outputs.'.length), place);
    }
    const type = typeOf(resource, place);
    const get = own(type.attributes, attribute);
    if (get === undefined) {
      return refuse(
        place,
        `The simulator does not know the attribute "${attribute}" of ${resource.Type}.`,
        `It knows ${listed(Object.keys(type.attributes))}.`,
      );
    }
    return guarded(stack, `${attribute} of ${logicalId}`, () => get(view(stack, logicalId, type)));
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

  const parameter = (name: string, place: Place): Json | undefined => {
    const { stack } = place;
    const declared = own(stack.template.Parameters, name)!;
    const type = String(own(declared, 'Type') ?? 'String');
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
    return typed(type.startsWith('AWS::SSM::') ? (storedParameter(stack, String(fallback)) ?? fallback) : fallback, type);
  };

  /** The value of an `AWS::SSM::Parameter` of these stacks. */
  const storedParameter = (from: Stack, name: string): Json | undefined => {
    for (const { stack, logicalId, resource } of everyResource(stacks)) {
      const same = resource.Type === 'AWS::SSM::Parameter' && sameEnvironment(stack, from) && exists(stack, logicalId);
      if (same && nameOf(stack, logicalId, RESOURCE_TYPES[resource.Type]!) === name) {
        return getAtt(logicalId, 'Value', within(root(stack), 'Resources', logicalId));
      }
    }
    return undefined;
  };

  const outputValue = (stack: Stack, name: string, from: Place): Json => {
    const output = own(stack.template.Outputs, name);
    if (output === undefined) {
      return refuse(
        from,
        `The stack "${stack.stackName}" has no output "${name}".`,
        `It has ${listed(Object.keys(stack.template.Outputs))}.`,
      );
    }
    const at = within(root(stack), 'Outputs', name);
    if (output.Condition !== undefined && !condition(output.Condition, within(at, 'Condition'))) {
      return refuse(from, `The output "${name}" is not made: its condition does not hold.`, 'Guard the reference with Fn::If.');
    }
    const resolved = guarded(stack, `output ${name}`, () => value(output.Value ?? null, within(at, 'Value')));
    return resolved ?? refuse(within(at, 'Value'), 'The output has no value.', 'Give it one.');
  };

  const exported = (name: string, place: Place): Json => {
    exportsOfAll ??= collectExports(stacks);
    const here = exportsOfAll.filter((one) => one.name === name && sameEnvironment(one.stack, place.stack));
    const near = here.filter((one) => one.stack.directory === place.stack.directory);
    const [found, ...more] = near.length > 0 ? near : here;
    if (found !== undefined && more.length === 0) return outputValue(found.stack, found.output, place);
    return found === undefined
      ? refuse(
          place,
          `No stack of the assembly exports "${name}" in ${place.stack.account}/${place.stack.region}.`,
          'Synthesize the stack that exports it into the same assembly.',
        )
      : refuse(place, `${more.length + 1} stacks export "${name}".`, 'Give the exports names of their own.');
  };

  const collectExports = (from: readonly Stack[]): Export[] =>
    from.flatMap((stack) =>
      Object.entries(stack.template.Outputs).flatMap(([output, declared]): Export[] => {
        const declaredName = isObject(declared.Export) ? declared.Export.Name : undefined;
        if (declaredName === undefined) return [];
        const at = within(root(stack), 'Outputs', output, 'Export', 'Name');
        const name = tryResolve(() => guarded(stack, `export name of ${output}`, () => value(declaredName, at)));
        return typeof name === 'string' ? [{ name, stack, output }] : [];
      }),
    );

  const output = (stackName: string, region: string | undefined, name: string, place: Place): Json => {
    const inRegion = region ?? place.stack.region;
    const candidates = stacks.filter((stack) => stack.stackName === stackName && stack.region === inRegion);
    const [found, ...more] = candidates.filter((stack) => stack.directory === place.stack.directory || candidates.length === 1);
    if (found !== undefined && more.length === 0) return outputValue(found, name, place);
    return refuse(
      place,
      `The assembly has ${candidates.length === 0 ? 'no stack' : `${candidates.length} stacks`} "${stackName}" in ${inRegion}.`,
      'Synthesize the stack into the same assembly, under a name of its own.',
    );
  };

  const mapping = (map: string, first: string, second: string, place: Place): Json | undefined => {
    const rows = own(place.stack.template.Mappings, map);
    const row = isObject(rows) ? own(rows, first) : undefined;
    return isObject(row) ? own(row, second) : undefined;
  };

  const typeOf = (resource: TemplateResource, place: Place): ResourceType =>
    own(RESOURCE_TYPES, resource.Type) ??
    refuse(
      place,
      `The simulator does not know what ${resource.Type} returns.`,
      'Put a literal text in its place for the test, or ask for the type.',
    );

  const nameOf = (stack: Stack, logicalId: string, type: ResourceType): string => {
    const resource = stack.template.Resources[logicalId]!;
    const known = names.get(resource);
    if (known !== undefined) return known;
    const explicit = type.nameProperty === undefined ? undefined : own(resource.Properties, type.nameProperty);
    const at = within(root(stack), 'Resources', logicalId, 'Properties', type.nameProperty ?? '');
    const resolved =
      explicit === undefined ? undefined : tryResolve(() => guarded(stack, `name of ${logicalId}`, () => value(explicit, at)));
    const name = typeof resolved === 'string' ? resolved : physicalName(view(stack, logicalId, type), type);
    names.set(resource, name);
    return name;
  };

  const view = (stack: Stack, logicalId: string, type: ResourceType): ResourceView => {
    const resource = stack.template.Resources[logicalId]!;
    const at = within(root(stack), 'Resources', logicalId, 'Properties');
    const self: ResourceView = {
      stackName: stack.stackName,
      logicalId,
      partition: partition(stack.region),
      urlSuffix: urlSuffix(stack.region),
      region: stack.region,
      account: stack.account,
      get name() {
        return nameOf(stack, logicalId, type);
      },
      property: (key) => {
        const raw = own(resource.Properties, key);
        return raw === undefined ? undefined : value(raw, within(at, key));
      },
      required: (key) => {
        const found = self.property(key);
        return found === undefined || typeof found === 'object'
          ? refuse(within(at, key), `${resource.Type} needs a text as its ${key}.`, 'Add it.')
          : String(found);
      },
      ordinal: (by) => {
        const siblings = Object.entries(stack.template.Resources)
          .filter(([id, one]) => one.Type === resource.Type && exists(stack, id))
          .map(([id]) => id);
        const wanted = by(self);
        return siblings.slice(0, siblings.indexOf(logicalId) + 1).filter((id) => by(view(stack, id, type)) === wanted).length;
      },
    };
    return self;
  };

  const resolution: Resolution = { value, condition, ref, getAtt, exported, output, mapping, refuse };
  return {
    value,
    exists,
    tryNames: (stack, logicalId) => {
      const type = own(RESOURCE_TYPES, stack.template.Resources[logicalId]!.Type);
      if (type === undefined) return undefined;
      const self = view(stack, logicalId, type);
      return {
        name: type.nameProperty === undefined ? undefined : self.name,
        ref: () => guarded(stack, `Ref of ${logicalId}`, () => type.ref(self)),
        arn: () => guarded(stack, `ARN of ${logicalId}`, () => type.arn?.(self)),
      };
    },
  };
}

interface Export {
  readonly name: string;
  readonly stack: Stack;
  readonly output: string;
}

const NESTED_STACK = 'AWS::CloudFormation::Stack';

const root = (stack: Stack): Place => ({ stack, pointer: '' });

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** Exports and stored parameters are seen within one account and region. */
const sameEnvironment = (one: Stack, other: Stack): boolean => one.account === other.account && one.region === other.region;

/** The result, or undefined where it cannot be resolved. */
export function tryResolve<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unresolvable) return undefined;
    throw error;
  }
}

/** What the parent stack passes to a nested one. */
function nestedArgument(parent: NonNullable<Stack['parent']>, name: string): { value: Json; place: Place } | undefined {
  const given = own(parent.stack.template.Resources[parent.logicalId]!.Properties, 'Parameters');
  const argument = isObject(given) ? own(given, name) : undefined;
  if (argument === undefined) return undefined;
  return {
    value: argument,
    place: within(root(parent.stack), 'Resources', parent.logicalId, 'Properties', 'Parameters', name),
  };
}

/** A parameter's value as its type wants it: lists are written with commas. */
function typed(value: Json, type: string): Json {
  const isList = type === 'CommaDelimitedList' || type.includes('List<') || type.includes('<CommaDelimitedList');
  return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}

function* everyResource(stacks: readonly Stack[]) {
  for (const stack of stacks) {
    for (const [logicalId, resource] of Object.entries(stack.template.Resources)) yield { stack, logicalId, resource };
  }
}

/** What stands at a place: for a function's argument, the whole function. */
function valueAt({ stack, pointer }: Place): Json {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = keys.at(-1) === 'Ref' || keys.at(-1)?.startsWith('Fn::') === true ? keys.slice(0, -1) : keys;
  let found: unknown = stack.template;
  for (const key of path)
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined;
  return (found ?? null) as Json;
}
