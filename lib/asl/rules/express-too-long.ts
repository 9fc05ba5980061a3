import { memberOf, type Position, ROOT } from '../position';
import { edgesOf, isTerminal, type StateNode, type WorkflowScope } from '../workflow';
import { constantNumber } from './constant';
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
    const look = (what: string, given: unknown, at: Position, most: number): void => {
      const seconds = constantNumber(given);
      if (seconds !== undefined && seconds > most)
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
    if (findings.length > 0) return findings;
    const scopes = [machine, ...nodes.flatMap(({ inside }) => inside)];
    return scopes.filter(({ type, kind }) => type === 'EXPRESS' && kind !== 'branch' && kind !== 'iteration').flatMap(addedUp);
  },
};

/** Waits that are short one by one, where every way to an end adds them up to more than an execution may take. */
function addedUp(scope: WorkflowScope): readonly Finding[] {
  const last = leastWaits(scope);
  return last === undefined || last.seconds < EXPRESS_SECONDS
    ? []
    : [
        {
          at: memberOf(last.node.position, 'Seconds'),
          message: `The waits up to "${last.node.name}" take ${last.seconds} s together; an Express execution ends after ${EXPRESS_SECONDS} s`,
          hint: 'use a Standard workflow, or shorten them',
        },
      ];
}

interface Waited {
  readonly seconds: number;
  /** The last Wait on the way. */
  readonly node: StateNode;
}

/** The fewest seconds of waiting on any way to an end; undefined where there is a way without. Dijkstra's algorithm. */
function leastWaits({ nodes, startAt }: WorkflowScope): Waited | undefined {
  const open = new Map<string, Waited | undefined>([[startAt, undefined]]);
  const done = new Set<string>();
  while (open.size > 0) {
    const [name, before] = [...open].reduce((one, other) => ((other[1]?.seconds ?? 0) < (one[1]?.seconds ?? 0) ? other : one));
    open.delete(name);
    done.add(name);
    const node = nodes.get(name);
    if (node === undefined) return undefined;
    const wait = node.state.Type === 'Wait' ? (constantNumber(node.state.Seconds) ?? 0) : 0;
    const after = wait === 0 ? before : { seconds: (before?.seconds ?? 0) + wait, node };
    if (isTerminal(node)) return after;
    for (const { target } of edgesOf(node)) {
      if (done.has(target)) continue;
      const known = open.get(target);
      if (!open.has(target) || (after?.seconds ?? 0) < (known?.seconds ?? 0)) open.set(target, after);
    }
  }
  return undefined;
}
