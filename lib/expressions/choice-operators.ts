import type { Json } from '../json/json';
import { parseTimestamp } from './timestamp';

/** What an operator's operand must be. */
export type OperandType = 'string' | 'number' | 'boolean' | 'timestamp';

/** A data-test operator of a Choice Rule. */
export interface ChoiceOperator {
  readonly operand: OperandType;
  /** True if `<name>Path` takes a path to the operand. */
  readonly hasPath: boolean;
  /** Prepares the operand, once for a constant one; undefined: it is not of the operator's type, and nothing passes. */
  compile(operand: Json): ((value: Json) => boolean) | undefined;
}

type Holds = (order: number) => boolean;

const equal: Holds = (order) => order === 0;
const less: Holds = (order) => order < 0;
const lessOrEqual: Holds = (order) => order <= 0;
const greater: Holds = (order) => order > 0;
const greaterOrEqual: Holds = (order) => order >= 0;

/** What is compared; undefined: not of this type. */
const readers: Readonly<Record<OperandType, (value: Json) => string | number | boolean | undefined>> = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  number: (value) => (typeof value === 'number' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  timestamp: (value) => (typeof value === 'string' ? parseTimestamp(value) : undefined),
};

/** Strings are compared code unit by code unit. */
const comparison = (operand: OperandType, holds: Holds): ChoiceOperator => {
  const read = readers[operand];
  return {
    operand,
    hasPath: true,
    compile: (constant) => {
      const right = read(constant);
      if (right === undefined) return undefined;
      return (value) => {
        const left = read(value);
        return left !== undefined && holds(left < right ? -1 : left > right ? 1 : 0);
      };
    },
  };
};

const typeTest = (test: (value: Json) => boolean): ChoiceOperator => ({
  operand: 'boolean',
  hasPath: false,
  compile: (expected) => (typeof expected === 'boolean' ? (value) => test(value) === expected : undefined),
});

/** The operators without their Path forms. https://states-language.net/spec.html#data-test-expression */
export const choiceOperators: Readonly<Record<string, ChoiceOperator>> = {
  StringEquals: comparison('string', equal),
  StringLessThan: comparison('string', less),
  StringGreaterThan: comparison('string', greater),
  StringLessThanEquals: comparison('string', lessOrEqual),
  StringGreaterThanEquals: comparison('string', greaterOrEqual),
  StringMatches: {
    operand: 'string',
    hasPath: false,
    compile: (pattern) => (typeof pattern === 'string' ? compilePattern(pattern) : undefined),
  },
  NumericEquals: comparison('number', equal),
  NumericLessThan: comparison('number', less),
  NumericGreaterThan: comparison('number', greater),
  NumericLessThanEquals: comparison('number', lessOrEqual),
  NumericGreaterThanEquals: comparison('number', greaterOrEqual),
  BooleanEquals: comparison('boolean', equal),
  TimestampEquals: comparison('timestamp', equal),
  TimestampLessThan: comparison('timestamp', less),
  TimestampGreaterThan: comparison('timestamp', greater),
  TimestampLessThanEquals: comparison('timestamp', lessOrEqual),
  TimestampGreaterThanEquals: comparison('timestamp', greaterOrEqual),
  IsNull: typeTest((value) => value === null),
  IsPresent: typeTest(() => true), // a missing value never gets here
  IsNumeric: typeTest((value) => typeof value === 'number'),
  IsString: typeTest((value) => typeof value === 'string'),
  IsBoolean: typeTest((value) => typeof value === 'boolean'),
  IsTimestamp: typeTest((value) => readers.timestamp(value) !== undefined),
};

/** `*` stands for any text, `\*` and `\\` for themselves. Takes time in proportion to the text. */
const compilePattern = (pattern: string): ((value: Json) => boolean) => {
  const pieces = [''];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === '*') pieces.push('');
    else if (character === '\\' && (pattern[at + 1] === '*' || pattern[at + 1] === '\\'))
      pieces[pieces.length - 1] += pattern[++at] as string;
    else pieces[pieces.length - 1] += character;
  }
  return (value) => typeof value === 'string' && matchesPieces(value, pieces);
};

const matchesPieces = (text: string, pieces: readonly string[]): boolean => {
  const first = pieces[0] as string;
  const last = pieces.at(-1) as string;
  if (pieces.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
};
