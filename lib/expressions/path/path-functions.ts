import { isArray, isObject, type Json } from '../../json/json';

/** What a path function makes of the value that the path leads to; undefined: the path has no result. */
type PathFunction = (value: Json) => Json | undefined;

/**
 * The functions that may end a path. Of Jayway's own, `length` works on AWS; the numeric ones are accepted and find nothing
 * (https://repost.aws/questions/QUYiQKP0XfThWEc_ahsMnLOA); how AWS takes the others nobody has said.
 */
export const pathFunctions: Readonly<Record<string, PathFunction>> = {
  length: (value) => (isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : null),
  min: () => undefined,
  max: () => undefined,
  avg: () => undefined,
  stddev: () => undefined,
  sum: () => undefined,
};
