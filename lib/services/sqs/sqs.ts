import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import type { Api } from '../api';
import type { Deliveries } from '../deliveries';
import { optimisedService, sdkService } from '../integrations';
import type { Exchange, IntegratedOperation } from '../integrations';
import type { StructureType } from '../parameter-types';
import { httpDate } from '../sdk-metadata';
import type { Header } from '../sdk-metadata';
import type { Service } from '../service';
import type { ServiceNames } from '../service-error';
import { SQS_PARAMETERS, sendAnyMessage } from './parameters';
import { Queues } from './queues';
import { sqsApi } from './sqs-api';

/** A simulated SQS. */
export interface Sqs {
  readonly api: Api;
  /** `sqs` and `aws-sdk:sqs`. */
  readonly services: readonly Service[];
  readonly queues: Queues;
}

/** An SQS without queues. */
export function createSqs(deliveries: Deliveries): Sqs {
  const queues = new Queues(deliveries);
  const api = sqsApi(queues);
  return { api, services: [optimised(api), sdk(api)], queues };
}

const COMMON = {
  exceptions: new Set([
    'BatchEntryIdsNotDistinct',
    'BatchRequestTooLong',
    'EmptyBatchRequest',
    'InvalidAttributeName',
    'InvalidBatchEntryId',
    'InvalidMessageContents',
    'PurgeQueueInProgress',
    'QueueDoesNotExist',
    'ReceiptHandleIsInvalid',
    'TooManyEntriesInBatchRequest',
  ]),
};
const OPTIMISED: ServiceNames = {
  prefix: 'SQS',
  service: 'AmazonSQS',
  baseException: 'AmazonSQSException',
  // The code that SQS has had since before it spoke JSON.
  olderCodes: { QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue' },
  ...COMMON,
};
const SDK: ServiceNames = { prefix: 'Sqs', service: 'Sqs', baseException: 'SqsException', ...COMMON };

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
const optimised = (api: Api): Service =>
  optimisedService(api, 'sqs', {
    names: OPTIMISED,
    actions: { sendMessage: { parameters: sendAnyMessage, toRequest: withTextBody, headers } },
  });

/** A body that is no text is sent as JSON. Null is none at all (recorded). */
function withTextBody(request: JsonObject): JsonObject {
  const body = get(request, 'MessageBody') ?? null;
  return { ...request, MessageBody: body === null ? '' : typeof body === 'string' ? body : renderJson(body) };
}

const headers = (response: JsonObject, { requestId, epochMs }: Exchange): readonly Header[] => [
  ['x-amzn-RequestId', requestId],
  ['connection', 'keep-alive'],
  ['Content-Length', String(Buffer.byteLength(renderJson(response)))],
  ['Date', httpDate(epochMs)],
  ['Content-Type', 'application/x-amz-json-1.0'],
];

const sdk = (api: Api): Service =>
  sdkService(api, {
    names: SDK,
    actions: Object.fromEntries(
      Object.entries<StructureType>(SQS_PARAMETERS).map(([name, parameters]): [string, IntegratedOperation] => [
        name,
        { parameters, toResult: withSdkNames },
      ]),
    ),
  });

/** The SDK for Java names members after its methods: `md5OfMessageBody()`. */
function withSdkNames(value: Json): Json {
  if (isArray(value)) return value.map(withSdkNames);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/^MD5/, 'Md5'),
      name === 'MessageAttributes' || name === 'Attributes' ? member : withSdkNames(member),
    ]),
  );
}
