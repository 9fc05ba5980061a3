import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const each = (config: JsonObject) =>
  workflow({
    Each: {
      Type: 'Map',
      ItemsPath: '$.rows',
      MaxConcurrency: 20,
      ToleratedFailureCount: 3,
      ItemProcessor: { ...workflow({ Row: { ...invoke('load-row'), End: true } }), ...config },
      End: true,
    },
  });

/** Fields that only a Distributed Map looks at. */
const ONLY_DISTRIBUTED = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

export const rule: Rule = {
  id: 'ignored-map-fields',
  summary: 'An inline Map has fields that only a Distributed Map looks at',
  why: 'AWS takes the definition and ignores them: nothing is tolerated, read, batched or written.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html',
  failing: { definition: each({}) },
  corrected: { definition: each({ ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }) },
  check: ({ nodes }) =>
    nodes.flatMap(({ name, state, source, position, inside }) =>
      state.Type === 'Map' && inside[0]?.kind === 'iteration'
        ? ONLY_DISTRIBUTED.filter((field) => source[field] !== undefined).map((field) => ({
            at: memberOf(position, field),
            message: `"${name}" is an inline Map, which ignores ${field}`,
            hint: 'set "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": … }, or take it out',
          }))
        : [],
    ),
};
