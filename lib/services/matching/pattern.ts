import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { compileCondition } from './conditions';
import type { Condition, Dialect } from './conditions';

/** Tells whether an event, or a message, is one that a pattern means. */
export type Pattern = (event: Json) => boolean;

/** Compares one field. `value` is what stands in its place; `root` the whole, for what must not exist anywhere. */
type Matcher = (value: Json | undefined, root: Json) => boolean;

/**
 * An event pattern, a filter policy, or the pattern of an event filter: all are the same language, with more operators or fewer.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 *
 * Fields are joined by and, the values of one by or. Where the event has a list, one of its elements has to match; a list of objects matches if
 * one and the same of them fulfils all that is said of it.
 * @param what whose pattern it is, for messages: `the rule "Paid"`
 * @throws SimulatorError where AWS would refuse the pattern
 */
export function compilePattern(pattern: Json, dialect: Dialect, what: string): Pattern {
  const refuse = (path: Path, problem: string): never => {
    const place = path.length === 0 ? '' : ` at ${path.join('.')}`;
    throw new SimulatorError(`The pattern of ${what} is not valid${place}: it has ${problem}. Correct it in the template.`);
  };
  if (!isObject(pattern)) return refuse([], 'no object on the outside');
  const matcher = compileFields(pattern, [], dialect, refuse);
  return (event) => matcher(event, event);
}

type Path = readonly string[];
type RefuseAt = (path: Path, problem: string) => never;

function compileFields(pattern: JsonObject, path: Path, dialect: Dialect, refuse: RefuseAt): Matcher {
  const entries = Object.entries(pattern);
  if (entries.length === 0) return refuse(path, 'an empty object');
  const matchers = entries.map(([name, expected]) =>
    name === '$or' && isAlternatives(expected)
      ? compileOr(expected, path, dialect, refuse)
      : compileField(name, expected, path, dialect, refuse),
  );
  const all: Matcher = (value, root) => matchers.every((matches) => matches(value, root));
  return (value, root) => (isArray(value) ? flat(value).some((one) => all(one, root)) : all(value, root));
}

/** Names of operators do not stand in alternatives: with one of them, `$or` is a field of that name. https://github.com/aws/event-ruler#the-or-primitive */
const isAlternatives = (value: Json): value is readonly JsonObject[] =>
  isArray(value) &&
  value.length > 1 &&
  value.every((one) => isObject(one) && !Object.keys(one).some((name) => RESERVED.has(name)));

const RESERVED: ReadonlySet<string> = new Set([
  'anything-but',
  'cidr',
  'equals-ignore-case',
  'exactly',
  'exists',
  'numeric',
  'prefix',
  'suffix',
  'wildcard',
]);

function compileOr(alternatives: readonly JsonObject[], path: Path, dialect: Dialect, refuse: RefuseAt): Matcher {
  const matchers = alternatives.map((one) => compileFields(one, path, dialect, refuse));
  return (value, root) => matchers.some((matches) => matches(value, root));
}

function compileField(name: string, expected: Json, outer: Path, dialect: Dialect, refuse: RefuseAt): Matcher {
  const path = [...outer, name];
  const inner = isObject(expected)
    ? compileFields(expected, path, dialect, refuse)
    : isArray(expected) && expected.length > 0
      ? compileLeaf(expected, path, dialect, (problem) => refuse(path, problem))
      : refuse(path, 'neither an object nor a list of values');
  return (value, root) => inner(isObject(value) ? get(value, name) : undefined, root);
}

function compileLeaf(expected: readonly Json[], path: Path, dialect: Dialect, refuse: (problem: string) => never): Matcher {
  const conditions: Condition[] = [];
  let absent = false;
  for (const one of expected) {
    if (!isObject(one) || !('exists' in one)) conditions.push(compileCondition(one, dialect, refuse));
    else if (typeof one['exists'] !== 'boolean' || Object.keys(one).length > 1)
      refuse('an "exists" that is neither true nor false');
    else if (one['exists']) conditions.push(() => true);
    else absent = true;
  }
  return (value, root) =>
    leavesOf(value).some((leaf) => conditions.some((holds) => holds(leaf))) || (absent && !existsAt(root, path));
}

/** The values that conditions see; objects are none, so that `exists` knows leaves only. */
const leavesOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || isObject(value) ? [] : isArray(value) ? flat(value).filter((one) => !isObject(one)) : [value];

const flat = (value: readonly Json[]): readonly Json[] => value.flatMap((one) => (isArray(one) ? flat(one) : [one]));

/** Somewhere in the event there is a leaf of that path. */
function existsAt(value: Json | undefined, [name, ...rest]: Path): boolean {
  if (name === undefined) return leavesOf(value).length > 0;
  if (isArray(value)) return flat(value).some((one) => existsAt(one, [name, ...rest]));
  return isObject(value) && existsAt(get(value, name), rest);
}
