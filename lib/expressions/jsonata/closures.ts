import type { JsonataNode } from '../../vendor/jsonata';
import type { Fields } from '../form';
import type { JsonataScope } from '../scope';
import { BUILT_IN_FUNCTIONS } from './built-in-functions';
import { MAX_EVALUATION_DEPTH, MAX_ITEMS } from './limits';
import { BAIL, booleanOf, concatenated, equal, isOneOf, numberOf, ORDERS } from './operators';
import { compileSteps, fieldNamesOf, stepOf, type JsonataStep } from './path-closure';

/**
 * An expression as a plain function. Gives exactly what the twin gives (undefined where that gives nothing) or throws `BAIL`: then the
 * twin must be asked, for it fails with the right error, or has a limit to keep. Nothing in here has effects, so asking twice is safe.
 */
export type Closure = (scope: JsonataScope) => unknown;

/**
 * Compiles paths, literals, operators, conditions, and objects and arrays made of them. Undefined: the tree has something else in it,
 * and belongs to the twin.
 */
export const tryCompileClosure = (node: JsonataNode): CompiledClosure | undefined => {
  const compiled = tryCompile(node);
  if (compiled === undefined || compiled.depth > MAX_EVALUATION_DEPTH) return undefined;
  const { run, path } = compiled;
  return { run, isPath: path !== undefined, isPartOfInput: path?.root === 'input', fields: path?.fields };
};

/** An expression as a plain function, and what is known of it. */
export interface CompiledClosure {
  readonly run: Closure;
  /** A path: what it gives is JSON. */
  readonly isPath: boolean;
  /** A path into `$states.input`. */
  readonly isPartOfInput: boolean;
  /** A path of fields in fields of the input or the result, as long as they are there and no arrays are on the way. */
  readonly fields: Fields | undefined;
}

interface Compiled {
  readonly run: Closure;
  /** How deep the twin would nest. */
  readonly depth: number;
  /** Of a path: where it begins, and the fields that it reads if that is all it does. */
  readonly path?: { readonly root: string; readonly fields: Fields | undefined };
}

const tryCompile = (node: JsonataNode): Compiled | undefined => {
  if (node.keepArray === true || node.group !== undefined || node.tuple === true) return undefined;
  if (node.predicate !== undefined && node.type !== 'variable') return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value': {
      const { value } = node;
      return { run: () => value, depth: 1 };
    }
    case 'variable':
      return tryVariable(node);
    case 'path':
      return tryPath(node);
    case 'binary':
      return tryBinary(node);
    case 'unary':
      return tryUnary(node);
    case 'condition':
      return tryCondition(node);
    case 'block':
      return tryBlock(node);
    default:
      return undefined;
  }
};

const inside = (run: Closure, ...parts: readonly Compiled[]): Compiled => ({
  run,
  depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
});

/** All of them, or undefined. */
const all = (nodes: readonly (JsonataNode | undefined)[]): readonly Compiled[] | undefined => {
  const compiled = nodes.map((node) => (node === undefined ? undefined : tryCompile(node)));
  return compiled.every((part) => part !== undefined) ? compiled : undefined;
};

const tryVariable = (node: JsonataNode): Compiled | undefined => {
  const root = tryRoot(node);
  return root === undefined ? undefined : { run: root, depth: 1, path: { root: 'variable', fields: undefined } };
};

/** A workflow variable, with at most a number in brackets behind it. */
const tryRoot = (node: JsonataNode): Closure | undefined => {
  const name = node.value as string;
  if (node.type !== 'variable' || ['', '$', 'states'].includes(name) || BUILT_IN_FUNCTIONS.has(name)) return undefined;
  const step = stepOf(name, node.predicate);
  if (step === undefined) return undefined;
  return compileSteps((scope) => scope.variables, [step]);
};

const tryPath = ({ steps = [], keepSingletonArray }: JsonataNode): Compiled | undefined => {
  const [first, second, ...more] = steps;
  if (first === undefined || second === undefined || keepSingletonArray === true) return undefined;
  const isStates = first.type === 'variable' && first.value === 'states' && isPlain(first) && first.predicate === undefined;
  const names = (isStates ? more : [second, ...more]).map(tryStep);
  if (!names.every((name) => name !== undefined)) return undefined;
  const root = isStates ? tryStatesField(second) : tryRoot(first);
  if (root === undefined || !isPlain(first)) return undefined;
  const from = isStates && second.stages === undefined ? (second.value as string) : 'variable';
  return {
    run: names.length === 0 ? root : compileSteps(root, names),
    depth: 2,
    path: { root: from, fields: fieldsOf(from, names) },
  };
};

const fieldsOf = (root: string, steps: readonly JsonataStep[]): Fields | undefined => {
  const names = fieldNamesOf(steps);
  return names !== undefined && (root === 'input' || root === 'result') ? { root, names } : undefined;
};

const isPlain = (node: JsonataNode): boolean =>
  node.stages === undefined && node.group === undefined && node.keepArray !== true && node.tuple !== true;

const tryStep = (node: JsonataNode): JsonataStep | undefined => {
  const { stages, ...rest } = node;
  if (node.type !== 'name' || !isPlain(rest) || node.predicate !== undefined) return undefined;
  return stepOf(node.value as string, stages);
};

const FIELDS: Readonly<Record<string, Closure>> = {
  input: ({ input }) => input,
  result: ({ result }) => result,
  errorOutput: ({ errorOutput }) => errorOutput,
  context: (scope) => scope.context(),
};

const tryStatesField = (node: JsonataNode): Closure | undefined => {
  const step = tryStep(node);
  if (step === undefined || !Object.hasOwn(FIELDS, step.name)) return undefined;
  const field = FIELDS[step.name] as Closure;
  return step.index === undefined
    ? field
    : compileSteps((scope) => ({ field: field(scope) }), [{ ...step, name: 'field', isInherited: false }]);
};

const tryBinary = (node: JsonataNode): Compiled | undefined => {
  const operator = OPERATORS[node.value as string];
  const parts = all([node.lhs as JsonataNode, node.rhs]);
  if (operator === undefined || parts === undefined) return undefined;
  const [lhs, rhs] = parts as readonly [Compiled, Compiled];
  return inside(operator(lhs.run, rhs.run), lhs, rhs);
};

/** Both operands are evaluated, but for `and` and `or`. An operand that is undefined makes arithmetic and orders undefined. */
const OPERATORS: Readonly<Record<string, (lhs: Closure, rhs: Closure) => Closure>> = {
  '+': (lhs, rhs) => arithmetic(lhs, rhs, (a, b) => a + b),
  '-': (lhs, rhs) => arithmetic(lhs, rhs, (a, b) => a - b),
  '*': (lhs, rhs) => arithmetic(lhs, rhs, (a, b) => a * b),
  '/': (lhs, rhs) => arithmetic(lhs, rhs, (a, b) => a / b),
  '%': (lhs, rhs) => arithmetic(lhs, rhs, (a, b) => a % b),
  '<': (lhs, rhs) => (scope) => ORDERS['<'](lhs(scope), rhs(scope)),
  '<=': (lhs, rhs) => (scope) => ORDERS['<='](lhs(scope), rhs(scope)),
  '>': (lhs, rhs) => (scope) => ORDERS['>'](lhs(scope), rhs(scope)),
  '>=': (lhs, rhs) => (scope) => ORDERS['>='](lhs(scope), rhs(scope)),
  '=': (lhs, rhs) => (scope) => equal(lhs(scope), rhs(scope)),
  '!=': (lhs, rhs) => (scope) => {
    const a = lhs(scope);
    const b = rhs(scope);
    return a !== undefined && b !== undefined && !equal(a, b);
  },
  and: (lhs, rhs) => (scope) => booleanOf(lhs(scope)) && booleanOf(rhs(scope)),
  or: (lhs, rhs) => (scope) => booleanOf(lhs(scope)) || booleanOf(rhs(scope)),
  '&': (lhs, rhs) => (scope) => concatenated(lhs(scope), rhs(scope)),
  in: (lhs, rhs) => (scope) => isOneOf(lhs(scope), rhs(scope)),
};

const arithmetic = (lhs: Closure, rhs: Closure, operate: (a: number, b: number) => number): Closure => {
  return (scope) => {
    const a = numberOf(lhs(scope));
    const b = numberOf(rhs(scope));
    return a === undefined || b === undefined ? undefined : operate(a, b);
  };
};

const tryUnary = (node: JsonataNode): Compiled | undefined => {
  if (node.value === '[') return node.consarray === true ? undefined : tryArray(node.expressions ?? []);
  if (node.value === '{') return tryObject(node.lhs as readonly (readonly [JsonataNode, JsonataNode])[]);
  const operand = node.expression === undefined ? undefined : tryCompile(node.expression);
  if (operand === undefined) return undefined;
  return inside((scope) => {
    const value = numberOf(operand.run(scope));
    return value === undefined ? undefined : -value;
  }, operand);
};

/** Arrays in it lose their brackets, but for those that are written in it. */
const tryArray = (nodes: readonly JsonataNode[]): Compiled | undefined => {
  const parts = all(nodes);
  if (parts === undefined) return undefined;
  const items = parts.map(({ run }, index) => ({ run, isNested: nodes[index]?.value === '[' }));
  return inside(
    (scope) => {
      const array: unknown[] = [];
      for (const { run, isNested } of items) {
        const value = run(scope);
        if (value === undefined) continue;
        if (isNested || !Array.isArray(value)) array.push(value);
        else for (const item of value) array.push(item);
        if (array.length > MAX_ITEMS) throw BAIL;
      }
      return array;
    },
    ...parts,
  );
};

const tryObject = (pairs: readonly (readonly [JsonataNode, JsonataNode])[]): Compiled | undefined => {
  const keys = pairs.map(([key]) => (key.type === 'string' ? (key.value as string) : undefined));
  const values = all(pairs.map(([, value]) => value));
  if (values === undefined || !keys.every((key) => key !== undefined && !RESERVED.has(key))) return undefined;
  if (new Set(keys).size < keys.length) return undefined;
  const fields = values.map(({ run }, index) => ({ run, key: keys[index] as string }));
  return inside(
    (scope) => {
      const object: Record<string, unknown> = {};
      for (const { run, key } of fields) {
        const value = run(scope);
        if (value !== undefined) object[key] = value;
      }
      return object;
    },
    ...values,
  );
};

/** Keys that JSONata refuses, and the one that a plain assignment would lose. */
const RESERVED: ReadonlySet<string> = new Set(['_jsonata_lambda', '_jsonata_function', '__proto__']);

const tryCondition = (node: JsonataNode): Compiled | undefined => {
  const parts = all([node.condition, node.then]);
  const otherwise = node.else === undefined ? NOTHING : tryCompile(node.else);
  if (parts === undefined || otherwise === undefined) return undefined;
  const [condition, then] = parts as readonly [Compiled, Compiled];
  return inside(
    (scope) => (booleanOf(condition.run(scope)) ? then.run(scope) : otherwise.run(scope)),
    condition,
    then,
    otherwise,
  );
};

const NOTHING: Compiled = { run: () => undefined, depth: 0 };

const tryBlock = ({ expressions = [] }: JsonataNode): Compiled | undefined => {
  const [only] = expressions;
  const part = only === undefined || expressions.length > 1 ? undefined : tryCompile(only);
  return part === undefined ? undefined : inside(part.run, part);
};
