import { isObject, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall } from '../../simulator/task-call';
import type { World } from '../../simulator/world';

/**
 * Step Functions Local's `MockConfigFile.json`: what states answer in the test cases of state machines.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-test-sm-exec.html
 */
export interface MockConfig {
  /** By state machine, then by test case. */
  readonly stateMachines: ReadonlyMap<string, ReadonlyMap<string, TestCase>>;
}

/** What states answer in a test case. */
export interface TestCase {
  readonly name: string;
  /** By state, attempt after attempt. A state that is not here does what it does without a test case. */
  readonly responses: ReadonlyMap<string, MockedResponse>;
}

interface MockedResponse {
  readonly name: string;
  /** By attempt, the first being 0. */
  readonly attempts: ReadonlyMap<number, Mocked>;
}

type Mocked = { readonly value: Json } | { readonly error: string; readonly cause: string | undefined };

/** Most attempts that a range may cover: beyond it, it is a slip of the pen. */
const MAX_ATTEMPTS = 1000;

/** Reads the file's content. @throws SimulatorError with everything that is wrong */
export function readMockConfig(config: Json): MockConfig {
  const problems: string[] = [];
  const responses = new Map<string, MockedResponse>();
  for (const [name, attempts] of membersOf(config, 'MockedResponses', '', problems))
    responses.set(name, { name, attempts: readAttempts(attempts, `MockedResponses.${name}`, problems) });
  const stateMachines = new Map<string, ReadonlyMap<string, TestCase>>();
  for (const [machine, content] of membersOf(config, 'StateMachines', '', problems)) {
    const cases = new Map<string, TestCase>();
    const path = `StateMachines.${machine}`;
    for (const [name, states] of membersOf(content, 'TestCases', path, problems))
      cases.set(name, { name, responses: readTestCase(states, `${path}.TestCases.${name}`, responses, problems) });
    stateMachines.set(machine, cases);
  }
  if (problems.length > 0)
    throw new SimulatorError(`The mock configuration is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  return { stateMachines };
}

function membersOf(holder: Json, field: string, path: string, problems: string[]): readonly (readonly [string, Json])[] {
  const value = isObject(holder) ? get(holder, field) : undefined;
  if (isObject(value)) return Object.entries(value);
  problems.push(`${path === '' ? 'it' : path} wants an object "${field}"; found ${shown(value)}`);
  return [];
}

function readTestCase(
  states: Json,
  path: string,
  responses: ReadonlyMap<string, MockedResponse>,
  problems: string[],
): TestCase['responses'] {
  const testCase = new Map<string, MockedResponse>();
  if (!isObject(states)) {
    problems.push(`${path} is an object: states, and which of MockedResponses each answers; found ${shown(states)}`);
    return testCase;
  }
  for (const [state, name] of Object.entries(states)) {
    const response = typeof name === 'string' ? responses.get(name) : undefined;
    if (response === undefined) problems.push(`${path}.${state} names none of MockedResponses; found ${shown(name)}`);
    else testCase.set(state, response);
  }
  return testCase;
}

function readAttempts(value: Json, path: string, problems: string[]): ReadonlyMap<number, Mocked> {
  const attempts = new Map<number, Mocked>();
  if (!isObject(value)) {
    problems.push(`${path} is an object: attempts such as "0" or "1-2", and what each comes to; found ${shown(value)}`);
    return attempts;
  }
  for (const [key, answer] of Object.entries(value)) {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(key) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || to < from || to - from >= MAX_ATTEMPTS) {
      problems.push(`${path} has ${JSON.stringify(key)}, which is no attempt, such as "0", and no range of them, such as "1-2"`);
      continue;
    }
    const mocked = readMocked(answer, `${path}.${key}`, problems);
    if (mocked === undefined) continue;
    for (let attempt = from; attempt <= to; attempt++) {
      if (attempts.has(attempt)) problems.push(`${path} has attempt ${attempt} twice`);
      attempts.set(attempt, mocked);
    }
  }
  return attempts;
}

function readMocked(answer: Json, path: string, problems: string[]): Mocked | undefined {
  const { Return: value, Throw: thrown }: JsonObject = isObject(answer) ? answer : {};
  if ((value === undefined) === (thrown === undefined)) {
    problems.push(`${path} wants either "Return" or "Throw"; found ${shown(answer)}`);
    return undefined;
  }
  if (thrown === undefined) return { value: value as Json };
  const { Error: error, Cause: cause }: JsonObject = isObject(thrown) ? thrown : {};
  if (typeof error === 'string' && (cause === undefined || typeof cause === 'string')) return { error, cause };
  problems.push(`${path}.Throw wants the texts "Error" and, if there is one, "Cause"; found ${shown(thrown)}`);
  return undefined;
}

const shown = (value: Json | undefined): string => {
  if (value === undefined) return 'nothing';
  const text = renderJson(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
};

/**
 * What a call comes to in a test case; undefined: the state is not mocked. Jobs and task tokens have come to it when they are done.
 * @throws StatesError if that is an error
 */
export function answerIn(testCase: TestCase, call: TaskCall, world: World): Answer | undefined {
  const response = testCase.responses.get(call.state);
  if (response === undefined) return undefined;
  if (call.submitted === undefined && /\.sync(?::2)?$/.test(call.resource)) return NOTHING;
  const mocked = response.attempts.get(call.attempt);
  const { token } = call;
  if (mocked === undefined)
    throw new StatesError(
      'States.Runtime',
      `The mocked response "${response.name}" of "${call.state}" has no attempt ${call.attempt}.`,
    );
  if (token !== undefined) {
    const send = (): boolean =>
      'value' in mocked
        ? world.sendTaskSuccess(token, renderJson(mocked.value))
        : world.sendTaskFailure(token, mocked.error, mocked.cause);
    world.after(0, () => void send(), token);
    return NOTHING;
  }
  if ('value' in mocked) return { value: mocked.value, durationMs: 0 };
  throw new StatesError(mocked.error, mocked.cause);
}

const NOTHING: Answer = { value: {}, durationMs: 0 };
