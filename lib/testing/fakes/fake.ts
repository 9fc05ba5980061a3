import type { Cloud } from '../../cloud/cloud';
import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import type { FieldValidationMode } from '../../services/api-model/field-validation-mode';
import type { RealFunction } from '../../services/lambda/lambda-world';
import type { S3 } from '../../services/s3/s3';
import { type CallSpan, type Load, loadOf } from '../../report/load';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Answer, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import type { World } from '../../simulator/world';
import type { Step } from './script';

/** What a test says a resource answers. In a list of fakes the later one wins. */
export interface Fake extends MockLike {
  /** For messages: `lambda("ChargeCard")`. */
  readonly label: string;
  /** Of a callback: the state whose task token it answers. */
  readonly callbackOf?: string;
  /** Takes its place in a world: scripts begin anew. @throws SimulatorError if it names what the stack does not have */
  open(cloud: Cloud, services: SharedServices): OpenFake;
}

/** Services of a world that fakes use. */
export interface SharedServices {
  readonly s3: S3;
}

/** A fake in a world. */
export interface OpenFake {
  readonly fake: Fake;
  /** True for calls that this fake answers. */
  matches(call: UnscheduledCall): boolean;
  /** @param real answers the call as without the fake: by the function's own handler, or by the simulated service */
  perform(call: TaskCall, real: RealFunction): Answer;
  /** Hears that Step Functions stops the job that a call has started. @param epochMs virtual time */
  callOff?(call: TaskCall, epochMs: number): void;
  /** Of a callback: sends something for the token that the call carries. */
  answerToken?(call: TaskCall, world: World): void;
  /** It has answered a call in this world. */
  used: boolean;
  /** Of an activity's fake. */
  readonly workerName?: string | undefined;
  /** How strictly the requests to a service's fake are held against AWS's model of the API. Absent: STRICT. */
  readonly fieldValidationMode?: FieldValidationMode;
  /** What of its answers could not be held against AWS's model of the API, in words. Absent: they have none. */
  readonly unchecked?: ReadonlySet<string>;
}

/** A call that a fake has answered. */
export interface FakeCall {
  /** The request: a function's payload, a service's parameters. */
  readonly request: Json;
  readonly state: string;
  readonly executionArn: string;
  /** 0 in the first attempt. */
  readonly attempt: number;
  /** Virtual time. */
  readonly at: Date;
  /** There was no capacity for it, see `limit`. */
  readonly throttled: boolean;
}

/**
 * What Jest's and Vitest's own matchers for mocks look at: `toHaveBeenCalledTimes`, `toHaveBeenCalledWith`, … hold for fakes too.
 * (A function, because Vitest asks for one; calling it is a mistake.)
 */
export interface MockLike {
  (...args: unknown[]): never;
  readonly _isMockFunction: true;
  /** The calls answered so far, in every world. */
  readonly calls: readonly FakeCall[];
  /** How many calls there were in each second, how many at once, how many were throttled: in the world that it was last put into. */
  readonly load: Load;
  readonly mock: { readonly calls: readonly (readonly [Json])[]; readonly results: readonly unknown[] };
  getMockName(): string;
}

/** What a fake's function is given: its own copy, as a handler has. What it does to it changes neither the history nor `calls`. */
export const copyOf = (request: Json): Json => JSON.parse(renderJson(request)) as Json;

/** Adds a call to a fake's memory. @param step what the fake does then. @default - something that takes no time */
export type Note = (call: TaskCall, request: Json, step?: Step) => void;

/** A fake's memory of its calls: the part that is the fake's own, and what gives the function that adds to it, in another world each time. */
export function recorder(label: string): { readonly memory: MockLike; begin(): Note } {
  const calls: FakeCall[] = [];
  /** In the world that the fake was last put into. A span for each would be as large as the call itself, of which there may be millions. */
  let latest: Spans = { calls: [], durationsMs: [] };
  const refuse = (): never => {
    throw new SimulatorError(`${label} is a fake: pass it to simulate(…) in "fakes". Only the workflow calls it.`);
  };
  const mock = {
    get calls() {
      return calls.map(({ request }) => [request] as const);
    },
    results: [],
  };
  const memory = Object.assign(refuse, { _isMockFunction: true as const, calls, mock, getMockName: () => label });
  return {
    memory: Object.defineProperty(memory, 'load', { get: () => loadOf(spansOf(latest)) }) as typeof memory & {
      readonly load: Load;
    },
    begin: () => {
      const own: Spans = { calls: [], durationsMs: [] };
      latest = own;
      let at = new Date(NaN);
      return ({ state, executionArn, attempt, epochMs }, request, step) => {
        const isThrottled = step?.kind === 'throttled';
        // One for all calls of a moment: there may be millions.
        if (at.getTime() !== epochMs) at = new Date(epochMs);
        const made: FakeCall = { request, state, executionArn, attempt, at, throttled: isThrottled };
        calls.push(made);
        own.calls.push(made);
        own.durationsMs.push(step?.durationMs ?? 0);
      };
    },
  };
}

/** Calls, and how long each was in flight. */
interface Spans {
  readonly calls: FakeCall[];
  readonly durationsMs: number[];
}

const spansOf = ({ calls, durationsMs }: Spans): CallSpan[] =>
  calls.map(({ at, throttled }, index) => {
    const startMs = at.getTime();
    return { startMs, endMs: startMs + (durationsMs[index] as number), throttled };
  });
