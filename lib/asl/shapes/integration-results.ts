import type { JsonObject } from '../../json/json';
import type { ServiceResource } from '../resource';
import { arrayOf, closed, NUMBER, type ObjectShape, open, type Shape, text, UNKNOWN, withMaybe } from './shape';

// What AWS adds to the answers of optimised integrations (recorded).
const SDK: Readonly<Record<string, Shape>> = { SdkHttpMetadata: open({}), SdkResponseMetadata: open({}) };

/** An attribute value of DynamoDB: one of its types, each of which may be missing. */
const attribute = (): ObjectShape =>
  withMaybe(closed({}, 'a DynamoDB attribute value, such as { "S": … } or { "N": … }'), {
    S: text(),
    N: text({ holds: 'number', origin: 'DynamoDB gives numbers as strings' }),
    B: text(),
    BOOL: { kind: 'scalar', type: 'boolean' },
    NULL: { kind: 'scalar', type: 'boolean' },
    L: { kind: 'array', item: UNKNOWN },
    M: open({}),
    SS: arrayOf(text()),
    NS: arrayOf(text({ holds: 'number', origin: 'DynamoDB gives numbers as strings' })),
    BS: arrayOf(text()),
  });

/** Attributes by name. Which there are is not known; each is an attribute value. */
const ATTRIBUTES = open({}, 'the item that DynamoDB found', attribute());

const dynamodb = (...lists: readonly string[]): ObjectShape =>
  withMaybe(closed(SDK, 'the answer of DynamoDB'), {
    ...Object.fromEntries(lists.map((name) => [name, ATTRIBUTES])),
    ConsumedCapacity: open({}),
    ItemCollectionMetrics: open({}),
  });

const started = closed(
  { ExecutionArn: text(), StartDate: NUMBER, ...SDK },
  'the answer of StartExecution, which does not wait for the child',
);

const finished = (output: Shape): ObjectShape =>
  open({
    ExecutionArn: text(),
    Name: text(),
    Output: output,
    StartDate: NUMBER,
    StateMachineArn: text(),
    Status: text(),
    StopDate: NUMBER,
  });

/**
 * What optimised integrations answer, by `service:action` and pattern; a request-response pattern has no suffix. What is not here is
 * unknown. From recorded answers; https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
const RESULTS: Readonly<Record<string, Shape>> = {
  'lambda:invoke': withMaybe(
    closed(
      { ExecutedVersion: text(), Payload: UNKNOWN, StatusCode: NUMBER, ...SDK },
      'the answer of lambda:invoke, which holds the result of the function in Payload',
    ),
    { LogResult: text() },
  ),
  'dynamodb:getItem': dynamodb('Item'),
  'dynamodb:putItem': dynamodb('Attributes'),
  'dynamodb:updateItem': dynamodb('Attributes'),
  'dynamodb:deleteItem': dynamodb('Attributes'),
  'sqs:sendMessage': withMaybe(closed({ MD5OfMessageBody: text(), MessageId: text(), ...SDK }, 'the answer of sqs:sendMessage'), {
    MD5OfMessageAttributes: text(),
    MD5OfMessageSystemAttributes: text(),
    SequenceNumber: text(),
  }),
  'sns:publish': withMaybe(closed({ MessageId: text(), ...SDK }, 'the answer of sns:publish'), { SequenceNumber: text() }),
  'events:putEvents': closed({ Entries: arrayOf(open({})), FailedEntryCount: NUMBER, ...SDK }, 'the answer of events:putEvents'),
  'states:startExecution': started,
  'states:startExecution.sync': finished(
    text({ holds: 'json', origin: '.sync gives the Output of the child as JSON text; .sync:2 gives it parsed' }),
  ),
  'states:startExecution.sync:2': finished(UNKNOWN),
  'bedrock:invokeModel': open({ Body: UNKNOWN }, 'the answer of bedrock:invokeModel, which holds what the model said in Body'),
  'apigateway:invoke': open({ ResponseBody: UNKNOWN, StatusCode: NUMBER }, 'the answer of apigateway:invoke, with ResponseBody'),
  'http:invoke': open({ ResponseBody: UNKNOWN, StatusCode: NUMBER }, 'the answer of http:invoke, with ResponseBody'),
};

/** What Claude answers: text, in a list of contents. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html */
const CLAUDE = open(
  {
    Body: withMaybe(
      closed(
        {
          content: arrayOf(withMaybe(open({ type: text() }), { text: text({ origin: 'what the model says is text' }) })),
          model: text(),
          role: text(),
        },
        'the answer of the Messages API, which holds what the model said in content[0].text',
      ),
      Object.fromEntries(
        ['id', 'type', 'stop_reason', 'stop_sequence', 'usage', 'container', 'context_management'].map((name) => [name, UNKNOWN]),
      ),
    ),
  },
  'the answer of bedrock:invokeModel, which holds what the model said in Body',
);

/** What a service task answers, as far as it is known. A callback answers with whatever it was sent. */
export function resultOf({ resourceType, action, pattern }: ServiceResource, request: JsonObject | undefined): Shape {
  if (pattern === 'waitForTaskToken') return UNKNOWN;
  const suffix = pattern === 'requestResponse' ? '' : `.${pattern}`;
  const key = `${resourceType}:${action}${suffix}`;
  const known = Object.hasOwn(RESULTS, key) ? RESULTS[key] : undefined;
  if (known === undefined) return UNKNOWN;
  const model = request?.['ModelId'];
  if (key === 'bedrock:invokeModel' && typeof model === 'string' && /anthropic\.claude-(?!v|instant)/.test(model)) return CLAUDE;
  // InvocationType Event or DryRun: Lambda answers with nothing, or nothing is known.
  const type = request?.['InvocationType'] ?? request?.['InvocationType.$'];
  return key === 'lambda:invoke' && type !== undefined && type !== 'RequestResponse' ? UNKNOWN : known;
}
