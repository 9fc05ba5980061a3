import type { StructureType } from '../parameter-types';

const content: StructureType = { fields: { Data: 'STRING', Charset: 'STRING' } };
const body: StructureType = { fields: { Text: content, Html: content } };
const destination: StructureType = {
  fields: { ToAddresses: { list: 'STRING' }, CcAddresses: { list: 'STRING' }, BccAddresses: { list: 'STRING' } },
};
const tags = { list: { fields: { Name: 'STRING', Value: 'STRING' } } } as const;
const extras = {
  Headers: { list: { fields: { Name: 'STRING', Value: 'STRING' } } },
  Attachments: { list: 'JSON' },
} as const;

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export const sendEmailV2: StructureType = {
  fields: {
    FromEmailAddress: 'STRING',
    FromEmailAddressIdentityArn: 'STRING',
    Destination: destination,
    ReplyToAddresses: { list: 'STRING' },
    FeedbackForwardingEmailAddress: 'STRING',
    FeedbackForwardingEmailAddressIdentityArn: 'STRING',
    Content: {
      fields: {
        Simple: { fields: { Subject: content, Body: body, ...extras } },
        Raw: { fields: { Data: 'STRING' } },
        Template: {
          fields: {
            TemplateName: 'STRING',
            TemplateArn: 'STRING',
            TemplateContent: { fields: { Subject: 'STRING', Text: 'STRING', Html: 'STRING' } },
            TemplateData: 'STRING',
            ...extras,
          },
        },
      },
    },
    EmailTags: tags,
    ConfigurationSetName: 'STRING',
    EndpointId: 'STRING',
    TenantName: 'STRING',
    ListManagementOptions: { fields: { ContactListName: 'STRING', TopicName: 'STRING' } },
  },
  required: ['Content'],
};

/** https://docs.aws.amazon.com/ses/latest/APIReference/API_SendEmail.html */
export const sendEmailV1: StructureType = {
  fields: {
    Source: 'STRING',
    SourceArn: 'STRING',
    Destination: destination,
    Message: { fields: { Subject: content, Body: body }, required: ['Subject', 'Body'] },
    ReplyToAddresses: { list: 'STRING' },
    ReturnPath: 'STRING',
    ReturnPathArn: 'STRING',
    Tags: tags,
    ConfigurationSetName: 'STRING',
  },
  required: ['Source', 'Destination', 'Message'],
};
