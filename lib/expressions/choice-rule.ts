import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { choiceOperators, type ChoiceOperator, type OperandType } from './choice-operators';
import { EvaluationError, ExpressionSyntaxError } from './evaluation-error';
import { compilePath, type Path } from './json-path';
import type { Evaluate, Scope } from './scope';
import { parseTimestamp } from './timestamp';

/** Deepest nesting of And, Or and Not. */
export const MAX_NESTING = 100;

/** Fields of a Choice Rule that are no test. */
const OTHER_FIELDS: ReadonlySet<string> = new Set(['Next', 'Comment', 'Assign', 'Output']);

/**
 * Makes a Choice Rule in JSONPath a function of the scope. A value of another type than the operator's is no match. Evaluating throws
 * EvaluationError (States.Runtime) where a path finds nothing, but for IsPresent.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-choice-state.html
 * @throws ExpressionSyntaxError
 */
export const compileChoiceRule = (rule: JsonObject): Evaluate<boolean> => compile(rule, 1);

const compile = (rule: Json, depth: number): Evaluate<boolean> => {
  if (!isObject(rule)) throw new ExpressionSyntaxError(`a Choice Rule is an object, found ${JSON.stringify(rule)}`);
  if (depth > MAX_NESTING)
    throw new ExpressionSyntaxError(`a Choice Rule nests at most ${MAX_NESTING} levels of And, Or and Not`);
  const operators = Object.keys(rule).filter((key) => key !== 'Variable' && !OTHER_FIELDS.has(key));
  const [operator] = operators;
  if (operator === undefined)
    throw new ExpressionSyntaxError(`a Choice Rule has one operator, found none; there are ${operatorNames()}`);
  if (operators.length > 1)
    throw new ExpressionSyntaxError(`a Choice Rule has one operator, found ${operators.join(' and ')}; combine tests with And`);
  return compileTest(rule, operator, depth);
};

const compileTest = (rule: JsonObject, operator: string, depth: number): Evaluate<boolean> => {
  const operand = rule[operator] as Json;
  switch (operator) {
    case 'And': {
      const rules = compileAll(operator, operand, depth);
      return (scope) => {
        for (const holds of rules) if (!holds(scope)) return false;
        return true;
      };
    }
    case 'Or': {
      const rules = compileAll(operator, operand, depth);
      return (scope) => {
        for (const holds of rules) if (holds(scope)) return true;
        return false;
      };
    }
    case 'Not': {
      const holds = compile(operand, depth + 1);
      return (scope) => !holds(scope);
    }
    default:
      return compileComparison(rule, operator, operand);
  }
};

const compileAll = (operator: string, operand: Json, depth: number): Evaluate<boolean>[] => {
  if (!isArray(operand) || operand.length === 0)
    throw new ExpressionSyntaxError(`'${operator}' takes a non-empty array of Choice Rules`);
  return operand.map((rule) => compile(rule, depth + 1));
};

const compileComparison = (rule: JsonObject, name: string, operand: Json): Evaluate<boolean> => {
  if (typeof rule['Variable'] !== 'string')
    throw new ExpressionSyntaxError(`a Choice Rule with '${name}' needs 'Variable', a Reference Path`);
  const variable = compileReference('Variable', rule['Variable']);
  if (Object.hasOwn(choiceOperators, name))
    return compileConstant(variable, name, choiceOperators[name] as ChoiceOperator, operand);
  const base = name.endsWith('Path') ? name.slice(0, -4) : '';
  const comparison = Object.hasOwn(choiceOperators, base) ? choiceOperators[base] : undefined;
  if (comparison?.hasPath !== true)
    throw new ExpressionSyntaxError(`there is no operator '${name}'; there are ${operatorNames()}`);
  if (typeof operand !== 'string')
    throw new ExpressionSyntaxError(`'${name}' takes a Reference Path, found ${JSON.stringify(operand)}`);
  const path = compileReference(name, operand);
  return (scope) => {
    const value = find(variable, scope);
    return comparison.compile(find(path, scope))?.(value) ?? false;
  };
};

const compileConstant = (variable: Path, name: string, operator: ChoiceOperator, operand: Json): Evaluate<boolean> => {
  const test = isOperand[operator.operand](operand) ? operator.compile(operand) : undefined;
  if (test === undefined)
    throw new ExpressionSyntaxError(
      `'${name}' takes a ${operator.operand}, found ${JSON.stringify(operand)}${hints[operator.operand]}`,
    );
  if (name === 'IsPresent') return (scope) => isThere(variable, scope) === operand;
  return (scope) => test(find(variable, scope));
};

/** Past the end of an array a path finds null, and yet nothing is there: workflows ask for element 0 to see whether there are any. */
const isThere = (variable: Path, scope: Scope): boolean => {
  const found = variable.find(scope);
  return 'value' in found && !found.isPastEnd;
};

const isOperand: Readonly<Record<OperandType, (operand: Json) => boolean>> = {
  string: (operand) => typeof operand === 'string',
  number: (operand) => typeof operand === 'number',
  boolean: (operand) => typeof operand === 'boolean',
  timestamp: (operand) => typeof operand === 'string' && parseTimestamp(operand) !== undefined,
};

const hints: Readonly<Record<OperandType, string>> = {
  string: '',
  number: '',
  boolean: '',
  timestamp: '; write it as 2026-01-31T09:00:00Z',
};

const compileReference = (field: string, text: string): Path => {
  const path = compilePath(text);
  if (!path.isReference)
    throw new ExpressionSyntaxError(`'${field}' takes a Reference Path, which names one place, found '${text}'`);
  return path;
};

const find = (path: Path, scope: Scope): Json => {
  const value = path.evaluate(scope);
  if (value !== undefined) return value;
  throw new EvaluationError(
    'States.Runtime',
    `Invalid path '${path.text}': The choice state's condition path references an invalid value.`,
  );
};

const operatorNames = (): string =>
  ['And', 'Or', 'Not', ...Object.entries(choiceOperators).map(([name, { hasPath }]) => (hasPath ? `${name}(Path)` : name))].join(
    ', ',
  );
