import type { ParameterType, StructureType } from '../parameter-types';

const putEventsWith = (detail: ParameterType): StructureType => ({
  fields: {
    Entries: {
      list: {
        fields: {
          Time: 'STRING',
          Source: 'STRING',
          Resources: { list: 'STRING' },
          DetailType: 'STRING',
          Detail: detail,
          EventBusName: 'STRING',
          TraceHeader: 'STRING',
        },
      },
    },
    EndpointId: 'STRING',
  },
  required: ['Entries'],
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export const putEvents: StructureType = putEventsWith('STRING');

/** Of the optimised integration. https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
export const putAnyEvents: StructureType = putEventsWith('JSON');
