import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { ApiFailure } from '../api';
import { attributeProblem, isMessageId, messageBytes } from '../message-attributes';
import type { TopicDefinition, TopicDraft } from './topics';

/** SNS's error for a parameter that it does not take. */
export const invalid = (message: string): ApiFailure => new ApiFailure('InvalidParameter', `Invalid parameter: ${message}`);

/** @throws ApiFailure as SNS refuses what is to be published. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function checkPublication(draft: TopicDraft, topic: TopicDefinition): void {
  const { message, subject, messageStructure, messageAttributes = {}, messageGroupId, messageDeduplicationId } = draft;
  const { isFifo, contentBasedDeduplication } = topic;
  if (message === '') throw invalid('Empty message');
  if (messageBytes(message, messageAttributes) > topic.maximumMessageBytes) throw invalid('Message too long');
  if (subject !== undefined && !isSubject(subject)) throw invalid('Subject');
  const problem = attributeProblem(messageAttributes);
  if (problem !== undefined) throw new ApiFailure('InvalidParameterValueException', problem);
  // Recorded.
  if (isFifo && messageGroupId === undefined) throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (messageGroupId !== undefined && !isMessageId(messageGroupId))
    throw invalid(`MessageGroupId Reason: ${ID_RULE('MessageGroupId')}`);
  if (messageDeduplicationId !== undefined && !isFifo) {
    throw invalid(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (messageDeduplicationId !== undefined && !isMessageId(messageDeduplicationId))
    throw invalid(`MessageDeduplicationId Reason: ${ID_RULE('MessageDeduplicationId')}`);
  if (isFifo && messageDeduplicationId === undefined && !contentBasedDeduplication) {
    throw invalid('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  if (messageStructure === 'json') protocolMessages(message);
}

const ID_RULE = (name: string): string => `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`;

/** Less than 100 characters, none of them a line break or another control character. */
const isSubject = (subject: string): boolean => subject !== '' && subject.length < 100 && !/\p{Cc}/u.test(subject);

/** What a subscription of a protocol is given. */
export function messageFor(protocol: string, { message, messageStructure }: TopicDraft): string {
  if (messageStructure !== 'json') return message;
  const messages = protocolMessages(message);
  const own = get(messages, protocol);
  return typeof own === 'string' ? own : (get(messages, 'default') as string);
}

function protocolMessages(message: string): JsonObject {
  let parsed: Json;
  try {
    parsed = JSON.parse(message) as Json;
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (isObject(parsed) && typeof get(parsed, 'default') === 'string') return parsed;
  throw invalid('Message Structure - No default entry in JSON message body');
}
