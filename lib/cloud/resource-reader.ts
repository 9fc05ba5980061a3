import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import type { Location } from './cloud';
import type { Resolver } from './resolve-intrinsics';
import type { Stack } from './stack';
import { kind, own, type TemplateResource } from './template';
import { collectAll, naming, type Place, tryResolve, within } from './unresolved';

/** One resource of one stack, and the means to resolve it. */
export interface ResourceReader {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly resource: TemplateResource;
  readonly location: Location;
  /** Undefined for a type that has no name, or that the table does not know; so are `ref` and `arn`. */
  readonly name: string | undefined;
  ref(): string | undefined;
  arn(): string | undefined;
  /** Undefined also where it cannot be resolved. */
  tryArn(): string | undefined;
  /** Properties of the template, resolved, absent ones undefined: all problems at once. */
  properties<K extends string>(...keys: readonly K[]): Readonly<Record<K, Json | undefined>>;
  /** A value of the properties, resolved; undefined where it cannot be. @param keys where it stands in the properties */
  tryValue(raw: Json, keys: readonly (string | number)[]): Json | undefined;
  /** Every property that the resource has, resolved. */
  allProperties(): JsonObject;
  /** A property that must be a text where it is present. */
  text(key: string): string | undefined;
  number(key: string): number | undefined;
  object(key: string): JsonObject | undefined;
  list(key: string): JsonArray;
  /** A SimulatorError about a property with a value of the wrong kind. */
  wrong(key: string | readonly string[], expected: string, found: Json | undefined): SimulatorError;
  /** A SimulatorError about the resource; `sentence` says what is wrong and what to do. */
  refusal(sentence: string): SimulatorError;
}

/**
 * A reader of one resource.
 * @param advice by resource type: a whole sentence on the way out when something cannot be resolved
 */
export function readResource(resolver: Resolver, stack: Stack, logicalId: string, advice: string): ResourceReader {
  const resource = stack.template.Resources[logicalId]!;
  const constructPath = stack.constructPaths.get(logicalId);
  const what = `${resource.Type} "${logicalId}" (${constructPath ?? `stack ${stack.stackName}`})`;
  const names = resolver.tryNames(stack, logicalId);
  const at: Place = within({ stack, pointer: '' }, 'Resources', logicalId, 'Properties');
  const one = (key: string): Json | undefined => reader.properties(key)[key];
  const checked =
    <T extends Json>(expected: string, is: (value: Json) => value is T) =>
    (key: string): T | undefined => {
      const found = one(key);
      if (found === undefined || is(found)) return found;
      throw reader.wrong(key, expected, found);
    };
  const list = checked('a list', isArray);
  const reader: ResourceReader = {
    stack,
    logicalId,
    resource,
    location: {
      stackName: stack.stackName,
      account: stack.account,
      region: stack.region,
      logicalId,
      ...(constructPath === undefined ? {} : { constructPath }),
    },
    name: names?.name,
    ref: () => naming(what, advice, () => names?.ref()),
    arn: () => naming(what, advice, () => names?.arn()),
    tryArn: () => tryResolve(() => names?.arn()),
    properties: <K extends string>(...keys: readonly K[]) =>
      naming(what, advice, () => {
        const values = collectAll(keys, (key) => {
          const raw = own(resource.Properties, key);
          return [key, raw === undefined ? undefined : resolver.value(raw, within(at, key))] as const;
        });
        return Object.fromEntries(values) as Record<K, Json | undefined>;
      }),
    tryValue: (raw, keys) => tryResolve(() => resolver.value(raw, within(at, ...keys))),
    allProperties: () => naming(what, advice, () => resolver.value(resource.Properties, at) as JsonObject),
    text: checked('a text', (value): value is string => typeof value === 'string'),
    number: (key) => {
      const found = one(key);
      const asNumber = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
      if (asNumber === undefined || (typeof asNumber === 'number' && Number.isFinite(asNumber))) return asNumber;
      throw reader.wrong(key, 'a number', found);
    },
    object: checked('an object', isObject),
    list: (key) => list(key) ?? [],
    wrong: (key, expected, found) => {
      const { pointer } = typeof key === 'string' ? within(at, key) : within(at, ...key);
      return reader.refusal(`at ${pointer}, expected ${expected}, found ${kind(found)}. Correct the template.`);
    },
    refusal: (sentence) => new SimulatorError(`Cannot read ${what}: ${sentence}`),
  };
  return reader;
}
