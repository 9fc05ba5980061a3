import type { GivenUp } from '../retry-policy';

/** EventBridge's own names of errors, by what the target's API calls them: the assumption `events-dead-letter`. */
const ERROR_CODES: readonly (readonly [code: RegExp, name: string])[] = [
  [/^THIRD_ACCOUNT_HOP_DETECTED$/, 'THIRD_ACCOUNT_HOP_DETECTED'],
  [/AccessDenied|NotAuthorized/, 'NO_PERMISSIONS'],
  [/NotFound|DoesNotExist|NonExistent/, 'NO_RESOURCE'],
  [/Throttl|TooManyRequests/, 'THROTTLING'],
  [/LimitExceeded/, 'RESOURCE_LIMIT_EXCEEDED'],
  [/AlreadyExists/, 'RESOURCE_ALREADY_EXISTS'],
  [/Invalid|Missing|Validation/, 'INVALID_PARAMETER'],
  [/SdkClient/, 'SDK_CLIENT_ERROR'],
  [/Time-?d?[oO]ut/, 'TIMEOUT'],
];

/**
 * The message attributes with which EventBridge sends an event to the dead-letter queue of a rule's target.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function deadLetterAttributes(ruleArn: string, targetArn: string, why: GivenUp): Readonly<Record<string, string>> {
  const { code, message } = why.refusal;
  return {
    RULE_ARN: ruleArn,
    TARGET_ARN: targetArn,
    ERROR_CODE: ERROR_CODES.find(([pattern]) => pattern.test(code))?.[1] ?? 'ERROR_FROM_TARGET',
    ERROR_MESSAGE: message === '' ? code : message,
    ...(why.condition === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: why.condition }),
    RETRY_ATTEMPTS: String(why.retryAttempts),
  };
}
