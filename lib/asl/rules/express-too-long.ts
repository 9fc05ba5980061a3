import { memberOf, type Position, ROOT } from '../position';
import { invoke, workflow } from './example';
import type { Finding, Rule } from './rule';

/** https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
const EXPRESS_SECONDS = 300;

const later = (Seconds: number) =>
  workflow({ Delay: { Type: 'Wait', Seconds, Next: 'Remind' }, Remind: { ...invoke('remind'), End: true } });

export const rule: Rule = {
  id: 'express-too-long',
  summary: 'An Express workflow waits longer than the five minutes that it may run',
  why: 'It is taken at create and can never get to its end: TIMED_OUT after five minutes.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html',
  failing: { definition: later(600), type: 'EXPRESS' },
  corrected: { definition: later(60), type: 'EXPRESS' },
  check: ({ definition, machine, nodes }) => {
    const findings: Finding[] = [];
    const look = (what: string, seconds: unknown, at: Position, most: number): void => {
      if (typeof seconds === 'number' && seconds > most)
        findings.push({
          at,
          message: `${what} is ${seconds} s; an Express execution ends after ${EXPRESS_SECONDS} s`,
          hint: 'use a Standard workflow, or shorten it',
        });
    };
    if (machine.type === 'EXPRESS')
      look('TimeoutSeconds', definition.TimeoutSeconds, memberOf(ROOT, 'TimeoutSeconds'), EXPRESS_SECONDS);
    for (const { state, position, scope } of nodes) {
      if (scope.type !== 'EXPRESS') continue;
      if (state.Type === 'Wait') look('Seconds', state.Seconds, memberOf(position, 'Seconds'), EXPRESS_SECONDS - 1);
      if (state.Type === 'Task')
        look('TimeoutSeconds', state.TimeoutSeconds, memberOf(position, 'TimeoutSeconds'), EXPRESS_SECONDS);
    }
    return findings;
  },
};
