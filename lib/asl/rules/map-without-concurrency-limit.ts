import type { JsonObject } from '../../json/json';
import { allNodes } from '../workflow';
import { constantNumber } from './constant';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const load = (more: JsonObject) =>
  workflow({
    Load: {
      Type: 'Map',
      ItemsPath: '$.rows',
      ...more,
      ItemProcessor: {
        ...workflow({ Row: { ...invoke('load-row'), End: true } }),
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      },
      End: true,
    },
  });

export const rule: Rule = {
  id: 'map-without-concurrency-limit',
  summary: 'A Distributed Map runs as many children as it can, and they call services',
  why: "Up to 10,000 children at once take the account's Lambda concurrency, or the database, from everybody else.",
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html · https://github.com/aws-samples/review-and-assessment-powered-by-intelligent-documentation/issues/14',
  failing: { definition: load({}) },
  corrected: { definition: load({ MaxConcurrency: 50 }) },
  check: ({ nodes }) =>
    nodes.flatMap(({ name, state, position, inside }) => {
      if (state.Type !== 'Map' || inside[0]?.kind !== 'children' || state.MaxConcurrencyPath !== undefined) return [];
      const isLimited = state.MaxConcurrency !== undefined && constantNumber(state.MaxConcurrency) !== 0;
      if (isLimited || !inside.flatMap(allNodes).some(({ resource }) => resource !== undefined)) return [];
      return [
        {
          at: position,
          message: `"${name}" runs up to 10,000 children at once`,
          hint: 'set MaxConcurrency to what the called services bear',
        },
      ];
    }),
};
