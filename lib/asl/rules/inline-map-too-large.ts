import { allNodes } from '../workflow';
import { invoke, workflow } from './example';
import { eventsPerRound } from './loop-facts';
import type { Rule } from './rule';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_EVENTS = 25_000;

const each = (count: number) =>
  workflow({
    Numbers: { Type: 'Pass', Result: { numbers: Array.from({ length: count }, (_, index) => index) }, Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.numbers',
      ItemProcessor: workflow({
        Work: { ...invoke('work'), ResultPath: null, Next: 'Note' },
        Note: { ...invoke('note'), ResultPath: null, Next: 'Tell' },
        Tell: { ...invoke('tell'), ResultPath: null, Next: 'Check' },
        Check: { ...invoke('check'), End: true },
      }),
      End: true,
    },
  });

export const rule: Rule = {
  id: 'inline-map-too-large',
  summary: 'An inline Map writes more than 25,000 events',
  why: 'The execution fails with States.Runtime: The execution reached the maximum number of history events (25000). Nothing catches it.',
  source:
    'https://github.com/aws-samples/aws-organizations-tag-inventory/issues/16 · https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  failing: { definition: each(1200) },
  corrected: { definition: each(100) },
  check: ({ nodes, flow }) =>
    nodes.flatMap((node) => {
      const [inner] = node.inside;
      if (node.state.Type !== 'Map' || inner?.kind !== 'iteration' || inner.type !== 'STANDARD') return [];
      const items = flow.items.get(node);
      // A branching iteration passes through some of its states only.
      const states = allNodes(inner);
      if (
        items === undefined ||
        states.some(({ state }) => state.Type === 'Choice' || ('Catch' in state && state.Catch !== undefined))
      )
        return [];
      const events = items * (2 + eventsPerRound(states));
      return events <= MAX_EVENTS
        ? []
        : [
            {
              at: node.position,
              message: `"${node.name}" writes ${events} events for its ${items} items`,
              hint: 'use a Distributed Map, whose children have histories of their own',
            },
          ];
    }),
};
