import { elementOf, memberOf } from '../position';
import { catchersOf, retriersOf } from './error-names';
import { invoke, workflow } from './example';
import type { Finding, Rule } from './rule';

const charge = (...names: string[][]) =>
  workflow({
    Charge: {
      ...invoke('charge'),
      Catch: names.map((ErrorEquals) => ({ ErrorEquals, ResultPath: '$.error', Next: 'Refused' })),
      End: true,
    },
    Refused: { Type: 'Fail', Error: 'Refused' },
  });

export const rule: Rule = {
  id: 'catcher-never-reached',
  summary: 'A Retrier or Catcher stands behind one that takes all of its errors',
  why: 'The first that matches is taken: one that names nothing new is never reached.',
  source: 'https://states-language.net/spec.html#fallback-states',
  failing: { definition: charge(['Declined', 'Expired'], ['Expired']) },
  corrected: { definition: charge(['Declined'], ['Expired']) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const findings: Finding[] = [];
      const look = (field: 'Retry' | 'Catch', lists: readonly (readonly string[])[]): void => {
        const before = new Set<string>();
        lists.forEach((names, index) => {
          const isTaken = (name: string): boolean =>
            before.has(name) || (before.has('States.TaskFailed') && !name.startsWith('States.'));
          if (names.every(isTaken))
            findings.push({
              at: elementOf(memberOf(node.position, field), index),
              message: `${field}[${index}] is never reached: what stands before it takes ${names.join(', ')}`,
              hint: 'put it before, or take it out',
            });
          names.forEach((name) => before.add(name));
        });
      };
      look(
        'Retry',
        retriersOf(node).map(({ ErrorEquals }) => ErrorEquals),
      );
      look(
        'Catch',
        catchersOf(node).map(({ ErrorEquals }) => ErrorEquals),
      );
      return findings;
    }),
};
