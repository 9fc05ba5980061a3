import { isObject, type Json } from '../json/json';
import { renderNearest } from '../names/nearest-name';
import { UsageError } from './usage-error';

/** What each field of an object may be. */
export interface Fields {
  readonly [name: string]: keyof typeof KINDS | Fields;
}

const KINDS = {
  anything: () => true,
  text: (value: Json): boolean => typeof value === 'string',
  number: (value: Json): boolean => typeof value === 'number',
} satisfies Readonly<Record<string, (value: Json) => boolean>>;

/** Holds an object from the command line against the fields that it may have. @throws UsageError with everything that does not fit */
export function checkFields(value: Json | undefined, fields: Fields, what: string): void {
  const problems = value === undefined ? [] : problemsInFields(value, fields, what);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/** Everything about an object that does not fit. */
export function problemsInFields(value: Json, fields: Fields, what: string): readonly string[] {
  const names = Object.keys(fields).join(', ');
  if (!isObject(value)) return [`${what} must be an object with ${names}; found ${JSON.stringify(value)}.`];
  return Object.entries(value).flatMap(([name, field]) => {
    const expected = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (expected === undefined)
      return [`${what} has no field ${JSON.stringify(name)}; there are ${names}.${renderNearest(name, Object.keys(fields))}`];
    if (typeof expected === 'object') return problemsInFields(field, expected, `${what}.${name}`);
    return KINDS[expected](field) ? [] : [`${what}.${name} must be a ${expected}; found ${JSON.stringify(field)}.`];
  });
}
