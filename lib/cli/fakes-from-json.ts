import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { get } from '../json/with-field';
import { renderNearest } from '../names/nearest-name';
import { SimulatorError } from '../simulator/simulator-error';
import type { Fake } from '../testing/fakes/fake';
import { activity } from '../testing/fakes/activity';
import { harness } from '../testing/fakes/harness';
import { http } from '../testing/fakes/http';
import { job } from '../testing/fakes/job';
import { lambda } from '../testing/fakes/lambda';
import { model } from '../testing/fakes/model';
import { neverAnswers, type Part, type Script, script, type Step } from '../testing/fakes/script';
import { service } from '../testing/fakes/service';
import { callbackFromJson } from './callback-from-json';
import { type JsonFile, renderPosition } from './json-file';
import { limitFromJson } from './limit-from-json';
import { UsageError } from './usage-error';

/**
 * Fakes that need no code: functions and the workers of activities by name, ARN, logical id or construct path; service integrations and jobs by what
 * stands behind `arn:aws:states:::`; addresses of HTTP Tasks, models of Bedrock, harnesses of AgentCore.
 * Each has a step, or several that are taken call after call; the last goes on for ever.
 *
 * ```json
 * {
 *   "functions": { "charge-card": [{ "error": "Busy", "cause": "try later", "times": 2 }, { "answer": { "paymentId": "p-1" }, "afterSeconds": 5 }] },
 *   "activities": { "pack-parcel": { "answer": { "parcelId": "p-1" }, "afterSeconds": 7200 } },
 *   "services": { "sqs:sendMessage": { "answer": { "MessageId": "m-1" } }, "aws-sdk:ses:sendEmail": { "neverAnswers": true } },
 *   "callbacks": { "WaitForApproval": { "succeed": { "approved": true }, "afterSeconds": 10800 } },
 *   "addresses": { "https://api.example.com/orders": [{ "answer": { "status": 503 } }, { "answer": { "body": { "id": "o-1" } } }] },
 *   "jobs": { "glue:startJobRun": { "answer": { "takes": 1200 } } }
 * }
 * ```
 * Or a limit, and in `then` what is answered within; without `then`, the function's own handler, the simulated service: `{ "limit": { "perSecond": 100 },
 * "then": { "answer": {} } }`. A callback, by the name of its state, is that of `callback`.
 * @param path the file's name in messages
 * @throws UsageError with everything that is wrong and where
 */
export function fakesFromJson({ json, locate }: JsonFile, path: string): readonly Fake[] {
  const problems: string[] = [];
  const refuse: Refuse = (pointer, message) => {
    problems.push(`${path}:${renderPosition(locate(pointer))}: ${message}`);
  };
  const fakes = fakesOf(json, refuse);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return fakes;
}

type Refuse = (pointer: string, message: string) => void;

/** Makes the fake of an entry; undefined: it was refused. @throws SimulatorError */
type Make = (name: string, json: Json, pointer: string, refuse: Refuse) => Fake | undefined;

/** The fake that takes steps. */
const inSteps =
  (make: (name: string, answer: Script) => Fake): Make =>
  (name, json, pointer, refuse) => {
    const answer = scriptOf(json, pointer, refuse);
    // Also where the steps are wrong: perhaps the name is, too.
    const fake = make(name, answer ?? neverAnswers());
    return answer === undefined ? undefined : fake;
  };

/** Steps, or a limit and what is answered within. undefined: it was refused. */
function scriptOf(json: Json, pointer: string, refuse: Refuse): Script | undefined {
  if (!isObject(json) || !Object.hasOwn(json, 'limit')) {
    const parts = partsOf(json, pointer, refuse);
    return parts.length === 0 ? undefined : script(parts);
  }
  const limited = limitFromJson(json, (message) => refuse(pointerTo(pointer, 'limit'), message));
  const others = Object.keys(json).filter((name) => name !== 'limit' && name !== 'then');
  for (const name of others)
    refuse(
      pointerTo(pointer, name),
      `${JSON.stringify(name)} does not go with "limit"; what is answered within stands in "then"`,
    );
  if (!Object.hasOwn(json, 'then')) return others.length > 0 ? undefined : limited;
  const within = scriptOf(get(json, 'then') as Json, pointerTo(pointer, 'then'), refuse);
  return within === undefined || others.length > 0 ? undefined : limited?.then(within);
}

/** What makes the fakes of each section. */
const SECTIONS: Readonly<Record<string, Make>> = {
  functions: inSteps((name, answer) => lambda(name, answer)),
  activities: inSteps((name, answer) => activity(name, answer)),
  services: inSteps((name, answer) => service(name, answer)),
  addresses: inSteps((name, answer) => http(name, answer)),
  models: inSteps((name, answer) => model(name, answer)),
  harnesses: inSteps((name, answer) => harness(name, answer)),
  jobs: inSteps((name, answer) => job(name, answer)),
  callbacks: (state, json, pointer, refuse) =>
    callbackFromJson(state, json, (field, message) => refuse(field === undefined ? pointer : pointerTo(pointer, field), message)),
};

const SECTION_NAMES = Object.keys(SECTIONS)
  .map((name) => `"${name}"`)
  .join(', ')
  .replace(/, ([^,]*)$/, ' and $1');

function fakesOf(json: Json, refuse: Refuse): readonly Fake[] {
  if (!isObject(json)) {
    refuse('', `fakes are an object with ${SECTION_NAMES}`);
    return [];
  }
  return Object.entries(json).flatMap(([section, entries]) => {
    const pointer = pointerTo('', section);
    const make = tryEntry(SECTIONS, section);
    if (make === undefined) {
      const near = renderNearest(section, Object.keys(SECTIONS));
      refuse(pointer, `${JSON.stringify(section)} is unknown here; there are ${SECTION_NAMES}.${near}`);
      return [];
    }
    if (!isObject(entries)) {
      refuse(pointer, `"${section}" is an object: names, and what each answers`);
      return [];
    }
    return Object.entries(entries).flatMap(([name, entry]) => fakeOf(make, name, entry, pointerTo(pointer, name), refuse));
  });
}

function fakeOf(make: Make, name: string, entry: Json, pointer: string, refuse: Refuse): readonly Fake[] {
  try {
    const fake = make(name, entry, pointer, refuse);
    return fake === undefined ? [] : [fake];
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    refuse(pointer, error.message);
    return [];
  }
}

function partsOf(steps: Json, pointer: string, refuse: Refuse): readonly Part[] {
  if (!isArray(steps)) return partOf(steps, pointer, refuse);
  if (steps.length === 0) refuse(pointer, 'there is no step: write { "answer": … } or { "error": … }');
  return steps.flatMap((step, index) => partOf(step, pointerTo(pointer, String(index)), refuse));
}

/** One of them is what a step does. */
const KINDS = ['error', 'neverAnswers', 'answer'];
const KINDS_IN_WORDS = '"answer", "error" and "neverAnswers"';
/** Fields of a step, what each may be, and with which kinds of step it stands. */
const FIELDS: Readonly<
  Record<string, { readonly fits: (value: Json) => boolean; readonly is: string; readonly with: readonly string[] }>
> = {
  answer: { fits: () => true, is: 'any value', with: ['answer'] },
  error: { fits: (value) => typeof value === 'string', is: "the error's name", with: ['error'] },
  neverAnswers: { fits: (value) => value === true, is: 'true', with: ['neverAnswers'] },
  cause: { fits: (value) => typeof value === 'string', is: 'a text', with: ['error'] },
  afterSeconds: {
    fits: (value) => typeof value === 'number' && value >= 0,
    is: 'zero or more seconds',
    with: ['answer', 'error'],
  },
  times: { fits: (value) => Number.isInteger(value) && (value as number) >= 1, is: 'a whole number of at least 1', with: KINDS },
};

/** None: it was refused. */
function partOf(step: Json, pointer: string, refuse: Refuse): readonly Part[] {
  if (!isObject(step)) {
    refuse(pointer, `a step is an object with one of ${KINDS_IN_WORDS}; found ${JSON.stringify(step)}`);
    return [];
  }
  const kind = KINDS.find((one) => Object.hasOwn(step, one));
  let fits = kind !== undefined;
  if (kind === undefined) refuse(pointer, `a step has one of ${KINDS_IN_WORDS}`);
  for (const [name, value] of Object.entries(step)) {
    const message = faultOf(name, value, kind);
    if (message === undefined) continue;
    fits = false;
    refuse(pointerTo(pointer, name), message);
  }
  return fits ? [{ step: stepOf(step), times: (get(step, 'times') as number | undefined) ?? 1 }] : [];
}

/** What is wrong with a field of a step; undefined: nothing. */
function faultOf(name: string, value: Json, kind: string | undefined): string | undefined {
  const field = tryEntry(FIELDS, name);
  if (field === undefined) {
    const names = Object.keys(FIELDS);
    return `${JSON.stringify(name)} is unknown in a step; there are ${names.join(', ')}.${renderNearest(name, names)}`;
  }
  if (kind !== undefined && !field.with.includes(kind)) return `"${name}" does not go with "${kind}"`;
  return field.fits(value) ? undefined : `"${name}" is ${field.is}; found ${JSON.stringify(value)}`;
}

function stepOf(step: JsonObject): Step {
  const durationMs = ((get(step, 'afterSeconds') as number | undefined) ?? 0) * 1000;
  if (Object.hasOwn(step, 'neverAnswers')) return { kind: 'answer', answer: null, durationMs: Infinity };
  const error = get(step, 'error') as string | undefined;
  if (error === undefined) return { kind: 'answer', answer: get(step, 'answer'), durationMs };
  return { kind: 'failure', error, cause: get(step, 'cause') as string | undefined, durationMs };
}

const tryEntry = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const pointerTo = (pointer: string, key: string): string => `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
