import type { Json, JsonObject } from '../../json/json';
import { isObject } from '../../json/json';
import { get } from '../../json/with-field';
import type { Dialect } from '../matching/conditions';
import { compilePattern } from '../matching/pattern';
import type { Pattern } from '../matching/pattern';
import { tryParseObject } from '../try-parse-object';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax */
const DIALECT: Dialect = {
  operators: new Set(['anything-but', 'equals-ignore-case', 'exists', 'numeric', 'prefix', 'suffix']),
  numericBound: 5e9,
};

/**
 * What an event source mapping lets through to its function: a record of the event that one of the patterns means. A `body` of a pattern that is
 * an object wants a body in JSON; one that is a list wants a body that is none.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 * @param patterns JSON texts; none: everything goes through
 */
export function compileMessageFilter(patterns: readonly Json[], what: string): Pattern {
  const compiled = patterns.map((pattern) => {
    const matches = compilePattern(pattern, DIALECT, what);
    const body = isObject(pattern) ? get(pattern, 'body') : undefined;
    if (body === undefined) return matches;
    return (record: Json): boolean => {
      const parsed = tryParseObject(bodyOf(record));
      if (isObject(body)) return parsed !== undefined && matches({ ...(record as JsonObject), body: parsed });
      return parsed === undefined && matches(record);
    };
  });
  return (record) => compiled.length === 0 || compiled.some((matches) => matches(record));
}

const bodyOf = (record: Json): string => {
  const body = isObject(record) ? get(record, 'body') : undefined;
  return typeof body === 'string' ? body : '';
};
