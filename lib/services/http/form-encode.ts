import { isArray, isObject } from '../../json/json';
import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';

/** How arrays are written. https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#url-encode-request-body */
export type ArrayFormat = 'INDICES' | 'REPEAT' | 'COMMAS' | 'BRACKETS';

/** True for the name of an array format. */
export const isArrayFormat = (name: string): name is ArrayFormat => Object.hasOwn(ITEM_NAMES, name);

/** What the key of an array's item is, except with commas: there the array is one value. */
const ITEM_NAMES: Readonly<Record<ArrayFormat, (key: string, index: number) => string>> = {
  INDICES: (key, index) => `${key}[${index}]`,
  BRACKETS: (key) => `${key}[]`,
  REPEAT: (key) => key,
  COMMAS: (key) => key,
};

/** A request body as `application/x-www-form-urlencoded`: members of objects in brackets, percent-encoded as the documentation's example is. */
export function formEncode(body: Json, arrays: ArrayFormat): string {
  const pairs: string[] = [];
  const write = (key: string, value: Json): void => {
    if (isArray(value)) {
      if (arrays === 'COMMAS') pairs.push(`${encodeURIComponent(key)}=${value.map(encodeScalar).join(',')}`);
      else value.forEach((item, index) => write(ITEM_NAMES[arrays](key, index), item));
    } else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) write(`${key}[${name}]`, member);
    } else pairs.push(`${encodeURIComponent(key)}=${encodeScalar(value)}`);
  };
  for (const [name, value] of Object.entries(isObject(body) ? body : {})) write(name, value);
  return pairs.join('&');
}

const encodeScalar = (value: Json): string => encodeURIComponent(textOf(value));

/** Text as it is, nothing for null, all else as JSON. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : value === null ? '' : renderJson(value));
