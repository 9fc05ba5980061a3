import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { cidrMatcher } from './cidr';
import { wildcardMatcher } from './wildcard';

/** Tells whether a value that is neither list nor object fulfils a condition. */
export type Condition = (value: Json) => boolean;

/** A comparison, as AWS's documentation lists them: `prefix`, or one inside another. */
export type Operator =
  | 'anything-but'
  | 'anything-but prefix'
  | 'anything-but suffix'
  | 'anything-but equals-ignore-case'
  | 'anything-but wildcard'
  | 'cidr'
  | 'equals-ignore-case'
  | 'exists'
  | 'numeric'
  | 'prefix'
  | 'prefix equals-ignore-case'
  | 'suffix'
  | 'suffix equals-ignore-case'
  | 'wildcard';

/** What a service makes of the language. */
export interface Dialect {
  readonly operators: ReadonlySet<Operator>;
  /** Numbers that are further from zero cannot be compared by `numeric`. */
  readonly numericBound: number;
}

/** Throws the error of a pattern that AWS would refuse, with what is wrong. */
export type Refuse = (problem: string) => never;

/** A condition as it stands in a pattern, other than `exists`. */
export function compileCondition(condition: Json, dialect: Dialect, refuse: Refuse): Condition {
  if (isArray(condition)) return refuse('a list inside a list of conditions');
  if (!isObject(condition)) return (value) => value === condition;
  const [operator, operand] = onlyEntry(condition, refuse);
  const compile = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator as keyof typeof COMPARISONS] : undefined;
  if (compile === undefined || !dialect.operators.has(operator as Operator)) return refuse(unknown(operator, dialect));
  return compile(operand, dialect, refuse);
}

const unknown = (operator: string, dialect: Dialect): string =>
  `the unknown operator "${operator}" (known are: ${[...dialect.operators].filter((name) => !name.includes(' ')).join(', ')})`;

function onlyEntry(condition: JsonObject, refuse: Refuse): [string, Json] {
  const [entry, ...more] = Object.entries(condition);
  if (entry === undefined || more.length > 0) return refuse(`${renderJson(condition)}, which should have exactly one operator`);
  return entry;
}

type Compile = (operand: Json, dialect: Dialect, refuse: Refuse) => Condition;

const ofText =
  (holds: (text: string) => boolean): Condition =>
  (value) =>
    typeof value === 'string' && holds(value);

const sameCase = (operand: Json, operator: string, refuse: Refuse): string => {
  return typeof operand === 'string'
    ? operand.toLowerCase()
    : refuse(`${operator} of ${renderJson(operand)}, which should be a text`);
};

/** `{"prefix": "x"}` and `{"prefix": {"equals-ignore-case": "x"}}`. */
const affix =
  (operator: 'prefix' | 'suffix'): Compile =>
  (operand, dialect, refuse) => {
    const at = operator === 'prefix' ? 'startsWith' : 'endsWith';
    if (typeof operand === 'string') return ofText((text) => text[at](operand));
    if (!isObject(operand)) return refuse(`${operator} of ${renderJson(operand)}, which should be a text`);
    const [inner, wanted] = onlyEntry(operand, refuse);
    if (inner !== 'equals-ignore-case' || !dialect.operators.has(`${operator} equals-ignore-case`))
      return refuse(`${operator} of "${inner}", which cannot stand there`);
    const lower = sameCase(wanted, inner, refuse);
    return ofText((text) => text.toLowerCase()[at](lower));
  };

const COMPARISONS = {
  prefix: affix('prefix'),
  suffix: affix('suffix'),
  'equals-ignore-case': (operand, _, refuse) => {
    const lower = sameCase(operand, 'equals-ignore-case', refuse);
    return ofText((text) => text.toLowerCase() === lower);
  },
  wildcard: (operand, _, refuse) => {
    const matches = typeof operand === 'string' ? wildcardMatcher(operand) : undefined;
    return matches === undefined ? refuse(`wildcard of ${renderJson(operand)}`) : ofText(matches);
  },
  cidr: (operand, _, refuse) => {
    const contains = typeof operand === 'string' ? cidrMatcher(operand) : undefined;
    return contains === undefined ? refuse(`cidr of ${renderJson(operand)}, which is no CIDR block`) : ofText(contains);
  },
  numeric: (operand, { numericBound }, refuse) => compileNumeric(operand, numericBound, refuse),
  'anything-but': (operand, dialect, refuse) => compileAnythingBut(operand, dialect, refuse),
} as const satisfies Record<string, Compile>;

/** A value, a list of values, or one of some operators with a text or a list of texts. It wants a value to be there. */
function compileAnythingBut(operand: Json, dialect: Dialect, refuse: Refuse): Condition {
  if (isObject(operand)) {
    const [inner, wanted] = onlyEntry(operand, refuse);
    const operator = `anything-but ${inner}` as Operator;
    if (!dialect.operators.has(operator)) return refuse(`anything-but of "${inner}", which cannot stand there`);
    const conditions = (isArray(wanted) ? wanted : [wanted]).map((one) => {
      if (one === '' && (inner === 'prefix' || inner === 'suffix')) return refuse(`anything-but ${inner} of an empty text`);
      return typeof one === 'string'
        ? COMPARISONS[inner as 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard'](one, dialect, refuse)
        : refuse(`anything-but ${inner} of ${renderJson(one)}, which should be a text`);
    });
    return (value) => !conditions.some((holds) => holds(value));
  }
  const excluded = isArray(operand) ? operand : [operand];
  const types = new Set(excluded.map((one) => typeof one));
  if (types.size !== 1 || !['string', 'number'].includes([...types][0] as string))
    return refuse(`anything-but of ${renderJson(operand)}, which should be texts or numbers`);
  return (value) => !excluded.includes(value);
}

const RELATIONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** The signs of a range, as JSON. */
const RANGES = ['">" "<"', '">" "<="', '">=" "<"', '">=" "<="'];

/** `["=", 5]`, `[">", 0]`, `[">", 0, "<=", 5]`. @param limit of the numbers that can be compared */
function compileNumeric(operand: Json, limit: number, refuse: Refuse): Condition {
  const wrong = (): never => refuse(`numeric of ${renderJson(operand)}, which should be one comparison, or a range`);
  if (!isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return wrong();
  const holding: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [sign, bound] = [operand[index], operand[index + 1]];
    if (typeof sign !== 'string' || typeof bound !== 'number' || !Object.hasOwn(RELATIONS, sign)) return wrong();
    if (Math.abs(bound) > limit) return refuse(`numeric of ${bound}, which is not between ${-limit} and ${limit}`);
    const relation = RELATIONS[sign] as (value: number, bound: number) => boolean;
    holding.push((value) => relation(value, bound));
  }
  if (operand.length === 4 && !RANGES.includes(`${renderJson(operand[0] ?? null)} ${renderJson(operand[2] ?? null)}`))
    return wrong();
  if (operand.length === 4 && (operand[1] as number) >= (operand[3] as number))
    return refuse(`numeric of ${renderJson(operand)}, whose lower bound is not below its upper one`);
  return (value) => typeof value === 'number' && Math.abs(value) <= limit && holding.every((holds) => holds(value));
}
