import { eventsPerRound, isPolling, countsRounds, secondsPerRound } from './loop-facts';
import { poll } from './example';
import type { Rule } from './rule';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_EVENTS = 25_000;
/** A loop that gets to the limit later than this is most likely left before. */
const LONG_SECONDS = 24 * 3600;

export const rule: Rule = {
  id: 'polling-eats-history',
  summary: 'A polling loop gets to the limit of 25,000 events, and nothing ends it before',
  why: 'After hours the execution fails with States.Runtime: The execution reached the maximum number of history events (25000). Nothing catches it.',
  source:
    'https://github.com/aws-solutions/distributed-load-testing-on-aws/issues/335 · https://github.com/aws-samples/amazon-omics-end-to-end-genomics/issues/3',
  failing: { definition: poll(10, {}) },
  corrected: { definition: poll(10, { TimeoutSeconds: 14_400 }) },
  check: ({ definition, loops }) =>
    loops.flatMap((loop) => {
      const [first] = loop;
      const seconds = secondsPerRound(loop);
      if (first === undefined || first.scope.type !== 'STANDARD' || seconds === undefined || seconds === 0) return [];
      if (!isPolling(loop) || countsRounds(loop)) return [];
      const limitSeconds = Math.floor(MAX_EVENTS / eventsPerRound(loop)) * seconds;
      const ends = first.scope.kind === 'children' ? undefined : definition.TimeoutSeconds;
      if (limitSeconds > LONG_SECONDS || (ends !== undefined && ends <= limitSeconds)) return [];
      return [
        {
          at: first.position,
          message: `The loop ${loop.map(({ name }) => `"${name}"`).join(' → ')} writes ${eventsPerRound(loop)} events every ${seconds} s: after ${(limitSeconds / 3600).toFixed(1)} h the execution has ${MAX_EVENTS}`,
          hint: `wait with .sync or a task token, wait longer, count the rounds, or ${
            ends === undefined ? 'set TimeoutSeconds' : `lower TimeoutSeconds, which is ${ends}, to at most ${limitSeconds}`
          }`,
        },
      ];
    }),
};
