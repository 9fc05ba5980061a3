import { compileFieldReader, isPlainName } from '../../json/field-reader';
import type { Json } from '../../json/json';
import type { JsonataStage } from '../../vendor/jsonata';
import type { JsonataScope } from '../scope';

/** A field name in a path, with at most one number in brackets behind it. */
export interface JsonataStep {
  readonly name: string;
  /** Every object has something of that name, which may not be its own. */
  readonly isInherited: boolean;
  /** Negative: from the end. */
  readonly index: number | undefined;
}

/** The step, or undefined where what stands in brackets is more than one literal number. */
export const stepOf = (name: string, stages: readonly JsonataStage[] | undefined): JsonataStep | undefined => {
  const isInherited = !isPlainName(name);
  if (stages === undefined || stages.length === 0) return { name, isInherited, index: undefined };
  const [stage] = stages;
  const { expr, type } = stage as JsonataStage;
  if (stages.length > 1 || type !== 'filter' || expr?.type !== 'number' || expr.predicate !== undefined) return undefined;
  return { name, isInherited, index: Math.floor(expr.value as number) };
};

/** The names of steps that are nothing but names which no object inherits. */
export const fieldNamesOf = (steps: readonly JsonataStep[]): readonly string[] | undefined =>
  steps.some(({ index, isInherited }) => index !== undefined || isInherited) ? undefined : steps.map(({ name }) => name);

/**
 * A path of field names as JSONata follows it: a name on an array is looked up in each item, what is found is one flat sequence, and a
 * sequence of one item is that item. An array that the last name finds alone stays as it is.
 */
export const compileSteps = (
  root: (scope: JsonataScope) => unknown,
  steps: readonly JsonataStep[],
): ((scope: JsonataScope) => unknown) => {
  const { length } = steps;
  const follow = (from: unknown): unknown => {
    let value = from;
    for (let at = 0; at < length; at++) {
      if (typeof value !== 'object' || value === null) return undefined;
      if (Array.isArray(value)) return followSequence(value, steps, at);
      const step = steps[at] as JsonataStep;
      value = fieldOf(value, step);
      if (step.index !== undefined) value = itemAt(value, step.index);
    }
    return value;
  };
  const names = fieldNamesOf(steps);
  if (names === undefined) return (scope) => follow(root(scope));
  const read = compileFieldReader(names);
  return (scope) => {
    const from = root(scope) as Json | undefined;
    // Perhaps the way leads through an array.
    return read(from) ?? follow(from);
  };
};

/** The object's own field. */
const fieldOf = (object: object, { name, isInherited }: JsonataStep): unknown =>
  isInherited && !Object.hasOwn(object, name) ? undefined : (object as Record<string, unknown>)[name];

const itemAt = (value: unknown, index: number): unknown => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items[index < 0 ? items.length + index : index];
};

const presentOr = (value: unknown, otherwise: unknown): unknown => (value === undefined ? otherwise : value);

/** What brackets leave where there is no such item: an empty sequence, which counts. */
const NO_ITEM: readonly unknown[] = [];

const followSequence = (items: readonly unknown[], steps: readonly JsonataStep[], from: number): unknown => {
  let sequence = items;
  for (let at = from; at < steps.length; at++) {
    const step = steps[at] as JsonataStep;
    const { index } = step;
    const found: unknown[] = [];
    for (const item of sequence) {
      const field = lookup(item, step);
      const value = index === undefined ? field : presentOr(itemAt(field, index), NO_ITEM);
      if (value !== undefined) found.push(value);
    }
    const [only] = found;
    if (at === steps.length - 1 && found.length === 1 && Array.isArray(only) && only !== NO_ITEM) return only as unknown[];
    sequence = found.flat();
  }
  return sequence.length === 0 ? undefined : sequence.length === 1 ? sequence[0] : Object.freeze(sequence);
};

/** What the name finds in one item: in an array, the sequence of what it finds in the array's items. */
const lookup = (item: unknown, step: JsonataStep): unknown => {
  if (typeof item !== 'object' || item === null) return undefined;
  if (!Array.isArray(item)) return fieldOf(item, step);
  const found = gather(item, step);
  return found.length === 0 ? undefined : found.length === 1 ? found[0] : found;
};

const gather = (items: readonly unknown[], step: JsonataStep): readonly unknown[] =>
  items.flatMap((item) => {
    const found = Array.isArray(item) ? gather(item, step) : lookup(item, step);
    return found === undefined ? [] : found;
  });
