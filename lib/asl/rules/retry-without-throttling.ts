import { memberOf } from '../position';
import { isRetrying, retriersOf } from './error-names';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const charge = (...names: string[]) =>
  workflow({
    Charge: {
      ...invoke('charge'),
      Retry: [{ ErrorEquals: ['Lambda.ServiceException', ...names], IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2 }],
      End: true,
    },
  });
const THROTTLED = 'Lambda.TooManyRequestsException';

export const rule: Rule = {
  id: 'retry-without-throttling',
  summary: "A task retries Lambda's transient errors, but not throttling",
  why: 'Under load Lambda refuses invocations with Lambda.TooManyRequestsException, and each of them ends an execution. The Retrier that aws-cdk makes for LambdaInvoke lacks it.',
  source:
    'https://github.com/aws-samples/amazon-textract-idp-cdk-constructs/issues/94 · https://github.com/awsdocs/aws-step-functions-developer-guide/issues/74',
  failing: { definition: charge('Lambda.AWSLambdaException') },
  corrected: { definition: charge('Lambda.AWSLambdaException', THROTTLED) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const { resource } = node;
      const isLambda = resource?.kind === 'lambda' || (resource?.kind === 'service' && resource.resourceType === 'lambda');
      const names = retriersOf(node)
        .filter(isRetrying)
        .flatMap(({ ErrorEquals }) => ErrorEquals);
      const isTransient = names.includes('Lambda.ServiceException') || names.includes('Lambda.AWSLambdaException');
      if (!isLambda || !isTransient) return [];
      if ([THROTTLED, 'States.ALL', 'States.TaskFailed'].some((name) => names.includes(name))) return [];
      return [
        {
          at: memberOf(node.position, 'Retry'),
          message: `"${node.name}" does not retry ${THROTTLED}`,
          hint: `add ${THROTTLED} to the Retrier, with "JitterStrategy": "FULL"`,
        },
      ];
    }),
};
