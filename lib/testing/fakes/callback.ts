import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { toJson } from '../../json/to-json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import type { World } from '../../simulator/world';
import { tryParseResource } from '../../asl/resource';
import type { State, States } from '../../asl/types';
import { renderNearest } from '../../names/nearest-name';
import { type OptionNames, refuseAll, unknownOptions } from '../check-options';
import { copyOf, type Fake, type OpenFake, recorder } from './fake';
import { type DurationLike, refuseScript, toMs } from './script';

/** What is sent for the task token of a state. */
export interface CallbackOptions<Request = never> {
  /** Virtual time from the task's call to the answer. @default 0 */
  readonly after?: DurationLike;
  /** SendTaskSuccess: the output, or a function of the task's request that gives it. */
  readonly succeed?: object | string | number | boolean | null | ((request: Request, call: TaskCall) => unknown);
  /** SendTaskFailure: the error's name, or name and cause. */
  readonly fail?: string | { readonly error?: string; readonly cause?: string };
  /** Virtual time from heartbeat to heartbeat, until the answer. @default - none are sent */
  readonly heartbeatEvery?: DurationLike;
}

/**
 * Whoever holds the task token of a `.waitForTaskToken` state, and what that one sends. The call that carries the token is answered as any
 * other is: by what the stack has, or by its own fake.
 *
 * ```ts
 * callback('WaitForApproval', { after: Duration.hours(3), succeed: { approved: true } })
 * callback('WaitForApproval', { after: Duration.hours(3), fail: { error: 'Rejected', cause: 'too dear' } })
 * callback('ShipParcel', { heartbeatEvery: Duration.minutes(5), after: Duration.days(2), succeed: ({ parcelId }) => ({ parcelId }) })
 * ```
 * Every attempt of the state gets the same.
 * @param state the state's name
 * @throws SimulatorError if the options do not fit together; and, where it is used, if the state machine has no such state
 */
export function callback<Request = never>(state: string, options: CallbackOptions<Request>): Fake {
  const label = `callback('${state}')`;
  refuseAll(unknownOptions(options, OPTIONS, label));
  const send = compileAnswer(label, options);
  const afterMs = durationOf(options.after ?? 0, `${label}: after`, 0);
  const beatMs =
    options.heartbeatEvery === undefined ? undefined : durationOf(options.heartbeatEvery, `${label}: heartbeatEvery`, 1);
  const { memory, begin } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    callbackOf: state,
    open(): OpenFake {
      const note = begin();
      const opened: OpenFake = {
        fake,
        used: false,
        matches: () => false,
        perform: () => {
          throw new SimulatorError(`${label} answers no calls.`);
        },
        answerToken(call, world) {
          opened.used = true;
          const token = call.token as string;
          note(call, call.parameters);
          if (send !== undefined) world.after(afterMs, () => send(world, token, call), token);
          if (beatMs !== undefined) beat(world, token, beatMs);
        },
      };
      return opened;
    },
  });
  return fake;
}

const OPTIONS: OptionNames<CallbackOptions> = { after: true, succeed: true, fail: true, heartbeatEvery: true };

/** @throws SimulatorError that names the callbacks of states which the state machine does not have, or which wait for no token */
export function checkCallbacks(fakes: readonly Fake[], definition: States): void {
  const states = new Map(statesIn(definition));
  const awaiting = [...states].filter(([, state]) => waitsForToken(state)).map(([name]) => name);
  const problems = fakes.flatMap(({ label, callbackOf }) => {
    if (callbackOf === undefined || awaiting.includes(callbackOf)) return [];
    if (states.has(callbackOf))
      return [
        `${label}: "${callbackOf}" waits for no task token: its Resource does not end in .waitForTaskToken. ` +
          (awaiting.length === 0 ? 'No state of the state machine does so.' : `These do: ${awaiting.join(', ')}.`),
      ];
    const known = [...states.keys()];
    return [
      `${label}: the state machine has no such state.${renderNearest(callbackOf, new Set(known))} It has: ${known.join(', ')}.`,
    ];
  });
  if (problems.length > 0) throw new SimulatorError(problems.join('\n'));
}

/** The states at every depth. */
function* statesIn(holder: States): Generator<readonly [name: string, state: State]> {
  for (const [name, state] of Object.entries(holder.States)) {
    yield [name, state];
    if (state.Type === 'Map') yield* statesIn(state.ItemProcessor);
    else if (state.Type === 'Parallel') for (const branch of state.Branches) yield* statesIn(branch);
  }
}

function waitsForToken(state: State): boolean {
  const resource = state.Type === 'Task' ? tryParseResource(state.Resource) : undefined;
  return resource?.kind === 'service' && resource.pattern === 'waitForTaskToken';
}

type Send = (world: World, token: string, call: TaskCall) => void;

function compileAnswer(label: string, options: CallbackOptions): Send | undefined {
  const { succeed, fail, heartbeatEvery } = options;
  if (succeed !== undefined && fail !== undefined)
    throw new SimulatorError(`${label} either succeeds or fails: give it "succeed" or "fail", not both.`);
  if (fail !== undefined) {
    const { error, cause } = typeof fail === 'string' ? { error: fail, cause: undefined } : fail;
    return (world, token) => void world.sendTaskFailure(token, error, cause);
  }
  if (succeed === undefined) {
    if (heartbeatEvery !== undefined) return undefined;
    throw new SimulatorError(`${label} does nothing: give it "succeed", "fail" or "heartbeatEvery".`);
  }
  const what = `the output of ${label}`;
  if (typeof succeed !== 'function') {
    const text = renderOutput(succeed, what);
    return (world, token) => void world.sendTaskSuccess(token, text);
  }
  const answer = succeed as (request: Json, call: TaskCall) => unknown;
  return (world, token, call) =>
    void world.sendTaskSuccess(token, renderOutput(refuseScript(answer(copyOf(call.parameters), call)), what));
}

function renderOutput(output: unknown, what: string): string {
  try {
    return renderJson(toJson(output, what));
  } catch (error) {
    throw new SimulatorError((error as Error).message, { cause: error });
  }
}

function durationOf(duration: DurationLike, what: string, leastMs: number): number {
  const durationMs = toMs(duration);
  if (durationMs >= leastMs) return durationMs;
  throw new SimulatorError(`${what} is a duration of at least ${leastMs} ms; it is ${durationMs} ms.`);
}

/** Beats until nobody waits for the token any more. A task that heartbeats alone keep waiting, without an end, is stuck. */
function beat(world: World, token: string, everyMs: number): void {
  world.meanwhile(
    everyMs,
    () => {
      if (world.sendTaskHeartbeat(token)) beat(world, token, everyMs);
    },
    token,
  );
}
