import type { Json } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import type { Stack } from './stack';

/** Where a value stands in a template. */
export interface Place {
  readonly stack: Stack;
  /** JSON pointer into the stack's template. */
  readonly pointer: string;
}

/** One value that cannot be resolved, and why. */
export interface Unresolved {
  readonly place: Place;
  /** The intrinsic function, or other value, as it stands in the template. */
  readonly found: Json;
  readonly reason: string;
  readonly hint: string;
}

/** Thrown inside the resolver; carries everything that was found unresolvable so far. Never leaves `lib/cloud`. */
export class Unresolvable extends Error {
  constructor(readonly all: readonly Unresolved[]) {
    super(all.map(renderUnresolved).join('\n'));
    this.name = 'Unresolvable';
  }
}

/** What there is, for a hint. */
export const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** Ends the resolution of the value at `place`. `reason` and `hint` are whole sentences. */
export function refuse(place: Place, reason: string, hint: string): never {
  throw new Unresolvable([{ place, found: valueAt(place), reason, hint }]);
}

/** The result, or undefined where it cannot be resolved. */
export function tryResolve<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unresolvable) return undefined;
    throw error;
  }
}

/** Runs every step, so that all that cannot be resolved is reported at once. */
export function collectAll<T, R>(items: Iterable<T>, step: (item: T) => R): R[] {
  const problems: Unresolved[] = [];
  const results: R[] = [];
  for (const item of items) {
    try {
      results.push(step(item));
    } catch (error) {
      if (!(error instanceof Unresolvable)) throw error;
      problems.push(...error.all);
    }
  }
  if (problems.length > 0) throw new Unresolvable(problems);
  return results;
}

/** One unresolved value for an error message. */
function renderUnresolved({ place, found, reason, hint }: Unresolved): string {
  const text = JSON.stringify(found);
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return `stack "${place.stack.stackName}", ${place.pointer}: ${short}\n    ${reason} ${hint}`;
}

/** The place one step further in. */
export function within(place: Place, ...keys: readonly (string | number)[]): Place {
  return {
    stack: place.stack,
    pointer: keys.reduce<string>((pointer, key) => `${pointer}/${escape(String(key))}`, place.pointer),
  };
}

/** The place of a whole template. */
export const top = (stack: Stack): Place => ({ stack, pointer: '' });

/** A key in a JSON pointer. https://www.rfc-editor.org/rfc/rfc6901 */
const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Runs `read`, and turns what it cannot resolve into the error that a user sees.
 * @param what what is being read: `state machine "Orders"`
 * @param advice a whole sentence on the way out, whatever the reason
 * @throws SimulatorError naming every value, its place, its reason and what to do
 */
export function naming<T>(what: string, advice: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unresolvable)) throw error;
    const count = error.all.length === 1 ? 'a value' : `${error.all.length} values`;
    throw new SimulatorError(
      `Cannot read ${what}: ${count} of its template cannot be resolved.\n` +
        `${error.all.map((one) => `  ${renderUnresolved(one)}`).join('\n')}\n  ${advice}`,
    );
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
