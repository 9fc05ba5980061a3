import type { JsonObject } from '../../json/json';
import { elementOf, memberOf } from '../position';
import { catchersOf, isRetrying, retriersOf } from './error-names';
import { invoke, workflow } from './example';
import type { Finding, Rule } from './rule';

const shrink = (catchers: JsonObject[]) =>
  workflow({
    Load: { ...invoke('load'), Catch: catchers, End: true },
    Report: { ...invoke('report'), End: true },
  });

export const rule: Rule = {
  id: 'uncatchable-error',
  summary: 'A Retrier or Catcher waits for an error that it never sees, or that retrying cannot help',
  why: 'States.Runtime ends the execution whatever Retry and Catch say (recorded), also where Choice finds no match; a payload that is too large (States.DataLimitExceeded) is as large the next time.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html · https://github.com/cdklabs/construct-hub/pull/1885',
  failing: { definition: shrink([{ ErrorEquals: ['States.Runtime'], ResultPath: '$.error', Next: 'Report' }]) },
  corrected: { definition: shrink([{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.error', Next: 'Report' }]) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const findings: Finding[] = [];
      const look = (field: 'Retry' | 'Catch', index: number, names: readonly string[], never: readonly string[]): void => {
        names.forEach((name, place) => {
          if (!never.includes(name)) return;
          findings.push({
            at: elementOf(memberOf(elementOf(memberOf(node.position, field), index), 'ErrorEquals'), place),
            message:
              name === 'States.DataLimitExceeded'
                ? 'Retrying States.DataLimitExceeded gives the same payload again, which is as large'
                : `${field} never sees ${name}: it ends the execution at once`,
            hint:
              name === 'States.DataLimitExceeded'
                ? 'hand large data on by reference, in S3'
                : 'take it out; make sure that the paths exist (IsPresent), or write the state in JSONata, whose errors can be caught',
          });
        });
      };
      const NEVER = ['States.Runtime', 'States.NoChoiceMatched'];
      retriersOf(node).forEach((retrier, index) => {
        if (isRetrying(retrier)) look('Retry', index, retrier.ErrorEquals, [...NEVER, 'States.DataLimitExceeded']);
      });
      catchersOf(node).forEach(({ ErrorEquals }, index) => look('Catch', index, ErrorEquals, NEVER));
      return findings;
    }),
};
