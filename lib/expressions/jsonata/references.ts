import type { JsonataGroup, JsonataNode, JsonataStage } from '../../vendor/jsonata';
import { BUILT_IN_FUNCTIONS } from './built-in-functions';

/** A field of `$states`. */
export type StatesField = 'input' | 'result' | 'errorOutput' | 'context';

/** Fields of `$states`, in the order in which AWS writes them. */
export const STATES_FIELDS: readonly StatesField[] = ['input', 'context', 'errorOutput', 'result'];

/** What an expression reads from outside. */
export interface References {
  /** Every free variable but `states`, names of functions among them. */
  readonly names: readonly string[];
  /** The same without the built-in functions. */
  readonly variables: readonly string[];
  /** All of them where `$states` is taken whole. */
  readonly states: readonly StatesField[];
  /** Names behind `$states.`, whether there are such fields or not. */
  readonly namedStates: readonly string[];
}

/** Finds what an expression reads from outside: variables that neither a function, nor a `:=`, nor `@` or `#` binds inside. */
export const findReferences = (ast: JsonataNode): References => {
  const found: Found = { names: new Set(), states: new Set(), namedStates: new Set(), later: [] };
  visit(ast, { bound: new Set(), found });
  // A function's body runs when everything around it is bound.
  for (let next = found.later.shift(); next !== undefined; next = found.later.shift()) next();
  const names = [...found.names];
  return {
    names,
    variables: names.filter((name) => !BUILT_IN_FUNCTIONS.has(name)),
    states: STATES_FIELDS.filter((field) => found.states.has(field)),
    namedStates: [...found.namedStates],
  };
};

interface Found {
  readonly names: Set<string>;
  readonly states: Set<StatesField>;
  readonly namedStates: Set<string>;
  readonly later: (() => void)[];
}

/** Where a node stands. */
interface Place {
  /** Grows while a block goes on. */
  readonly bound: Set<string>;
  readonly found: Found;
}

const inner = ({ bound, found }: Place, names: readonly string[] = []): Place => ({
  bound: new Set([...bound, ...names]),
  found,
});

const visit = (node: JsonataNode | undefined, place: Place): void => {
  if (node === undefined) return;
  let around = place;
  switch (node.type) {
    case 'path':
      around = path(node.steps ?? [], place);
      break;
    case 'variable':
      variable(node.value as string, place);
      break;
    case 'bind':
      visit(node.rhs, place);
      place.bound.add((node.lhs as JsonataNode).value as string);
      break;
    case 'block': {
      const block = inner(place);
      for (const part of node.expressions ?? []) visit(part, block);
      break;
    }
    case 'lambda':
      lambda(node, place);
      break;
    default:
      parts(node).forEach((part) => visit(part, place));
      pairs(node.lhs).forEach((part) => visit(part, place));
  }
  stages(node.stages, around);
  stages(node.predicate, around);
  group(node.group, around);
};

const variable = (name: string, { bound, found }: Place): void => {
  if (name === '' || name === '$' || bound.has(name)) return;
  if (name === 'states') STATES_FIELDS.forEach((field) => found.states.add(field));
  else found.names.add(name);
};

const isStatesField = (name: string): name is StatesField => (STATES_FIELDS as readonly string[]).includes(name);

/** The place behind the path, where the variables are bound that `@` and `#` bind along it. */
const path = (steps: readonly JsonataNode[], place: Place): Place => {
  const [first, second] = steps;
  const isStates = first?.type === 'variable' && first.value === 'states' && !place.bound.has('states');
  const field = isStates && second?.type === 'name' ? (second.value as string) : undefined;
  if (field !== undefined) place.found.namedStates.add(field);
  // A predicate on `$states` itself may see all of it.
  const narrowed = field !== undefined && first?.stages === undefined && first?.predicate === undefined;
  if (narrowed && isStatesField(field)) place.found.states.add(field);
  const along = inner(place);
  steps.forEach((step, index) => {
    for (const name of [step.focus, step.index]) if (name !== undefined) along.bound.add(name);
    for (const stage of step.stages ?? []) if (stage.type === 'index') along.bound.add(stage.value as string);
    if (index > 0 || !narrowed) visit(step, along);
  });
  return along;
};

/** A function may call itself by the name that its `:=` is about to bind, and others that are bound after it. */
const lambda = (node: JsonataNode, place: Place): void => {
  const parameters = (node.arguments ?? []).map(({ value }) => value as string);
  place.found.later.push(() => visit(node.body, inner(place, parameters)));
};

const parts = (node: JsonataNode): readonly (JsonataNode | undefined)[] => [
  Array.isArray(node.lhs) ? undefined : (node.lhs as JsonataNode | undefined),
  node.rhs,
  node.expression,
  ...(node.expressions ?? []),
  node.procedure,
  ...(node.arguments ?? []),
  node.condition,
  node.then,
  node.else,
  ...(node.terms ?? []).map(({ expression }) => expression),
  node.pattern,
  node.update,
  node.delete,
];

const pairs = (lhs: JsonataNode['lhs']): readonly JsonataNode[] =>
  Array.isArray(lhs) ? (lhs as readonly (readonly JsonataNode[])[]).flat() : [];

const stages = (list: readonly JsonataStage[] | undefined, place: Place): void => list?.forEach(({ expr }) => visit(expr, place));

const group = (node: JsonataGroup | undefined, place: Place): void => node?.lhs.flat().forEach((part) => visit(part, place));
