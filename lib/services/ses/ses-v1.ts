import { get } from '../../json/with-field';
import { stringField } from '../parameter-types';
import { sendEmailV1 } from './parameters';
import { recipients, simpleContent, strings } from './ses-api';
import type { SesApi } from './ses-api';

/** https://docs.aws.amazon.com/ses/latest/APIReference/Welcome.html */
export const SES_V1: SesApi = {
  name: 'ses',
  parameters: sendEmailV1,
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
    const content = simpleContent(get(request, 'Message'), refuse);
    const replyTo = strings(get(request, 'ReplyToAddresses'));
    return {
      from: stringField(request, 'Source'),
      ...recipients(get(request, 'Destination'), content, refuse),
      replyTo,
      content,
    };
  },
};
