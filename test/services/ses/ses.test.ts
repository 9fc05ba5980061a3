import { combineServices } from '../../../lib/services/combine-services';
import { createSes } from '../../../lib/services/ses/ses';
import type { SesOptions } from '../../../lib/services/ses/ses';
import type { Service } from '../../../lib/services/service';
import type { Json, JsonObject } from '../../../lib/json/json';
import { StatesError } from '../../../lib/simulator/states-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';

const V2: JsonObject = {
  FromEmailAddress: 'Shop <shop@example.com>',
  Destination: { ToAddresses: ['ann@example.com'], BccAddresses: ['log@example.com'] },
  ReplyToAddresses: ['help@example.com'],
  Content: { Simple: { Subject: { Data: 'Thank you' }, Body: { Text: { Data: 'Your order is on its way.' } } } },
};
const V1: JsonObject = {
  Source: 'shop@example.com',
  Destination: { ToAddresses: ['ann@example.com'] },
  Message: { Subject: { Data: 'Thank you' }, Body: { Html: { Data: '<b>On its way</b>' } } },
};

const only = (resourceType: string, options?: SesOptions): Service => {
  const found = createSes(options).services.find((service) => service.resourceType === resourceType);
  if (found === undefined) throw new Error(resourceType);
  return found;
};

describeService('aws-sdk:sesv2', {
  create: () => only('aws-sdk:sesv2', { rejectedAddresses: ['Bounce@example.com'] }),
  succeeding: { action: 'sendEmail', parameters: V2 },
  failing: {
    action: 'sendEmail',
    parameters: { ...V2, Destination: { ToAddresses: ['Bo <bounce@EXAMPLE.com>'] } },
    error: 'SesV2.MessageRejectedException',
    cause:
      /^Email address is not verified\. The following identities failed the check in region EU-CENTRAL-1: bounce@EXAMPLE\.com \(Service: SesV2, Status Code: 400, Request ID: 00000000-0000-4000-8000-000000000001\) \(SDK Attempt Count: 1\)$/,
  },
  malformed: {
    action: 'sendEmail',
    parameters: { FromEmailAddress: 7, Destination: { ToAddresses: 'ann@example.com' }, Subject: 'x' },
    problems: [
      "The field 'Content' is required but was missing",
      "The value for the field 'FromEmailAddress' must be a STRING",
      "The value for the field 'ToAddresses' must be a LIST",
      'The field "Subject" is not supported by Step Functions',
    ],
  },
});

describeService('aws-sdk:ses', {
  create: () => only('aws-sdk:ses'),
  succeeding: { action: 'sendEmail', parameters: V1 },
  failing: {
    action: 'sendEmail',
    parameters: { ...V1, Source: 'nobody' },
    error: 'Ses.SesException',
    cause: /^Missing final '@domain' \(Service: Ses, Status Code: 400, Request ID: /,
  },
  malformed: {
    action: 'sendEmail',
    parameters: {},
    problems: ['Source', 'Destination', 'Message'].map((field) => `The field '${field}' is required but was missing`),
  },
});

function sending(resourceType: string, options?: SesOptions) {
  const { services, outbox } = createSes(options);
  const { perform } = combineServices(services);
  return { outbox, send: (parameters: Json) => perform(callOf(resourceType, 'sendEmail', parameters)).value as Json };
}

test('an accepted email stands in the outbox as it was sent', () => {
  const { outbox, send } = sending('aws-sdk:sesv2');
  const answer = send(V2);
  expect(outbox).toEqual([
    {
      messageId: (answer as { MessageId: string }).MessageId,
      sentAtMs: NOW_MS,
      state: 'Ask',
      executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:machine:run',
      from: 'Shop <shop@example.com>',
      to: ['ann@example.com'],
      cc: [],
      bcc: ['log@example.com'],
      replyTo: ['help@example.com'],
      content: { kind: 'simple', subject: 'Thank you', text: 'Your order is on its way.', html: undefined },
    },
  ]);
});

test('both versions of the API fill one outbox', () => {
  const { services, outbox } = createSes();
  const { perform } = combineServices(services);
  perform(callOf('aws-sdk:sesv2', 'sendEmail', { ...V2, Content: { Raw: { Data: 'RnJvbTo=' } } }));
  perform(callOf('aws-sdk:ses', 'sendEmail', V1));
  const template = { TemplateName: 'Thanks', TemplateData: '{"name":"Ann"}' };
  perform(callOf('aws-sdk:sesv2', 'sendEmail', { ...V2, Content: { Template: template } }));
  expect(outbox.map(({ content }) => content)).toEqual([
    { kind: 'raw', data: 'RnJvbTo=' },
    { kind: 'simple', subject: 'Thank you', text: undefined, html: '<b>On its way</b>' },
    { kind: 'template', template },
  ]);
});

test.each([
  ['no content', { Content: {} }, /exactly one of Simple, Raw and Template/],
  ['two contents', { Content: { Raw: { Data: 'eA==' }, Template: {} } }, /exactly one of Simple, Raw and Template/],
  ['no subject', { Content: { Simple: { Body: { Text: { Data: '' } } } } }, /must have a Subject/],
  ['no body', { Content: { Simple: { Subject: { Data: '' }, Body: {} } } }, /must have Text or Html/],
  ['no recipient', { Destination: {} }, /At least one recipient is required/],
  ['51 recipients', { Destination: { ToAddresses: Array<string>(51).fill('a@example.com') } }, /Recipient count exceeds 50/],
  ['an address without a domain', { Destination: { ToAddresses: ['ann'] } }, /Missing final '@domain'/],
  ['an empty address', { Destination: { ToAddresses: [''] } }, /Missing final '@domain'/],
  ['an address without a name', { FromEmailAddress: 'Shop <@example.com>' }, /Missing local name/],
])('SES v2 refuses %s, and nothing is sent', (_, more, message) => {
  const { outbox, send } = sending('aws-sdk:sesv2');
  expect(() => send({ ...V2, ...more })).toThrow(message);
  expect(() => send({ ...V2, ...more })).toThrow(expect.objectContaining({ error: 'SesV2.BadRequestException' }));
  expect(outbox).toEqual([]);
});

test('an empty subject and an empty body are an email', () => {
  const { outbox, send } = sending('aws-sdk:sesv2');
  send({ ...V2, Content: { Simple: { Subject: { Data: '' }, Body: { Text: { Data: '' } } } } });
  expect(outbox[0]?.content).toEqual({ kind: 'simple', subject: '', text: '', html: undefined });
});

test('a sender may be rejected too, and who fails is named', () => {
  const { send } = sending('aws-sdk:sesv2', { rejectedAddresses: ['shop@example.com', 'log@example.com'] });
  expect(() => send(V2)).toThrow(StatesError);
  expect(() => send(V2)).toThrow('shop@example.com, log@example.com');
});
