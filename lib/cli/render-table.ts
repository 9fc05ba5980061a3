import { isObject, type Json, type JsonObject } from '../json/json';
import { get } from '../json/with-field';
import type { Colours } from './colours';
import { printable } from './printable';

/** Items of a table before and after: a line each, in the order of their keys, changes as `12 → 10`. Items in DynamoDB JSON. */
export function renderTable(
  keys: readonly string[],
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  { strong, quiet }: Colours,
): string {
  const keyOf = (item: JsonObject): string => keys.map((key) => renderAttribute(get(item, key))).join(' ');
  const was = new Map(before.map((item) => [keyOf(item), item]));
  const is = new Map(after.map((item) => [keyOf(item), item]));
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  if (names.length === 0) return quiet('no items');
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${renderItem(was.get(name) ?? {}, is.get(name) ?? {})}`).join('\n');

  function renderItem(old: JsonObject, now: JsonObject): string {
    const attributes = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !keys.includes(name));
    return attributes.map((name) => `${printable(name)} ${renderChange(get(old, name), get(now, name))}`).join('  ');
  }

  function renderChange(old: Json | undefined, now: Json | undefined): string {
    const [from, to] = [renderAttribute(old), renderAttribute(now)];
    return from === to ? to : strong(`${from} → ${to}`);
  }
}

/** `{ "N": "12" }` as `12`; an attribute that is not there as `–`. */
function renderAttribute(attribute: Json | undefined): string {
  if (attribute === undefined) return '–';
  const value = isObject(attribute) ? (Object.values(attribute)[0] ?? null) : attribute;
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}
