import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';

/** A message as a topic publishes it. */
export interface Publication {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  /** What this subscription's protocol is given. */
  readonly message: string;
  readonly messageAttributes: JsonObject;
  /** Virtual time, milliseconds since 1970. */
  readonly publishedAtMs: number;
  readonly sequenceNumber: string | undefined;
}

/** Nobody signs what is simulated. */
const SIGNATURE = 'U2ltdWxhdGVk';

const attributesOf = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]): [string, Json] => {
      const fields = isObject(attribute) ? attribute : {};
      return [
        name,
        { Type: get(fields, 'DataType') ?? '', Value: get(fields, 'StringValue') ?? get(fields, 'BinaryValue') ?? '' },
      ];
    }),
  );

const urls = (topicArn: string, subscriptionArn: string) => {
  const region = topicArn.split(':')[3] ?? '';
  const host = `https://sns.${region}.amazonaws.com`;
  return {
    certificate: `${host}/SimpleNotificationService-00000000000000000000000000000000.pem`,
    unsubscribe: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
  };
};

/**
 * What a queue gets without raw message delivery, as SNS writes it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-notification-json
 */
export function notificationText(publication: Publication, subscriptionArn: string): string {
  const { messageId, topicArn, subject, message, messageAttributes, publishedAtMs, sequenceNumber } = publication;
  const { certificate, unsubscribe } = urls(topicArn, subscriptionArn);
  const notification = {
    Type: 'Notification',
    MessageId: messageId,
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: new Date(publishedAtMs).toISOString(),
    // Topics that are first in, first out, are not signed.
    ...(sequenceNumber === undefined ? { SignatureVersion: '1', Signature: SIGNATURE, SigningCertURL: certificate } : {}),
    UnsubscribeURL: unsubscribe,
    ...(Object.keys(messageAttributes).length === 0 ? {} : { MessageAttributes: attributesOf(messageAttributes) }),
  };
  // SNS puts blanks around the colons that JSON.stringify does not.
  return JSON.stringify(notification, undefined, 2).replaceAll(/^(\s*"(?:[^"\\]|\\.)*"):/gm, '$1 :');
}

/** What a function gets. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function snsEvent(publication: Publication, subscriptionArn: string): Json {
  const { messageId, topicArn, subject, message, messageAttributes, publishedAtMs } = publication;
  const { certificate, unsubscribe } = urls(topicArn, subscriptionArn);
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: message,
          Timestamp: new Date(publishedAtMs).toISOString(),
          SignatureVersion: '1',
          Signature: SIGNATURE,
          SigningCertUrl: certificate,
          UnsubscribeUrl: unsubscribe,
          MessageAttributes: attributesOf(messageAttributes),
        },
      },
    ],
  };
}
