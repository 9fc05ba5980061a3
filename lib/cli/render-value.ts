import { isArray, isObject, type Json } from '../json/json';
import { indented, printable } from './printable';

/** Longest object or array that stays on one line, in characters. */
const LINE = 100;

/** A JSON value for people: JSON text in which whatever is short stands on one line. */
export const renderValue = (value: Json): string => printable(textOf(value));

function textOf(value: Json): string {
  const items = isArray(value)
    ? value.map(textOf)
    : isObject(value)
      ? Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${textOf(field)}`)
      : undefined;
  if (items === undefined) return JSON.stringify(value);
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return open + close;
  const short = `${open} ${items.join(', ')} ${close}`;
  return short.length <= LINE && !short.includes('\n')
    ? short
    : `${open}\n${items.map((item) => indented(item)).join(',\n')}\n${close}`;
}
