import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import type { TaskCall } from '../../simulator/task-call';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { structureAction } from '../service';
import type { Service } from '../service';
import { sdkError } from '../service-error';
import type { ServiceNames } from '../service-error';
import type { Email, EmailContent } from './email';
import { sendEmailV1, sendEmailV2 } from './parameters';

/** A simulated SES. Sending takes no time, nothing leaves the process, and every address is verified unless it is rejected. */
export interface Ses {
  /** `aws-sdk:sesv2` and `aws-sdk:ses`. SES has no optimised integration. */
  readonly services: readonly Service[];
  /** What has been sent, in the order of the calls. Grows while executions run. */
  readonly outbox: readonly Email[];
}

/** How a simulated SES behaves. */
export interface SesOptions {
  /**
   * Addresses, of senders or recipients, with which SES answers `MessageRejected` as it does for an address that is not verified.
   * Compared without regard to case. @default - none
   */
  readonly rejectedAddresses?: readonly string[];
}

/** A SES with an empty outbox. */
export function createSes({ rejectedAddresses = [] }: SesOptions = {}): Ses {
  const outbox: Email[] = [];
  const rejected = new Set(rejectedAddresses.map((address) => address.toLowerCase()));

  const service = (resourceType: string, parameters: StructureType, api: Api): Service => ({
    resourceType,
    actions: {
      sendEmail: structureAction(parameters, (request, call) => {
        const requestId = call.uuid();
        const messageId = `0100${call.uuid().replaceAll('-', '').slice(0, 12)}-${call.uuid()}-000000`;
        const refuse = (code: string, message: string): never => {
          throw sdkError(api.names, { code, message, statusCode: 400, requestId });
        };
        const email = api.read(request, (message) => refuse(api.badRequest, message));
        const addresses = [
          ...(email.from === undefined ? [] : [email.from]),
          ...email.to,
          ...email.cc,
          ...email.bcc,
          ...email.replyTo,
        ];
        for (const address of addresses) checkAddress(address, (message) => refuse(api.badRequest, message));
        const failing = addresses.filter((address) => rejected.has(bareAddress(address).toLowerCase()));
        if (failing.length > 0) refuse('MessageRejected', unverified(failing, call));
        outbox.push({ messageId, sentAtMs: call.epochMs, state: call.state, executionArn: call.executionArn, ...email });
        return { MessageId: messageId };
      }),
    },
  });
  return { services: [service('aws-sdk:sesv2', sendEmailV2, V2), service('aws-sdk:ses', sendEmailV1, V1)], outbox };
}

/** What the two versions of SES's API have of their own. */
interface Api {
  readonly names: ServiceNames;
  /** Code of an invalid request. */
  readonly badRequest: string;
  /** Reads the request; `refuse` throws the service's error. */
  read(request: JsonObject, refuse: (message: string) => never): Draft;
}
type Draft = Pick<Email, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo' | 'content'>;

const V2: Api = {
  names: {
    prefix: 'SesV2',
    service: 'SesV2',
    baseException: 'SesV2Exception',
    exceptions: new Set([
      'AccountSuspendedException',
      'BadRequestException',
      'LimitExceededException',
      'MailFromDomainNotVerifiedException',
      'MessageRejected',
      'NotFoundException',
      'SendingPausedException',
      'TooManyRequestsException',
    ]),
  },
  badRequest: 'BadRequestException',
  read: (request, refuse) => {
    const content = contentV2(get(request, 'Content'), refuse);
    const from = stringField(request, 'FromEmailAddress');
    if (from === undefined && content.kind !== 'raw') refuse("Missing required header 'From'.");
    const draft = {
      from,
      ...recipients(get(request, 'Destination')),
      replyTo: strings(get(request, 'ReplyToAddresses')),
      content,
    };
    if (content.kind !== 'raw' && recipientCount(draft) === 0) refuse('At least one recipient is required.');
    return within50(draft, refuse);
  },
};

const V1: Api = {
  names: {
    prefix: 'Ses',
    service: 'Ses',
    baseException: 'SesException',
    exceptions: new Set([
      'MessageRejected',
      'MailFromDomainNotVerifiedException',
      'ConfigurationSetDoesNotExistException',
      'AccountSendingPausedException',
    ]),
  },
  badRequest: 'InvalidParameterValue',
  read: (request, refuse) => {
    const draft = {
      from: stringField(request, 'Source'),
      ...recipients(get(request, 'Destination')),
      replyTo: strings(get(request, 'ReplyToAddresses')),
      content: simpleContent(get(request, 'Message'), refuse),
    };
    if (recipientCount(draft) === 0) refuse('At least one recipient is required.');
    return within50(draft, refuse);
  },
};

function contentV2(content: Json | undefined, refuse: (message: string) => never): EmailContent {
  const [first, ...more] = isObject(content) ? Object.entries(content) : [];
  if (first === undefined || more.length > 0) return refuse('Content must have exactly one of Simple, Raw and Template.');
  const [kind, value] = first;
  if (kind === 'Simple') return simpleContent(value, refuse);
  if (kind === 'Template') return { kind: 'template', template: value };
  return { kind: 'raw', data: textAt(value, 'Data') ?? refuse('Raw message must have Data.') };
}

function simpleContent(message: Json | undefined, refuse: (message: string) => never): EmailContent {
  const text = textAt(message, 'Body', 'Text', 'Data');
  const html = textAt(message, 'Body', 'Html', 'Data');
  if (text === undefined && html === undefined) refuse('The message body must have Text or Html.');
  return {
    kind: 'simple',
    subject: textAt(message, 'Subject', 'Data') ?? refuse('The message must have a Subject.'),
    text,
    html,
  };
}

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html: 50 recipients a message. */
function within50(draft: Draft, refuse: (message: string) => never): Draft {
  return recipientCount(draft) > 50 ? refuse('Recipient count exceeds 50.') : draft;
}

const recipientCount = ({ to, cc, bcc }: Pick<Draft, 'to' | 'cc' | 'bcc'>): number => to.length + cc.length + bcc.length;

const recipients = (destination: Json | undefined) => ({
  to: strings(member(destination, 'ToAddresses')),
  cc: strings(member(destination, 'CcAddresses')),
  bcc: strings(member(destination, 'BccAddresses')),
});

/** `"Name" <a@b.example>` → `a@b.example`. */
const bareAddress = (address: string): string => /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address.trim();

/** SES's own words for an address that cannot be one. */
function checkAddress(address: string, refuse: (message: string) => never): void {
  const bare = bareAddress(address);
  if (!bare.includes('@')) refuse("Missing final '@domain'");
  if (bare.startsWith('@')) refuse('Missing local name');
  if (bare.endsWith('@')) refuse('Missing domain');
  if (/\s/.test(bare)) refuse('Local address contains control or whitespace');
}

const unverified = (addresses: readonly string[], { region }: TaskCall): string =>
  `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${addresses.map(bareAddress).join(', ')}`;

const member = (value: Json | undefined, key: string): Json | undefined => (isObject(value) ? get(value, key) : undefined);

function textAt(value: Json | undefined, ...keys: readonly string[]): string | undefined {
  const found = keys.reduce(member, value);
  return typeof found === 'string' ? found : undefined;
}

const strings = (value: Json | undefined): readonly string[] =>
  isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
