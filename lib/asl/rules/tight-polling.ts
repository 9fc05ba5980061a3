import { isPolling, secondsPerRound, countsRounds } from './loop-facts';
import { poll } from './example';
import type { Rule } from './rule';

/** A Wait shorter than this is paid for mostly in state transitions. */
const SHORT_SECONDS = 5;

export const rule: Rule = {
  id: 'tight-polling',
  summary: 'A Standard workflow polls every few seconds',
  why: 'Every round is some three paid state transitions: $0.27 for an hour of waiting with one-second rounds.',
  source: 'https://github.com/aws-samples/aws-serverless-airline-booking/issues/116 · https://github.com/loads/ardere/issues/86',
  failing: { definition: poll(1, { TimeoutSeconds: 1800 }) },
  corrected: { definition: poll(30, { TimeoutSeconds: 1800 }) },
  check: ({ loops }) =>
    loops.flatMap((loop) => {
      const [first] = loop;
      const seconds = secondsPerRound(loop);
      if (first === undefined || first.scope.type !== 'STANDARD' || seconds === undefined || seconds === 0) return [];
      if (seconds >= SHORT_SECONDS || !isPolling(loop) || countsRounds(loop)) return [];
      return [
        {
          at: first.position,
          message: `The loop ${loop.map(({ name }) => `"${name}"`).join(' → ')} goes round every ${seconds} s, and each round is ${loop.length} paid transitions`,
          hint: 'wait with .sync or a task token, wait longer, or use an Express workflow',
        },
      ];
    }),
};
