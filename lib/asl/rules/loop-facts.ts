import { isObject, type JsonObject } from '../../json/json';
import type { StateNode } from '../workflow';
import { constantNumber } from './constant';
import type { Loop } from './loops';
import { objectsIn } from './request';

/** Events that one pass through a state writes. */
function eventsOf({ state, resource }: StateNode): number {
  switch (state.Type) {
    case 'Task':
      return resource?.kind === 'service' && resource.pattern !== 'requestResponse' ? 6 : 5;
    case 'Parallel':
    case 'Map':
      return 4;
    case 'Pass':
    case 'Wait':
    case 'Choice':
    case 'Succeed':
    case 'Fail':
      return 2;
  }
}

/** Events that one round of a loop writes at the least: all its states but those of other ways round are not told apart. */
export const eventsPerRound = (loop: Loop): number => loop.reduce((sum, node) => sum + eventsOf(node), 0);

/** The seconds that the Wait states of a loop take together; undefined where one is not constant. */
export function secondsPerRound(loop: Loop): number | undefined {
  let seconds = 0;
  for (const { state } of loop) {
    if (state.Type !== 'Wait') continue;
    const wait = constantNumber(state.Seconds);
    if (wait === undefined) return undefined;
    seconds += wait;
  }
  return seconds;
}

/** True if a Choice in the loop compares with a number: the loop counts its rounds, as far as can be seen. */
export const countsRounds = (loop: Loop): boolean =>
  loop.some(({ state, source, language }) => {
    if (state.Type !== 'Choice') return false;
    return language === 'JSONata'
      ? objectsIn(source['Choices']).some(({ Condition }) => typeof Condition === 'string' && /[<>]/.test(Condition))
      : objectsIn(source['Choices']).some(comparesNumbers);
  });

function comparesNumbers(rule: JsonObject): boolean {
  const nested = [...objectsIn(rule['And']), ...objectsIn(rule['Or']), ...(isObject(rule['Not']) ? [rule['Not']] : [])];
  return Object.keys(rule).some((name) => /^Numeric|^Timestamp/.test(name)) || nested.some(comparesNumbers);
}

/** True for a loop that asks a service again and again: it has a task, a wait and a choice. */
export const isPolling = (loop: Loop): boolean =>
  ['Task', 'Wait', 'Choice'].every((type) => loop.some(({ state }) => state.Type === type));
