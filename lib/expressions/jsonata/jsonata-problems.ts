import type { JsonataNode } from '../../vendor/jsonata';
import { ExpressionSyntaxError } from '../evaluation-error';
import { findReferences, type StatesField } from './references';
import { parseJsonata } from './twin';

/** Why CreateStateMachine refuses an expression. */
export interface JsonataProblem {
  readonly code: 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';
  /** AWS's words. */
  readonly message: string;
}

/**
 * Checks an expression as CreateStateMachine does: it must parse; there is no input document, so that neither a bare name, `$` nor `$$`
 * may stand at the top level; and the field may see only some of `$states`. Messages as measured on AWS:
 * https://github.com/floci-io/floci/pull/2699
 * @param source the text between `{%` and `%}`
 * @param allowed the fields of `$states` that exist where the expression stands
 */
export const jsonataProblems = (source: string, allowed: readonly StatesField[]): readonly JsonataProblem[] => {
  try {
    return parseJsonata(source.trim(), (program) => unsupported(program.ast(), allowed));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [{ code: 'INVALID_JSONATA_EXPRESSION', message: error.message }];
    throw error;
  }
};

const unsupported = (ast: JsonataNode, allowed: readonly string[]): readonly JsonataProblem[] => {
  const topLevel = new Set<string>();
  collect(ast, topLevel);
  const missing = findReferences(ast).namedStates.filter((field) => !allowed.includes(field));
  return [
    ...[...topLevel].map((name) =>
      name === '$$' ? "Reference to '$$' is not supported." : `Reference to '${name}' at the top level is not supported.`,
    ),
    ...missing.map((field) => `Field '$states.${field}' does not exist.`),
  ].map((message) => ({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', message }));
};

/**
 * Collects what reads the document that is not there. Only the first step of a path does: later steps, predicates, orders and groupings
 * read what the step before them found. A function's body does, as if it stood outside.
 */
const collect = (node: JsonataNode | undefined, found: Set<string>): void => {
  if (node === undefined) return;
  switch (node.type) {
    case 'path':
      collect(node.steps?.[0], found);
      return;
    case 'name':
      found.add(String(node.value));
      return;
    case 'variable':
      if (node.value === '') found.add('$');
      if (node.value === '$') found.add('$$');
      return;
    case 'unary':
      if (Array.isArray(node.lhs)) (node.lhs as readonly JsonataNode[][]).flat().forEach((part) => collect(part, found));
      node.expressions?.forEach((part) => collect(part, found));
      collect(node.expression, found);
      return;
    case 'binary':
    case 'apply':
      collect(node.lhs as JsonataNode, found);
      collect(node.rhs, found);
      return;
    case 'function':
    case 'partial':
      collect(node.procedure, found);
      node.arguments?.forEach((part) => collect(part, found));
      return;
    case 'lambda':
      collect(node.body, found);
      return;
    case 'condition':
      collect(node.condition, found);
      collect(node.then, found);
      collect(node.else, found);
      return;
    case 'block':
      node.expressions?.forEach((part) => collect(part, found));
      return;
    case 'bind':
      collect(node.rhs, found);
  }
};
