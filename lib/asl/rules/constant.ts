import { isJsonata, jsonataSource } from '../../expressions/jsonata/jsonata-template';

/** A value that may be written as an expression of JSONata: the number or the text that it is, whatever happens; undefined for all others. */
export function constantOf(value: unknown): number | string | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text: string = value;
  if (!isJsonata(value)) return text;
  const source = jsonataSource(text);
  if (/^\d+(?:\.\d+)?$/.test(source)) return Number(source);
  return /^(?:'([^'\\]*)'|"([^"\\]*)")$/
    .exec(source)
    ?.slice(1)
    .find((group) => group !== undefined);
}

/** The same of what must be a number. */
export function constantNumber(value: unknown): number | undefined {
  const constant = constantOf(value);
  return typeof constant === 'number' ? constant : undefined;
}
