import { elementOf, memberOf } from '../position';
import { isCatchAll, isRetrying, retriersOf } from './error-names';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const charge = (MaxAttempts: number) =>
  workflow({
    Charge: { ...invoke('charge'), Retry: [{ ErrorEquals: ['CardService.Busy'], MaxAttempts, IntervalSeconds: 2 }], End: true },
  });

export const rule: Rule = {
  id: 'retry-never',
  summary: 'A Retrier with MaxAttempts 0 keeps no other Retrier from trying again',
  why: 'MaxAttempts 0 means never. It is of use only before a Retrier that would match the same error.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  failing: { definition: charge(0) },
  corrected: { definition: charge(3) },
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      retriersOf(node).flatMap((retrier, index, all) => {
        const excludes = all
          .slice(index + 1)
          .some(
            (later) =>
              isRetrying(later) && later.ErrorEquals.some((name) => isCatchAll(name) || retrier.ErrorEquals.includes(name)),
          );
        return isRetrying(retrier) || excludes
          ? []
          : [
              {
                at: elementOf(memberOf(node.position, 'Retry'), index),
                message: `Retry[${index}] never tries again: MaxAttempts is 0`,
                hint: 'set MaxAttempts, or take the Retrier out',
              },
            ];
      }),
    ),
};
