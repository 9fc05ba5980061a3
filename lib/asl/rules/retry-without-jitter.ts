import type { JsonObject } from '../../json/json';
import { elementOf, memberOf } from '../position';
import type { StateNode } from '../workflow';
import { isRetrying, retriersOf } from './error-names';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const each = (more: JsonObject) =>
  workflow({
    Each: {
      Type: 'Map',
      ItemsPath: '$.orders',
      MaxConcurrency: 20,
      ItemProcessor: workflow({
        Charge: {
          ...invoke('charge'),
          Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 2, MaxAttempts: 6, ...more }],
          End: true,
        },
      }),
      End: true,
    },
  });

export const rule: Rule = {
  id: 'retry-without-jitter',
  summary: 'Iterations that run at once retry throttling at the same moments',
  why: 'Throttled together they come back together, and are throttled again.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  failing: { definition: each({}) },
  corrected: { definition: each({ JitterStrategy: 'FULL' }) },
  check: ({ nodes }) =>
    nodes.filter(runsBesideItself).flatMap((node) =>
      retriersOf(node).flatMap((retrier, index) =>
        isRetrying(retrier) &&
        retrier.JitterStrategy !== 'FULL' &&
        retrier.ErrorEquals.some((name) => /Throttl|TooManyRequests|Throughput/.test(name))
          ? [
              {
                at: elementOf(memberOf(node.position, 'Retry'), index),
                message: `The iterations of "${node.name}" retry throttling in step`,
                hint: 'set "JitterStrategy": "FULL"',
              },
            ]
          : [],
      ),
    ),
};

/** True for a task in a Map whose iterations run at once. */
const runsBesideItself = ({ scope }: StateNode): boolean => {
  const { parent } = scope;
  if (parent === undefined) return false;
  return (parent.state.Type === 'Map' && parent.state.MaxConcurrency !== 1) || runsBesideItself(parent);
};
