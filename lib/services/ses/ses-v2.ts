import { isObject } from '../../json/json';
import type { Json } from '../../json/json';
import { get } from '../../json/with-field';
import { stringField } from '../parameter-types';
import type { EmailContent } from './email';
import { sendEmailV2 } from './parameters';
import { recipients, simpleContent, strings, textAt } from './ses-api';
import type { Refuse, SesApi } from './ses-api';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/Welcome.html */
export const SES_V2: SesApi = {
  name: 'sesv2',
  parameters: sendEmailV2,
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
    const content = contentOf(get(request, 'Content'), refuse);
    const from = stringField(request, 'FromEmailAddress');
    if (from === undefined && content.kind !== 'raw') refuse("Missing required header 'From'.");
    const replyTo = strings(get(request, 'ReplyToAddresses'));
    return { from, ...recipients(get(request, 'Destination'), content, refuse), replyTo, content };
  },
};

function contentOf(content: Json | undefined, refuse: Refuse): EmailContent {
  const [first, ...more] = isObject(content) ? Object.entries(content) : [];
  if (first === undefined || more.length > 0) return refuse('Content must have exactly one of Simple, Raw and Template.');
  const [kind, value] = first;
  if (kind === 'Simple') return simpleContent(value, refuse);
  if (kind === 'Template') return { kind: 'template', template: value };
  return { kind: 'raw', data: textAt(value, 'Data') ?? refuse('Raw message must have Data.') };
}
