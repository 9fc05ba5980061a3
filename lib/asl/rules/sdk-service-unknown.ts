import { tryFindMeantService } from '../../aws-sdk/services';
import { memberOf } from '../position';
import { workflow } from './example';
import type { Rule } from './rule';

const read = (service: string) =>
  workflow({
    Read: {
      Type: 'Task',
      Resource: `arn:aws:states:::aws-sdk:${service}:getSecretValue`,
      Parameters: { SecretId: 'card-service' },
      End: true,
    },
  });

const SDK = 'aws-sdk:';

export const rule: Rule = {
  id: 'sdk-service-unknown',
  summary: 'An SDK integration names a service that nobody knows, and that is spelt much like another',
  why: 'CreateStateMachine refuses a service that it does not have: The resource provided … is not recognized. It is a warning here, because AWS has new services every month.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html',
  failing: { definition: read('secretmanager') },
  corrected: { definition: read('secretsmanager') },
  check: ({ nodes }) =>
    nodes.flatMap(({ name, resource, position }) => {
      if (resource?.kind !== 'service' || !resource.resourceType.startsWith(SDK)) return [];
      const service = resource.resourceType.slice(SDK.length);
      const meant = tryFindMeantService(service);
      if (meant === undefined) return [];
      return [
        {
          at: memberOf(position, 'Resource'),
          message: `"${name}" calls ${resource.resourceType}:${resource.action}, and no service "${service}" is known`,
          hint: `write ${SDK}${meant}:${resource.action}`,
        },
      ];
    }),
};
