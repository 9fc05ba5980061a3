import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { ApiFailure } from '../api';
import type { Api, Caller } from '../api';
import { isBatchId, MAX_BATCH_ENTRIES, performBatch, repeatedId } from '../batch';
import { stringField } from '../parameter-types';
import type { Published, TopicDraft, Topics } from './topics';

/** SNS's API on the topics of a world. https://docs.aws.amazon.com/sns/latest/api/Welcome.html */
export const snsApi = (topics: Topics): Api => ({
  name: 'sns',
  operations: {
    Publish: (request, from) => {
      const arn = topicArnOf(topics, request, from);
      return answer(topics.publish(arn, draftOf(request), from));
    },
    PublishBatch: (request, from) => publishBatch(topics, request, from),
  },
});

function topicArnOf(topics: Topics, request: JsonObject, from: Caller): string {
  const arn = stringField(request, 'TopicArn') ?? stringField(request, 'TargetArn');
  if (get(request, 'PhoneNumber') !== undefined || /^arn:[^:]+:sns:[^:]*:[^:]*:endpoint\//.test(arn ?? '')) {
    throw new SimulatorError(
      `${from.who} publishes to a telephone, which is not simulated: topics are. Add a fake: service('sns:publish', …).`,
    );
  }
  return topics.check(arn, from);
}

function draftOf(request: JsonObject): TopicDraft {
  const messageAttributes = get(request, 'MessageAttributes');
  return {
    message: stringField(request, 'Message') ?? '',
    subject: stringField(request, 'Subject'),
    messageStructure: stringField(request, 'MessageStructure'),
    messageAttributes: isObject(messageAttributes) ? messageAttributes : {},
    messageGroupId: stringField(request, 'MessageGroupId'),
    messageDeduplicationId: stringField(request, 'MessageDeduplicationId'),
  };
}

const answer = ({ messageId, sequenceNumber }: Published): JsonObject => ({
  MessageId: messageId,
  ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
});

function publishBatch(topics: Topics, request: JsonObject, from: Caller): Json {
  const arn = topicArnOf(topics, request, from);
  const given = get(request, 'PublishBatchRequestEntries');
  const entries = isArray(given) ? given.filter(isObject) : [];
  if (entries.length === 0) throw new ApiFailure('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > MAX_BATCH_ENTRIES)
    throw new ApiFailure('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  const ids = entries.map(idOf);
  if (!ids.every(isBatchId)) {
    throw new ApiFailure('InvalidBatchEntryId', "The Id of a batch entry in a batch request doesn't abide by the specification.");
  }
  if (repeatedId(ids) !== undefined)
    throw new ApiFailure('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  return { ...performBatch(entries, idOf, (entry) => answer(topics.publish(arn, draftOf(entry), from))) };
}

const idOf = (entry: JsonObject): string => stringField(entry, 'Id') ?? '';
