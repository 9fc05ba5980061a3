import { ApiFailure } from '../api';
import { attributeProblem, isMessageId, messageBytes } from '../message-attributes';
import type { Draft, QueueDefinition } from './queue';

/** SQS's error for a parameter that it does not take. */
export const invalid = (message: string): ApiFailure => new ApiFailure('InvalidParameterValue', message);

/** SQS's error for a parameter that is not there. */
export const missing = (parameter: string): ApiFailure =>
  new ApiFailure('MissingParameter', `The request must contain the parameter ${parameter}.`);

/** The same, with the value and the reason. */
export const invalidValue = (value: string | number, parameter: string, reason: string): ApiFailure =>
  invalid(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

/** Where a parameter belongs to the other type of queue. */
const WRONG_TYPE = 'The request include parameter that is not valid for this queue type.';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_DELAY_SECONDS = 900;
const MAX_ATTRIBUTES = 10;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const FORBIDDEN_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** @throws ApiFailure as SQS refuses a message */
export function checkMessage(draft: Draft, queue: QueueDefinition): void {
  const { body, messageAttributes = {}, delaySeconds } = draft;
  // Recorded.
  if (body === '') throw missing('MessageBody');
  if (messageBytes(body, messageAttributes) > queue.maximumMessageBytes)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${queue.maximumMessageBytes} bytes.`);
  const [forbidden] = FORBIDDEN_CHARACTER.exec(body) ?? [];
  if (forbidden !== undefined) {
    throw new ApiFailure(
      'InvalidMessageContents',
      `Invalid binary character '#x${forbidden.codePointAt(0)?.toString(16).toUpperCase()}' was found in the message body, the set of allowed characters is ` +
        '#x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].',
    );
  }
  const attributes = Object.keys(messageAttributes).length;
  if (attributes > MAX_ATTRIBUTES)
    throw invalid(`Number of message attributes [${attributes}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`);
  const problem = attributeProblem(messageAttributes);
  if (problem !== undefined) throw invalid(problem);
  if (delaySeconds !== undefined && !(delaySeconds >= 0 && delaySeconds <= MAX_DELAY_SECONDS))
    throw invalidValue(delaySeconds, 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  checkIds(draft, queue);
}

function checkIds(draft: Draft, { isFifo, contentBasedDeduplication }: QueueDefinition): void {
  const { delaySeconds, messageGroupId, messageDeduplicationId } = draft;
  if (!isFifo && messageDeduplicationId !== undefined)
    throw invalidValue(messageDeduplicationId, 'MessageDeduplicationId', WRONG_TYPE);
  if (isFifo && delaySeconds !== undefined && delaySeconds !== 0) throw invalidValue(delaySeconds, 'DelaySeconds', WRONG_TYPE);
  if (isFifo && messageGroupId === undefined) throw missing('MessageGroupId');
  for (const [name, id] of Object.entries({
    MessageGroupId: messageGroupId,
    MessageDeduplicationId: messageDeduplicationId,
  })) {
    if (id !== undefined && !isMessageId(id))
      throw invalidValue(id, name, `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`);
  }
  if (isFifo && messageDeduplicationId === undefined && !contentBasedDeduplication)
    throw invalid('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
}
