import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import type { StructureType } from '../parameter-types';
import type { ServiceNames } from '../service-error';
import type { Email, EmailContent } from './email';

/** What a version of SES's API has of its own. */
export interface SesApi {
  /** As `aws-sdk:` integrations name it. */
  readonly name: string;
  readonly names: ServiceNames;
  /** Of `sendEmail`. */
  readonly parameters: StructureType;
  /** Code of an invalid request. */
  readonly badRequest: string;
  /** Reads a request of `sendEmail`; `refuse` throws the service's error. */
  read(request: JsonObject, refuse: Refuse): EmailDraft;
}

/** Throws the service's error with this message. */
export type Refuse = (message: string) => never;

/** An email as it is asked for. */
export type EmailDraft = Pick<Email, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo' | 'content'>;

/** Subject and body, which both versions have alike. */
export function simpleContent(message: Json | undefined, refuse: Refuse): EmailContent {
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

/** Most recipients of a message. https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MAX_RECIPIENTS = 50;

/** The addresses of a `Destination`. Refuses too many, and none unless the raw message may have them. */
export function recipients(
  destination: Json | undefined,
  content: EmailContent,
  refuse: Refuse,
): Pick<EmailDraft, 'to' | 'cc' | 'bcc'> {
  const [to, cc, bcc] = ['ToAddresses', 'CcAddresses', 'BccAddresses'].map((field) => strings(member(destination, field)));
  const found = { to: to ?? [], cc: cc ?? [], bcc: bcc ?? [] };
  const count = found.to.length + found.cc.length + found.bcc.length;
  if (count === 0 && content.kind !== 'raw') refuse('At least one recipient is required.');
  if (count > MAX_RECIPIENTS) refuse(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  return found;
}

const member = (value: Json | undefined, key: string): Json | undefined => (isObject(value) ? get(value, key) : undefined);

/** The text at a path of members. */
export function textAt(value: Json | undefined, ...keys: readonly string[]): string | undefined {
  const found = keys.reduce(member, value);
  return typeof found === 'string' ? found : undefined;
}

/** The texts of a list; none where there is no list. */
export const strings = (value: Json | undefined): readonly string[] =>
  isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
