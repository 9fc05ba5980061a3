import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { get } from '../json/with-field';
import { SimulatorError } from '../simulator/simulator-error';
import type { Fake } from '../testing/fakes/fake';
import { activity } from '../testing/fakes/activity';
import { lambda } from '../testing/fakes/lambda';
import { type Part, type Script, script, type Step } from '../testing/fakes/script';
import { service } from '../testing/fakes/service';
import { type JsonFile, renderPosition } from './json-file';
import { UsageError } from './usage-error';

/**
 * Fakes that need no code: functions and the workers of activities by name, ARN, logical id or construct path, service integrations by what stands behind `arn:aws:states:::`.
 * Each has a step, or several that are taken call after call; the last goes on for ever.
 *
 * ```json
 * {
 *   "functions": { "charge-card": [{ "error": "Busy", "cause": "try later", "times": 2 }, { "answer": { "paymentId": "p-1" }, "afterSeconds": 5 }] },
 *   "activities": { "pack-parcel": { "answer": { "parcelId": "p-1" }, "afterSeconds": 7200 } },
 *   "services": { "sqs:sendMessage": { "answer": { "MessageId": "m-1" } }, "aws-sdk:ses:sendEmail": { "neverAnswers": true } }
 * }
 * ```
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

/** What makes the fakes of each section. */
const SECTIONS: Readonly<Record<string, (name: string, answer: Script) => Fake>> = {
  functions: (name, answer) => lambda(name, answer),
  activities: (name, answer) => activity(name, answer),
  services: (name, answer) => service(name, answer),
};

const SECTION_NAMES = '"functions", "activities" and "services"';

function fakesOf(json: Json, refuse: Refuse): readonly Fake[] {
  if (!isObject(json)) {
    refuse('', `fakes are an object with ${SECTION_NAMES}`);
    return [];
  }
  return Object.entries(json).flatMap(([section, entries]) => {
    const pointer = pointerTo('', section);
    const make = tryEntry(SECTIONS, section);
    if (make === undefined) {
      refuse(pointer, `${JSON.stringify(section)} is unknown here; there are ${SECTION_NAMES}`);
      return [];
    }
    if (!isObject(entries)) {
      refuse(pointer, `"${section}" is an object: names, and what each answers`);
      return [];
    }
    return Object.entries(entries).flatMap(([name, steps]) => fakeOf(make, name, steps, pointerTo(pointer, name), refuse));
  });
}

function fakeOf(
  make: (name: string, answer: Script) => Fake,
  name: string,
  steps: Json,
  pointer: string,
  refuse: Refuse,
): readonly Fake[] {
  const parts = partsOf(steps, pointer, refuse);
  if (parts.length === 0) return [];
  try {
    return [make(name, script(parts))];
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

const KINDS = ['answer', 'error', 'neverAnswers'];
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
  const kinds = isObject(step) ? KINDS.filter((kind) => Object.hasOwn(step, kind)) : [];
  const [kind, ...more] = kinds;
  if (!isObject(step) || kind === undefined || more.length > 0) {
    refuse(pointer, 'a step is an object with one of "answer", "error" and "neverAnswers"');
    return [];
  }
  let fits = true;
  for (const [name, value] of Object.entries(step)) {
    const field = tryEntry(FIELDS, name);
    const message =
      field === undefined
        ? `${JSON.stringify(name)} is unknown in a step; there are ${Object.keys(FIELDS).join(', ')}`
        : !field.with.includes(kind)
          ? `"${name}" does not go with "${kind}"`
          : field.fits(value)
            ? undefined
            : `"${name}" is ${field.is}; found ${JSON.stringify(value)}`;
    if (message === undefined) continue;
    fits = false;
    refuse(pointerTo(pointer, name), message);
  }
  return fits ? [{ step: stepOf(step), times: (get(step, 'times') as number | undefined) ?? 1 }] : [];
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
