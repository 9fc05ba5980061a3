import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { elementOf, memberOf, type Position, ROOT } from './position';
import type { Problem } from './problem';
import type { StateType } from './types';

/** A definition that AWS refuses, with all that cannot be read taken out of it. */
export interface Readable {
  readonly definition: JsonObject;
  /** What was taken out of the states, by the pointers of these. */
  readonly faults: Faults;
}

/** Fields of states that cannot be read, by the state's JSON pointer; all of them where the state as a whole cannot. */
export type Faults = ReadonlyMap<string, ReadonlySet<string> | 'all'>;

/** Codes of refusals that leave every state readable: names, and where states lead to. */
const HARMLESS: ReadonlySet<string> = new Set([
  'DUPLICATE_LABEL_NAME',
  'DUPLICATE_STATE_NAME',
  'DUPLICATE_VARIABLE_NAME',
  'INVALID_STATE_NAME',
  'MISSING_END_STATE',
  'MISSING_TRANSITION_TARGET',
]);

/** What a state is nothing without, by its type; one name of each list. */
const ESSENTIAL: Readonly<Record<StateType, readonly (readonly string[])[]>> = {
  Task: [['Resource']],
  Parallel: [['Branches']],
  Map: [['ItemProcessor', 'Iterator']],
  Choice: [['Choices']],
  Pass: [],
  Wait: [],
  Succeed: [],
  Fail: [],
};

/**
 * What can be read of a definition that AWS refuses. A field with a fault is taken out of its state; a state that is nothing without it
 * becomes a Pass state that leads on to where it led. undefined: there are no states.
 */
export function readAroundErrors(definition: JsonObject, problems: readonly Problem[]): Readable | undefined {
  if (problems.every(({ severity }) => severity === 'WARNING')) return { definition, faults: new Map() };
  const pointers = problems
    .filter(({ severity, code }) => severity === 'ERROR' && !HARMLESS.has(code))
    .map(({ pointer }) => pointer);
  const faults = new Map<string, Set<string> | 'all'>();
  const kept = readHolder(definition, ROOT, pointers, faults);
  return kept === undefined ? undefined : { definition: kept, faults };
}

/** A machine, a branch or an item processor. */
function readHolder(
  holder: JsonObject,
  at: Position,
  pointers: readonly string[],
  faults: Map<string, Set<string> | 'all'>,
): JsonObject | undefined {
  const { States: states, StartAt: startAt } = holder;
  if (!isObject(states)) return undefined;
  const where = memberOf(at, 'States');
  const kept = Object.entries(states).map(([name, state]) => {
    const place = memberOf(where, name);
    return [
      name,
      readState(
        state,
        place,
        pointers.filter((pointer) => isWithin(pointer, place.pointer)),
        faults,
      ),
    ] as const;
  });
  return { ...holder, StartAt: typeof startAt === 'string' ? startAt : '', States: Object.fromEntries(kept) };
}

const isWithin = (pointer: string, place: string): boolean => pointer === place || pointer.startsWith(`${place}/`);

function readState(state: Json, at: Position, pointers: readonly string[], faults: Map<string, Set<string> | 'all'>): JsonObject {
  if (pointers.length === 0 && isObject(state)) return state;
  const own = new Set<string>();
  const fields: [string, Json][] = [];
  for (const [name, value] of Object.entries(isObject(state) ? state : {})) {
    const place = memberOf(at, name);
    const inner = pointers.filter((pointer) => isWithin(pointer, place.pointer));
    const kept = inner.length === 0 ? value : readInside(name, value, place, inner, faults);
    if (kept === undefined) own.add(name);
    else fields.push([name, kept]);
  }
  const kept = Object.fromEntries(fields);
  const isWhole = isUnderstood(kept) && !own.has('QueryLanguage');
  if (!isWhole) faults.set(at.pointer, 'all');
  else if (own.size > 0) faults.set(at.pointer, own);
  return isWhole ? kept : stub(state);
}

function isUnderstood(state: JsonObject): boolean {
  const type = state['Type'];
  if (typeof type !== 'string' || !Object.hasOwn(ESSENTIAL, type)) return false;
  return ESSENTIAL[type as StateType].every((names) => names.some((name) => state[name] !== undefined));
}

/** The branches of a Parallel or the processor of a Map, whose states have their own faults; undefined for what is no such thing. */
function readInside(
  name: string,
  value: Json,
  at: Position,
  pointers: readonly string[],
  faults: Map<string, Set<string> | 'all'>,
): Json | undefined {
  const isOwn = (place: Position, holder: JsonObject): boolean =>
    pointers.every((pointer) => !isWithin(pointer, place.pointer) || isWithin(pointer, memberOf(place, 'States').pointer)) &&
    isObject(holder['States']);
  if ((name === 'ItemProcessor' || name === 'Iterator') && isObject(value) && isOwn(at, value))
    return readHolder(value, at, pointers, faults);
  if (name !== 'Branches' || !isArray(value)) return undefined;
  const branches = value.map((branch, index) => {
    const place = elementOf(at, index);
    return isObject(branch) && isOwn(place, branch) ? readHolder(branch, place, pointers, faults) : undefined;
  });
  return pointers.includes(at.pointer) || branches.some((branch) => branch === undefined)
    ? undefined
    : (branches as JsonObject[]);
}

/** Leads on to where the state led, as far as that can be read. */
function stub(state: Json): JsonObject {
  const next = isObject(state) ? state['Next'] : undefined;
  return { Type: 'Pass', ...(typeof next === 'string' ? { Next: next } : { End: true }) };
}
