import { memberOf } from '../position';
import { constantNumber } from './constant';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const load = (ToleratedFailurePercentage: number) =>
  workflow({
    Load: {
      Type: 'Map',
      ItemsPath: '$.rows',
      MaxConcurrency: 100,
      ToleratedFailurePercentage,
      ItemProcessor: {
        ...workflow({ Row: { ...invoke('load-row'), End: true } }),
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      },
      End: true,
    },
  });

export const rule: Rule = {
  id: 'tolerance-hides-failure',
  summary: 'A Distributed Map tolerates that every item fails',
  why: 'A Map Run in which nothing worked is SUCCEEDED, and nobody reads the manifest.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html · https://github.com/floci-io/floci/pull/3605',
  failing: { definition: load(100) },
  corrected: { definition: load(5) },
  check: ({ nodes }) =>
    nodes.flatMap(({ name, state, position }) =>
      state.Type === 'Map' && constantNumber(state.ToleratedFailurePercentage) === 100
        ? [
            {
              at: memberOf(position, 'ToleratedFailurePercentage'),
              message: `"${name}" succeeds also when all its items fail`,
              hint: 'tolerate what is usual, and look at the counts of DescribeMapRun or at FAILED_n.json',
            },
          ]
        : [],
    ),
};
