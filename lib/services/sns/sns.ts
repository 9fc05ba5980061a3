import type { JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import type { Api } from '../api';
import type { Deliveries } from '../deliveries';
import { optimisedService, sdkService } from '../integrations';
import type { Exchange } from '../integrations';
import { stringField } from '../parameter-types';
import { httpDate } from '../sdk-metadata';
import type { Header } from '../sdk-metadata';
import type { Service } from '../service';
import type { ServiceNames } from '../service-error';
import type { Queues } from '../sqs/queues';
import { publish, publishAny, publishBatch } from './parameters';
import { snsApi } from './sns-api';
import { Topics } from './topics';

/** A simulated SNS. */
export interface Sns {
  readonly api: Api;
  /** `sns` and `aws-sdk:sns`. */
  readonly services: readonly Service[];
  readonly topics: Topics;
}

/** An SNS without topics. */
export function createSns(deliveries: Deliveries, queues: Queues): Sns {
  const topics = new Topics(deliveries, queues);
  const api = snsApi(topics);
  return { api, services: [optimised(api), sdk(api)], topics };
}

const EXCEPTIONS: ReadonlySet<string> = new Set([
  'BatchEntryIdsNotDistinct',
  'EmptyBatchRequest',
  'InvalidBatchEntryId',
  'InvalidParameter',
  'InvalidParameterValueException',
  'NotFound',
  'TooManyEntriesInBatchRequest',
]);
const OPTIMISED: ServiceNames = {
  prefix: 'SNS',
  service: 'AmazonSNS',
  baseException: 'AmazonSNSException',
  exceptions: EXCEPTIONS,
  olderCodes: { InvalidParameterValueException: 'ParameterValueInvalid' },
};
const SDK: ServiceNames = { prefix: 'Sns', service: 'Sns', baseException: 'SnsException', exceptions: EXCEPTIONS };

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
const optimised = (api: Api): Service =>
  optimisedService(api, 'sns', {
    names: OPTIMISED,
    actions: { publish: { parameters: publishAny, toRequest: withTextMessage, headers } },
  });

/** A message that is no text is published as JSON. */
function withTextMessage(request: JsonObject): JsonObject {
  const message = get(request, 'Message') ?? null;
  return { ...request, Message: message === null ? '' : typeof message === 'string' ? message : renderJson(message) };
}

const headers = (response: JsonObject, { requestId, epochMs }: Exchange): readonly Header[] => [
  ['x-amzn-RequestId', requestId],
  ['connection', 'keep-alive'],
  ['Content-Length', String(Buffer.byteLength(publishXml(response, requestId)))],
  ['Date', httpDate(epochMs)],
  ['Content-Type', 'text/xml'],
];

/** The body of SNS's response, for its length: 294 bytes for a standard topic, as recorded. */
function publishXml(response: JsonObject, requestId: string): string {
  const sequenceNumber = stringField(response, 'SequenceNumber');
  return [
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">',
    '  <PublishResult>',
    `    <MessageId>${stringField(response, 'MessageId')}</MessageId>`,
    ...(sequenceNumber === undefined ? [] : [`    <SequenceNumber>${sequenceNumber}</SequenceNumber>`]),
    '  </PublishResult>',
    '  <ResponseMetadata>',
    `    <RequestId>${requestId}</RequestId>`,
    '  </ResponseMetadata>',
    '</PublishResponse>',
    '',
  ].join('\n');
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const sdk = (api: Api): Service =>
  sdkService(api, {
    names: SDK,
    actions: { publish: { parameters: publish }, publishBatch: { parameters: publishBatch } },
  });
