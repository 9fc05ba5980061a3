import { ExpressionSyntaxError } from '../evaluation-error';

/** A place in an expression's text that a parser moves forward. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** The character under the cursor; '' at the end. */
export const peek = (cursor: Cursor, ahead = 0): string => cursor.text[cursor.at + ahead] ?? '';

/** Passes spaces, tabs and line ends. */
export const skipBlanks = (cursor: Cursor): void => {
  while (cursor.at < cursor.text.length && ' \t\r\n'.includes(peek(cursor))) cursor.at++;
};

/** Passes the text if it comes next. */
export const accept = (cursor: Cursor, text: string): boolean => {
  if (!cursor.text.startsWith(text, cursor.at)) return false;
  cursor.at += text.length;
  return true;
};

/** Passes the text, or refuses the expression. */
export const expect = (cursor: Cursor, text: string): void => {
  if (!accept(cursor, text)) refuse(cursor, `expected '${text}'`);
};

/** Passes what the sticky pattern matches here and returns it; undefined if it does not match. */
export const match = (cursor: Cursor, sticky: RegExp): string | undefined => {
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
};

/** @throws ExpressionSyntaxError with the expression, the place and what was found there */
export const refuse = (cursor: Cursor, message: string): never => {
  const found = peek(cursor) === '' ? 'the end' : `'${String.fromCodePoint(cursor.text.codePointAt(cursor.at) ?? 0)}'`;
  throw new ExpressionSyntaxError(`'${clip(cursor.text)}': ${message} at position ${cursor.at + 1}, found ${found}`);
};

const clip = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 200)}…`);
