import { assignment } from './assignment';
import { checkChoiceRule } from './choice-rules';
import { itemBatcher, itemReader, label, resultWriter } from './distributed-map';
import { catchers, retry } from './error-handling';
import {
  collection,
  constantText,
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
import { both, either, jsonata, jsonPath, type ObjectFields, record } from './fields';
import { jsonataTemplate, orExpression, templateOf } from './jsonata-checks';
import { MAX_SECONDS } from './max-seconds';
import { warnOfStaticPaths } from './static-paths';
import type { StateType } from './types';

const common = {
  Type: both(text),
  Comment: both(text),
  // Looked at by `languageOf`.
  QueryLanguage: both(oneOf('JSONPath', 'JSONata')),
};
const onward = { Next: both(text), End: both(flag) };
const paths = { InputPath: jsonPath(orNull(path)), OutputPath: jsonPath(orNull(path)) };
const resultPath = { ResultPath: jsonPath(orNull(writablePath)) };
const parameters = { Parameters: jsonPath(payloadTemplate) };
const resultSelector = { ResultSelector: jsonPath(payloadTemplate) };
const failing = { Retry: both(retry), Catch: both(catchers) };
const withResult = { Output: jsonata(jsonataTemplate('result')), Assign: assignment('result') };
const withoutResult = { Output: jsonata(jsonataTemplate()), Assign: assignment() };
const seconds = both(orExpression(integer(1, MAX_SECONDS)));
const NEXT_OR_END = ['Next', 'End'];

/** AWS finds `RoleArn` missing in words of its own (recorded). */
const credentials = record(
  {
    fields: { RoleArn: both(orExpression(text)), 'RoleArn.$': jsonPath(valueExpression) },
    atMostOne: [['RoleArn', 'RoleArn.$']],
  },
  (value, place) => {
    if (!Object.hasOwn(value, 'RoleArn') && !Object.hasOwn(value, 'RoleArn.$'))
      place.refuse("The field 'RoleArn' is required but was missing", 'name the role that the task is to assume');
  },
);

/**
 * Every field of every state type. A new field is a line here. `Branches`, `ItemProcessor` and `Iterator` hold states and are
 * looked into by `check-machine`.
 * https://states-language.net/spec.html#state-type-table; measured with 8 types × 50 fields: github.com/badmintoncryer/cdk-preflight
 */
export const STATE_FIELDS: Readonly<Record<StateType, ObjectFields>> = {
  Task: {
    fields: {
      ...common,
      ...onward,
      ...paths,
      ...resultPath,
      ...parameters,
      ...resultSelector,
      ...failing,
      ...withResult,
      Arguments: jsonata(jsonataTemplate()),
      Resource: both(text),
      TimeoutSeconds: seconds,
      TimeoutSecondsPath: jsonPath(referencePath),
      HeartbeatSeconds: seconds,
      HeartbeatSecondsPath: jsonPath(referencePath),
      Credentials: both(orExpression(credentials)),
    },
    required: ['Resource'],
    atMostOne: [
      ['TimeoutSeconds', 'TimeoutSecondsPath'],
      ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
    ],
    exactlyOne: [NEXT_OR_END],
  },
  Parallel: {
    fields: {
      ...common,
      ...onward,
      ...paths,
      ...resultPath,
      ...parameters,
      ...resultSelector,
      ...failing,
      ...withResult,
      Arguments: jsonata(jsonataTemplate()),
      Branches: both(listOf(object)),
    },
    required: ['Branches'],
    exactlyOne: [NEXT_OR_END],
  },
  Map: {
    fields: {
      ...common,
      ...onward,
      ...paths,
      ...resultPath,
      ...parameters,
      ...resultSelector,
      ...failing,
      ...withResult,
      ItemSelector: either(payloadTemplate, jsonataTemplate()),
      ItemsPath: jsonPath(referencePath),
      Items: jsonata(templateOf(collection)),
      MaxConcurrency: both(orExpression(integer(0, Number.MAX_SAFE_INTEGER))),
      MaxConcurrencyPath: jsonPath(referencePath),
      ItemProcessor: both(object),
      Iterator: both(object),
      // Of a Distributed Map. AWS takes them in an inline one as well, but for nothing (recorded).
      ItemReader: both(itemReader),
      ItemBatcher: both(itemBatcher),
      ResultWriter: both(resultWriter),
      Label: both(label),
      // AWS looks at the lower bound when it runs (recorded).
      ToleratedFailureCount: both(orExpression(integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER))),
      ToleratedFailureCountPath: jsonPath(referencePath),
      ToleratedFailurePercentage: both(orExpression(number(-Number.MAX_VALUE, 100))),
      ToleratedFailurePercentagePath: jsonPath(referencePath),
    },
    atMostOne: [
      ['ItemSelector', 'Parameters'],
      ['MaxConcurrency', 'MaxConcurrencyPath'],
      ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
      ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
    ],
    exactlyOne: [['ItemProcessor', 'Iterator'], NEXT_OR_END],
  },
  Pass: {
    fields: {
      ...common,
      ...onward,
      ...paths,
      ...resultPath,
      ...parameters,
      ...withoutResult,
      Result: jsonPath((value, place) => warnOfStaticPaths.inResult(value, place)),
    },
    exactlyOne: [NEXT_OR_END],
  },
  Wait: {
    fields: {
      ...common,
      ...onward,
      ...paths,
      ...withoutResult,
      Seconds: both(orExpression(integer(0, MAX_SECONDS))),
      SecondsPath: jsonPath(referencePath),
      Timestamp: both(orExpression(timestamp)),
      TimestampPath: jsonPath(referencePath),
    },
    exactlyOne: [['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'], NEXT_OR_END],
  },
  Choice: {
    fields: { ...common, ...paths, ...withoutResult, Choices: both(listOf(checkChoiceRule)), Default: both(text) },
    required: ['Choices'],
  },
  Succeed: { fields: { ...common, ...paths, Output: jsonata(jsonataTemplate()) } },
  Fail: {
    fields: {
      ...common,
      Error: both(orExpression(constantText)),
      Cause: both(orExpression(constantText)),
      ErrorPath: jsonPath(valueExpression),
      CausePath: jsonPath(valueExpression),
    },
    atMostOne: [
      ['Error', 'ErrorPath'],
      ['Cause', 'CausePath'],
    ],
  },
};
