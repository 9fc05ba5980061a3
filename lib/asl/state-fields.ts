import type { QueryLanguage, StateType } from './types';
import {
  anything,
  type FieldCheck,
  flag,
  integer,
  listOf,
  number,
  object,
  oneOf,
  orNull,
  path,
  payloadTemplate,
  referencePath,
  text,
  timestamp,
  valueExpression,
  writablePath,
} from './field-checks';

/** What a field of a state may hold, and in which query language it exists (both, if none is named). */
export interface Field {
  readonly check: FieldCheck;
  readonly only?: QueryLanguage;
}

/** Longest delay, timeout or interval, in seconds. https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
const MAX_SECONDS = 99_999_999;

const both = (check: FieldCheck): Field => ({ check });
const jsonPath = (check: FieldCheck): Field => ({ check, only: 'JSONPath' });
const jsonata = (check: FieldCheck): Field => ({ check, only: 'JSONata' });

const common = { Type: both(text), Comment: both(text), QueryLanguage: both(oneOf('JSONPath', 'JSONata')) };
const onward = { Next: both(text), End: both(flag) };
const paths = { InputPath: jsonPath(orNull(path)), OutputPath: jsonPath(orNull(path)), Output: jsonata(anything) };
const resultPath = { ResultPath: jsonPath(orNull(writablePath)) };
const parameters = { Parameters: jsonPath(payloadTemplate) };
const resultSelector = { ResultSelector: jsonPath(payloadTemplate) };
const assign = { Assign: both(object) };

const retrier: Readonly<Record<string, FieldCheck>> = {
  ErrorEquals: listOf(text),
  IntervalSeconds: integer(1, MAX_SECONDS),
  MaxAttempts: integer(0, MAX_SECONDS),
  BackoffRate: number(1),
  // "must be greater than 0 and less than 31622400", https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
  MaxDelaySeconds: integer(1, 31_622_400),
  JitterStrategy: oneOf('FULL', 'NONE'),
  Comment: text,
};

const catcher: Readonly<Record<string, FieldCheck>> = {
  ErrorEquals: listOf(text),
  Next: text,
  ResultPath: orNull(writablePath),
  Output: anything,
  Assign: object,
  Comment: text,
};

/** An object with these fields and no others, of which `required` are there. */
const record =
  (fields: Readonly<Record<string, FieldCheck>>, required: readonly string[]): FieldCheck =>
  (value, place) => {
    object(value, place);
    if (typeof value !== 'object' || value === null) return;
    for (const name of required) if (!Object.hasOwn(value, name)) place.refuse(`The field '${name}' is required but was missing`);
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check === undefined)
        place.member(name).refuse(`Field '${name}' is not supported`, `known: ${Object.keys(fields).join(', ')}`);
      else check(member, place.member(name));
    }
  };

/** `States.ALL` must be alone in its list, and in the last element. */
const errorsInOrder =
  (list: FieldCheck): FieldCheck =>
  (value, place) => {
    list(value, place);
    if (!Array.isArray(value)) return;
    (value as readonly { ErrorEquals?: unknown }[]).forEach((element, index) => {
      const names = element?.ErrorEquals;
      if (!Array.isArray(names) || !names.includes('States.ALL')) return;
      if (names.length > 1) place.element(index).refuse("'States.ALL' must appear alone in ErrorEquals");
      if (index < value.length - 1) place.element(index).refuse("'States.ALL' must be the last element of the list");
    });
  };

const failing = {
  Retry: both(
    errorsInOrder((value, place) =>
      Array.isArray(value) && value.length === 0 ? undefined : listOf(record(retrier, ['ErrorEquals']))(value, place),
    ),
  ),
  Catch: both(
    errorsInOrder((value, place) =>
      Array.isArray(value) && value.length === 0 ? undefined : listOf(record(catcher, ['ErrorEquals', 'Next']))(value, place),
    ),
  ),
};

/**
 * Every field of every state type. A new field is a line here. `Branches`, `ItemProcessor`, `Iterator` and `Choices`
 * hold states and rules and are looked into by `parse`.
 * https://states-language.net/spec.html#state-type-table
 */
export const STATE_FIELDS: Readonly<Record<StateType, Readonly<Record<string, Field>>>> = {
  Task: {
    ...common,
    ...onward,
    ...paths,
    ...resultPath,
    ...parameters,
    ...resultSelector,
    ...failing,
    ...assign,
    Arguments: jsonata(anything),
    Resource: both(text),
    TimeoutSeconds: both(anything),
    TimeoutSecondsPath: jsonPath(referencePath),
    HeartbeatSeconds: both(anything),
    HeartbeatSecondsPath: jsonPath(referencePath),
    Credentials: both(record({ RoleArn: text, 'RoleArn.$': valueExpression }, [])),
  },
  Parallel: {
    ...common,
    ...onward,
    ...paths,
    ...resultPath,
    ...parameters,
    ...resultSelector,
    ...failing,
    ...assign,
    Arguments: jsonata(anything),
    Branches: both(listOf(object)),
  },
  Map: {
    ...common,
    ...onward,
    ...paths,
    ...resultPath,
    ...resultSelector,
    ...failing,
    ...assign,
    Parameters: jsonPath(payloadTemplate),
    ItemSelector: both(anything),
    ItemsPath: jsonPath(path),
    Items: jsonata(anything),
    MaxConcurrency: both(anything),
    MaxConcurrencyPath: jsonPath(referencePath),
    ItemProcessor: both(object),
    Iterator: both(object),
    // Distributed Map only:
    ItemReader: both(object),
    ItemBatcher: both(object),
    ResultWriter: both(object),
    Label: both(text),
    ToleratedFailureCount: both(anything),
    ToleratedFailureCountPath: jsonPath(referencePath),
    ToleratedFailurePercentage: both(anything),
    ToleratedFailurePercentagePath: jsonPath(referencePath),
  },
  Pass: { ...common, ...onward, ...paths, ...resultPath, ...parameters, ...assign, Result: jsonPath(anything) },
  Wait: {
    ...common,
    ...onward,
    ...paths,
    ...assign,
    Seconds: both(anything),
    SecondsPath: jsonPath(referencePath),
    Timestamp: both(timestamp),
    TimestampPath: jsonPath(referencePath),
  },
  Choice: { ...common, ...paths, ...assign, Choices: both(listOf(object)), Default: both(text) },
  Succeed: { ...common, ...paths },
  Fail: {
    ...common,
    Error: both(text),
    Cause: both(text),
    ErrorPath: jsonPath(valueExpression),
    CausePath: jsonPath(valueExpression),
  },
};

/** Fields that JSONata may also give as an expression; the literal's check applies in JSONPath, and to literals in JSONata. */
export const LITERAL_OR_EXPRESSION: Readonly<Record<string, FieldCheck>> = {
  TimeoutSeconds: integer(1, MAX_SECONDS),
  HeartbeatSeconds: integer(1, MAX_SECONDS),
  Seconds: integer(0, MAX_SECONDS),
  MaxConcurrency: integer(0, Number.MAX_SAFE_INTEGER),
  ToleratedFailureCount: integer(0, Number.MAX_SAFE_INTEGER),
  ToleratedFailurePercentage: number(0, 100),
};
