import { isArray, isObject, type Json } from '../json/json';
import { assignment } from './assignment';
import { anyListOf, type FieldCheck, integer, listOf, number, oneOf, orNull, text, writablePath } from './field-checks';
import { both, jsonata, jsonPath, type ObjectFields, record } from './fields';
import { jsonataTemplate } from './jsonata-checks';
import type { Place } from './place';

/** Longest interval, and most attempts. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
const MOST = 99_999_999;

const errorNames = listOf(text);

/** https://states-language.net/spec.html#retrying-after-error; IntervalSeconds 0 is taken (measured: cdk-preflight). */
const retrier: ObjectFields = {
  fields: {
    ErrorEquals: both(errorNames),
    IntervalSeconds: both(integer(0, MOST)),
    MaxAttempts: both(integer(0, MOST)),
    BackoffRate: both(number(1)),
    MaxDelaySeconds: both(integer(1, 31_622_400)),
    JitterStrategy: both(oneOf('NONE', 'FULL')),
    Comment: both(text),
  },
  required: ['ErrorEquals'],
};

/** https://states-language.net/spec.html#fallback-states */
const catcher: ObjectFields = {
  fields: {
    ErrorEquals: both(errorNames),
    Next: both(text),
    ResultPath: jsonPath(orNull(writablePath)),
    Output: jsonata(jsonataTemplate('errorOutput')),
    Assign: assignment('errorOutput'),
    Comment: both(text),
  },
  required: ['ErrorEquals', 'Next'],
};

/** Retriers or Catchers, of which only the last may name `States.ALL`, and nothing beside it. */
const inOrder =
  (known: ObjectFields): FieldCheck =>
  (value, place, language) => {
    anyListOf(record(known))(value, place, language);
    if (isArray(value)) value.forEach((element, index) => checkAll(element, index === value.length - 1, place.element(index)));
  };

function checkAll(element: Json, isLast: boolean, place: Place): void {
  const names = isObject(element) ? element['ErrorEquals'] : undefined;
  const at = isArray(names) ? names.indexOf('States.ALL') : -1;
  if (!isArray(names) || at === -1 || (names.length === 1 && isLast)) return;
  place
    .member('ErrorEquals')
    .element(at)
    .refuse(
      'States.ALL must appear alone and at end of list',
      names.length > 1 ? 'it stands beside other names' : 'what follows it would never be reached',
    );
}

/** `Retry`. An empty list is taken. */
export const retry = inOrder(retrier);

/** `Catch`. An empty list is taken. */
export const catchers = inOrder(catcher);
