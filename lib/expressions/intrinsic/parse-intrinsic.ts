import type { Json } from '../../json/json';
import { ExpressionSyntaxError } from '../evaluation-error';
import { compilePath, type Path } from '../json-path';
import { accept, expect, match, peek, refuse, skipBlanks, type Cursor } from '../path/cursor';
import { intrinsicFunctions } from './intrinsic-functions';

/** An argument of an intrinsic function, or the whole call. */
export type IntrinsicNode =
  /** `source`: a string as it is written between its quotes, escapes and all; undefined for other literals */
  | { readonly kind: 'literal'; readonly value: Json; readonly source?: string }
  | { readonly kind: 'path'; readonly path: Path }
  | IntrinsicCall;

/** `States.Name(…)`. */
export interface IntrinsicCall {
  readonly kind: 'call';
  /** With `States.` in front. */
  readonly name: string;
  readonly args: readonly IntrinsicNode[];
}

/** Most functions in one field. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const MAX_CALLS = 10;

interface CallCursor extends Cursor {
  calls: number;
}

/** Reads a whole intrinsic function call. @throws ExpressionSyntaxError */
export const parseIntrinsic = (text: string): IntrinsicCall => {
  const cursor: CallCursor = { text, at: 0, calls: 0 };
  skipBlanks(cursor);
  const call = parseCall(cursor);
  skipBlanks(cursor);
  if (cursor.at < text.length) refuse(cursor, 'expected nothing after the call');
  return call;
};

const parseCall = (cursor: CallCursor): IntrinsicCall => {
  const name = match(cursor, /States\.[A-Za-z0-9]+/y);
  if (name === undefined) return refuse(cursor, "expected an intrinsic function such as States.Format('{}', $.name)");
  if (!Object.hasOwn(intrinsicFunctions, name))
    throw new ExpressionSyntaxError(
      `there is no intrinsic function ${name}; there are ${Object.keys(intrinsicFunctions).join(', ')}`,
    );
  if (++cursor.calls > MAX_CALLS) refuse(cursor, `a field takes at most ${MAX_CALLS} intrinsic functions`);
  skipBlanks(cursor);
  expect(cursor, '(');
  return { kind: 'call', name, args: parseArguments(cursor) };
};

const parseArguments = (cursor: CallCursor): IntrinsicNode[] => {
  const args: IntrinsicNode[] = [];
  skipBlanks(cursor);
  if (accept(cursor, ')')) return args;
  for (;;) {
    skipBlanks(cursor);
    args.push(parseArgument(cursor));
    skipBlanks(cursor);
    if (accept(cursor, ')')) return args;
    if (!accept(cursor, ',')) refuse(cursor, "expected ',' or ')'");
  }
};

const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

const parseArgument = (cursor: CallCursor): IntrinsicNode => {
  if (peek(cursor) === "'") return parseString(cursor);
  if (peek(cursor) === '$') return { kind: 'path', path: compilePath(pathText(cursor)) };
  if (cursor.text.startsWith('States.', cursor.at)) return parseCall(cursor);
  const number = match(cursor, /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return parseNumber(cursor, number);
  const word = match(cursor, /(?:true|false|null)\b/y);
  if (word !== undefined) return { kind: 'literal', value: WORDS[word] as Json };
  return refuse(cursor, "expected 'text', a number, a path, true, false, null or an intrinsic function");
};

const parseNumber = (cursor: Cursor, text: string): IntrinsicNode => {
  const value = Number(text);
  if (!Number.isFinite(value))
    refuse(cursor, `the number ${text} is too large for a double, and what AWS makes of it is not known`);
  return { kind: 'literal', value: value === 0 ? 0 : value };
};

/** AWS refuses any escape but these four when the state machine is created. */
const parseString = (cursor: Cursor): IntrinsicNode => {
  const start = ++cursor.at;
  let value = '';
  while (peek(cursor) !== "'") {
    if (peek(cursor) === '') refuse(cursor, 'a string is not closed:');
    if (accept(cursor, '\\') && !/['{}\\]/.test(peek(cursor))) refuse(cursor, "a '\\' is followed by one of ' { } \\");
    value += peek(cursor);
    cursor.at++;
  }
  return { kind: 'literal', value, source: cursor.text.slice(start, cursor.at++) };
};

/** The path runs to the next ',' or ')' outside brackets, parentheses and quotes. */
const pathText = (cursor: Cursor): string => {
  const start = cursor.at;
  let open = 0;
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const character = peek(cursor);
    if (open > 0 && (character === "'" || character === '"')) skipQuoted(cursor, character);
    else if (character === '[' || character === '(') open++;
    else if (open === 0 && (character === ',' || character === ')')) break;
    else if (character === ']' || character === ')') open--;
  }
  return cursor.text.slice(start, cursor.at).trimEnd();
};

/** Leaves the cursor on the closing quote. */
const skipQuoted = (cursor: Cursor, quote: string): void => {
  for (cursor.at++; cursor.at < cursor.text.length && peek(cursor) !== quote; cursor.at++) if (peek(cursor) === '\\') cursor.at++;
};
