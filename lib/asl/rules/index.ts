import { rule as bedrockBody } from './bedrock-body';
import { rule as callbackWithoutTimeout } from './callback-without-timeout';
import { rule as callbackWithoutToken } from './callback-without-token';
import { rule as catchDropsInput } from './catch-drops-input';
import { rule as catcherNeverReached } from './catcher-never-reached';
import { rule as causeMayBeNull } from './cause-may-be-null';
import { rule as causeParsedAsJson } from './cause-parsed-as-json';
import { rule as choiceNeverMatches } from './choice-never-matches';
import { rule as choiceWithoutDefault } from './choice-without-default';
import { rule as constantExecutionName } from './constant-execution-name';
import { rule as dynamodbAttributeType } from './dynamodb-attribute-type';
import { rule as errorNameNeverRaised } from './error-name-never-raised';
import { rule as errorSwallowed } from './error-swallowed';
import { rule as expressTooLong } from './express-too-long';
import { rule as heartbeatWithoutHeartbeats } from './heartbeat-without-heartbeats';
import { rule as ignoredMapFields } from './ignored-map-fields';
import { rule as inlineMapTooLarge } from './inline-map-too-large';
import { rule as itemsNotArray } from './items-not-array';
import { rule as jsonataNotEvaluated } from './jsonata-not-evaluated';
import { rule as jsonpathInJsonata } from './jsonpath-in-jsonata';
import { rule as mapWithoutConcurrencyLimit } from './map-without-concurrency-limit';
import { rule as pathInText } from './path-in-text';
import { rule as pathNeverProduced } from './path-never-produced';
import { rule as pathNotInInput } from './path-not-in-input';
import { rule as payloadGrowsInLoop } from './payload-grows-in-loop';
import { rule as pollingEatsHistory } from './polling-eats-history';
import { rule as resultPathBarred } from './result-path-barred';
import { rule as retryNever } from './retry-never';
import { rule as retryWithoutIdempotencyKey } from './retry-without-idempotency-key';
import { rule as retryWithoutJitter } from './retry-without-jitter';
import { rule as retryWithoutThrottling } from './retry-without-throttling';
import type { Rule } from './rule';
import { rule as sdkServiceUnknown } from './sdk-service-unknown';
import { rule as singletonSequence } from './singleton-sequence';
import { rule as startExecutionWithoutName } from './start-execution-without-name';
import { rule as taskFailedMissesTimeout } from './task-failed-misses-timeout';
import { rule as tightPolling } from './tight-polling';
import { rule as toleranceHidesFailure } from './tolerance-hides-failure';
import { rule as uncatchableError } from './uncatchable-error';
import { rule as variableNeverAssigned } from './variable-never-assigned';

/** Every rule beyond AWS. A new one is a file and two lines here. */
export const RULES: readonly Rule[] = [
  bedrockBody,
  callbackWithoutTimeout,
  callbackWithoutToken,
  catchDropsInput,
  catcherNeverReached,
  causeMayBeNull,
  causeParsedAsJson,
  choiceNeverMatches,
  choiceWithoutDefault,
  constantExecutionName,
  dynamodbAttributeType,
  errorNameNeverRaised,
  errorSwallowed,
  expressTooLong,
  heartbeatWithoutHeartbeats,
  ignoredMapFields,
  inlineMapTooLarge,
  itemsNotArray,
  jsonataNotEvaluated,
  jsonpathInJsonata,
  mapWithoutConcurrencyLimit,
  pathInText,
  pathNeverProduced,
  pathNotInInput,
  payloadGrowsInLoop,
  pollingEatsHistory,
  resultPathBarred,
  retryNever,
  retryWithoutIdempotencyKey,
  retryWithoutJitter,
  retryWithoutThrottling,
  sdkServiceUnknown,
  singletonSequence,
  startExecutionWithoutName,
  taskFailedMissesTimeout,
  tightPolling,
  toleranceHidesFailure,
  uncatchableError,
  variableNeverAssigned,
];
