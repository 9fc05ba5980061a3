import { isArray, isObject, type Json } from '../../json/json';

/** A value as Java's toString writes it, which is what States.Format puts in place of `{}`: `{Arg1=1, Arg2=[]}`. A string is itself. */
export const javaText = (value: Json): string => {
  if (isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, field]) => `${key}=${javaText(field)}`)
      .join(', ')}}`;
  return String(value);
};
