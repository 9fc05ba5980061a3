import type { Json } from '../../json/json';
import type { Dialect } from '../matching/conditions';
import { compilePattern } from '../matching/pattern';
import type { Pattern } from '../matching/pattern';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const DIALECT: Dialect = {
  operators: new Set([
    'anything-but',
    'anything-but prefix',
    'anything-but suffix',
    'anything-but equals-ignore-case',
    'anything-but wildcard',
    'cidr',
    'equals-ignore-case',
    'exists',
    'numeric',
    'prefix',
    'prefix equals-ignore-case',
    'suffix',
    'suffix equals-ignore-case',
    'wildcard',
  ]),
  numericBound: 5e9,
};

/** The event pattern of a rule. */
export const compileEventPattern = (pattern: Json, what: string): Pattern => compilePattern(pattern, DIALECT, what);
