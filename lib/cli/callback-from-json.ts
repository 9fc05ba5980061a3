import { isObject, type Json, type JsonObject } from '../json/json';
import { get } from '../json/with-field';
import { renderNearest } from '../names/nearest-name';
import { callback, type CallbackOptions } from '../testing/fakes/callback';
import type { Fake } from '../testing/fakes/fake';

/** Fields of a callback, and what each may be. */
const FIELDS: Readonly<Record<string, { readonly fits: (value: Json) => boolean; readonly is: string }>> = {
  succeed: { fits: () => true, is: 'any value' },
  fail: { fits: isFailure, is: 'the error\'s name, or { "error": …, "cause": … }' },
  afterSeconds: { fits: (value) => typeof value === 'number' && value >= 0, is: 'zero or more seconds' },
  heartbeatEverySeconds: { fits: (value) => typeof value === 'number' && value > 0, is: 'more than zero seconds' },
};

/**
 * What is sent for the task token of a state, as `callback` has it.
 * @param refuse takes what is wrong with a field; undefined: with the callback as a whole
 * @returns none if something was refused
 * @throws SimulatorError if its fields do not go together
 */
export function callbackFromJson(
  state: string,
  json: Json,
  refuse: (field: string | undefined, message: string) => void,
): Fake | undefined {
  const names = Object.keys(FIELDS);
  if (!isObject(json)) {
    refuse(undefined, `a callback is an object with ${names.join(', ')}; found ${JSON.stringify(json)}`);
    return undefined;
  }
  let fits = true;
  for (const [name, value] of Object.entries(json)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field?.fits(value) === true) continue;
    fits = false;
    refuse(
      name,
      field === undefined
        ? `${JSON.stringify(name)} is unknown in a callback; there are ${names.join(', ')}.${renderNearest(name, names)}`
        : `"${name}" is ${field.is}; found ${JSON.stringify(value)}`,
    );
  }
  return fits ? callback(state, optionsOf(json)) : undefined;
}

const optionsOf = (json: JsonObject): CallbackOptions => ({
  succeed: get(json, 'succeed'),
  fail: get(json, 'fail') as CallbackOptions['fail'],
  after: get(json, 'afterSeconds') as number | undefined,
  heartbeatEvery: get(json, 'heartbeatEverySeconds') as number | undefined,
});

function isFailure(value: Json): boolean {
  if (typeof value === 'string') return true;
  return (
    isObject(value) &&
    Object.entries(value).every(([name, text]) => (name === 'error' || name === 'cause') && typeof text === 'string')
  );
}
