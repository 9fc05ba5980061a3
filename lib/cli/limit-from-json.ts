import { isObject, type JsonObject } from '../json/json';
import { get } from '../json/with-field';
import { limit } from '../testing/fakes/limit';
import type { Script } from '../testing/fakes/script';
import { type Fields, problemsInFields } from './check-fields';

const FIELDS: Fields = { perSecond: 'number', burst: 'number', atOnce: 'number', error: 'text', cause: 'text' };

/**
 * A capacity that needs no code: `{ "perSecond": 100 }`, with `"burst"` or not, or `{ "atOnce": 10 }`; with the `"error"` and `"cause"` of what is
 * throttled or not.
 * @param refuse hears of everything that is wrong
 * @throws SimulatorError if a number is none of calls
 */
export function limitFromJson(entry: JsonObject, refuse: (message: string) => void): Script | undefined {
  const given = get(entry, 'limit') as JsonObject;
  const problems = [...problemsInFields(given, FIELDS, '"limit"'), ...(isObject(given) ? wrongTogether(given) : [])];
  problems.forEach(refuse);
  if (problems.length > 0) return undefined;
  const field = <T>(name: string): T | undefined => get(given, name) as T | undefined;
  const [perSecond, atOnce, burst] = [field<number>('perSecond'), field<number>('atOnce'), field<number>('burst')];
  const capacity =
    perSecond === undefined ? limit(atOnce as number).atOnce() : limit(perSecond).perSecond(burst === undefined ? {} : { burst });
  return capacity.elseThrottle(field('error'), field('cause'));
}

function wrongTogether(given: JsonObject): readonly string[] {
  const has = (name: string): boolean => Object.hasOwn(given, name);
  return [
    ...(has('perSecond') === has('atOnce') ? ['"limit" has one of "perSecond" and "atOnce"'] : []),
    ...(has('burst') && !has('perSecond') ? ['"burst" goes with "perSecond"'] : []),
    ...(has('cause') && !has('error') ? ['"cause" goes with "error"'] : []),
  ];
}
