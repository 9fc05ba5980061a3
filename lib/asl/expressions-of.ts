import { ExpressionSyntaxError } from '../expressions/evaluation-error';
import { type IntrinsicNode, parseIntrinsic } from '../expressions/intrinsic/parse-intrinsic';
import { compilePath, type Path } from '../expressions/json-path';
import { compileJsonata, type JsonataExpression } from '../expressions/jsonata/compile-jsonata';
import { isJsonata, jsonataSource } from '../expressions/jsonata/jsonata-template';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { elementOf, memberOf, type Position } from './position';
import type { QueryLanguage } from './types';

/** A path, an intrinsic function call or a JSONata expression in a state. */
export interface Expression {
  /** As it is written, with `{%` and `%}` in JSONata. */
  readonly text: string;
  readonly language: QueryLanguage;
  /** The state's field that it stands in, such as `Parameters` or `Choices`. */
  readonly field: string;
  readonly position: Position;
}

/** Fields that hold a path. */
const PATH_FIELDS: ReadonlySet<string> = new Set([
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ItemsPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'SecondsPath',
  'TimestampPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
  'MaxItemsPath',
  'MaxItemsPerBatchPath',
  'MaxInputBytesPerBatchPath',
]);

/** Fields that hold a Payload Template. */
const TEMPLATE_FIELDS: ReadonlySet<string> = new Set([
  'Parameters',
  'ResultSelector',
  'ItemSelector',
  'Assign',
  'BatchInput',
  'Credentials',
]);

/** Fields that hold fields of their own. */
const OBJECT_FIELDS: ReadonlySet<string> = new Set([
  'ItemReader',
  'ReaderConfig',
  'ItemBatcher',
  'ResultWriter',
  'Catch',
  'Choices',
]);

/** Fields in which nothing is an expression, or which hold states of their own. */
const OTHER_FIELDS: ReadonlySet<string> = new Set([
  'Type',
  'Comment',
  'QueryLanguage',
  'Next',
  'End',
  'Default',
  'Resource',
  'Retry',
  'Branches',
  'ItemProcessor',
  'Iterator',
  'Label',
  'ErrorEquals',
  'CSVHeaders',
]);

/** Every expression in a state's own fields; those of the states in it are not among them. */
export function expressionsOf(state: JsonObject, language: QueryLanguage, at: Position): readonly Expression[] {
  const found: Expression[] = [];
  for (const [field, value] of Object.entries(state)) {
    const add = (text: string, position: Position): void => {
      found.push({ text, language, field, position });
    };
    if (language === 'JSONata') {
      if (!OTHER_FIELDS.has(field)) visitJsonata(value, memberOf(at, field), add);
    } else visitField(field, value, memberOf(at, field), add);
  }
  return found;
}

type Add = (text: string, position: Position) => void;

function visitJsonata(value: Json, at: Position, add: Add): void {
  if (isJsonata(value)) add(value, at);
  else if (isArray(value)) value.forEach((item, index) => visitJsonata(item, elementOf(at, index), add));
  else if (isObject(value)) for (const [key, member] of Object.entries(value)) visitJsonata(member, memberOf(at, key), add);
}

function visitField(field: string, value: Json, at: Position, add: Add): void {
  if (PATH_FIELDS.has(field)) {
    if (typeof value === 'string') add(value, at);
  } else if (TEMPLATE_FIELDS.has(field)) visitTemplate(value, at, add);
  else if (OBJECT_FIELDS.has(field)) visitObject(value, at, add, field === 'Choices');
}

function visitObject(value: Json, at: Position, add: Add, isRule: boolean): void {
  if (isArray(value)) return value.forEach((item, index) => visitObject(item, elementOf(at, index), add, isRule));
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (!isRule) visitField(key, member, memberOf(at, key), add);
    else if (key === 'Assign') visitTemplate(member, memberOf(at, key), add);
    else if (typeof member !== 'string') visitObject(member, memberOf(at, key), add, true);
    else if (key === 'Variable' || key.endsWith('Path')) add(member, memberOf(at, key));
  }
}

function visitTemplate(value: Json, at: Position, add: Add): void {
  if (isArray(value)) return value.forEach((item, index) => visitTemplate(item, elementOf(at, index), add));
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (key.endsWith('.$') && typeof member === 'string') add(member, memberOf(at, key));
    else visitTemplate(member, memberOf(at, key), add);
  }
}

/** The paths in a JSONPath expression; none where it does not parse. */
export function pathsIn({ text }: Pick<Expression, 'text'>): readonly Path[] {
  try {
    return text.startsWith('States.') ? pathsOf(parseIntrinsic(text)) : [compilePath(text)];
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return [];
    throw error;
  }
}

const pathsOf = (node: IntrinsicNode): readonly Path[] =>
  node.kind === 'path' ? [node.path] : node.kind === 'call' ? node.args.flatMap(pathsOf) : [];

/** A JSONata expression, compiled; undefined where it does not parse. */
export function tryCompileExpression({ text }: Pick<Expression, 'text'>): JsonataExpression | undefined {
  try {
    return compileJsonata(jsonataSource(text));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

/** The workflow variables that an expression reads, without the `$`. */
export const variablesIn = (expression: Expression): readonly string[] =>
  expression.language === 'JSONata'
    ? (tryCompileExpression(expression)?.variables ?? [])
    : pathsIn(expression).flatMap(({ root }) => (root.kind === 'variable' ? [root.name] : []));
