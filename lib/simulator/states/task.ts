import { type Resource, tryParseResource } from '../../asl/resource';
import type { QueryLanguage, TaskState } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import { compileValueExpression } from '../../expressions/value-expression';
import { type Json, isObject } from '../../json/json';
import { compileMeasuredDoor, type MeasuredDoor } from '../../json/measured-door';
import type { MeasuredJson } from '../../json/to-json';
import { type Branch, record, sizeOrBound } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import { statesScope } from '../data-flow/jsonata';
import type { DataFlow } from '../data-flow/data-flow';
import type { Call, Landing, Lapse, TokenAnswer, WaitForWorker } from '../effects';
import type { Execution } from '../execution';
import { dataLimitExceeded, Failure } from '../failure';
import type { Frame, TaskAttempt } from '../frame';
import type { HistoryEventType } from '../history-event';
import { MAX_PAYLOAD_BYTES } from '../limits';
import { type Attempt, withPolicies } from '../policies';
import type { ExitableState } from '../program';
import type { SeededRandom } from '../random';
import { compileSecondsField } from '../seconds-field';
import { SimulatorError } from '../simulator-error';
import { StatesError } from '../states-error';
import type { TaskCall, UnscheduledCall } from '../task-call';
import { type TaskLimits, taskWording, type TaskWording } from './task-wording';

/** Task: a unit of work done outside. https://states-language.net/spec.html#task-state */
export function compileTask(name: string, state: TaskState, language: QueryLanguage): ExitableState {
  const flow = compileDataFlow(name, state, language, true);
  const requestOf = compileRequest(name, state);
  const compiled: ExitableState = {
    name,
    type: 'Task',
    entered: 'TaskStateEntered',
    exited: 'TaskStateExited',
    what: callInWords(name, state),
    callOff(execution, frame) {
      const { step } = frame;
      if (step.at === 'submitted' && step.attempt.job !== undefined) execution.callOff(requestOf(execution, frame, step.attempt));
    },
    run: withPolicies(state, language, { attempt: compileTaskAttempt(name, state, flow), flow }, () => compiled),
  };
  return compiled;
}

const callInWords = (name: string, { Resource: resource }: TaskState): string => `The call of ${resource} by "${name}"`;

/** One attempt of a Task, from its limits and its parameters to its result. */
export function compileTaskAttempt(name: string, state: TaskState, flow: DataFlow): Attempt {
  const resource = tryParseResource(state.Resource) as Resource;
  const wording = taskWording(resource);
  const { details } = wording;
  const limitsOf = compileTaskLimits(state);
  const pattern = resource.kind === 'service' ? resource.pattern : 'requestResponse';
  const activity = resource.kind === 'activity';
  const callback = pattern === 'waitForTaskToken';
  const awaitsJob = pattern === 'sync' || pattern === 'sync:2';
  const requestOf = compileRequest(name, state);
  const called = { resource: state.Resource, ...calledBy(resource), state: name };
  const what = callInWords(name, state);
  const whatToken = `"${name}"`;
  const door = compileMeasuredDoor();
  const jobDoor = compileMeasuredDoor();

  return (branch, hearing) => {
    const { frame, scope, execution } = branch;
    let heard = hearing;
    for (;;) {
      const { step } = frame;
      switch (step.at) {
        case 'entered': {
          scope.input = frame.input;
          const limits = limitsOf(branch);
          const attempt: TaskAttempt = {
            parameters: null,
            timeoutSeconds: limits.timeoutSeconds,
            heartbeatSeconds: limits.heartbeatSeconds,
            token: callback ? execution.newToken() : undefined,
            taken: false,
            startedMs: 0,
            lastBeatMs: 0,
            answer: undefined,
            job: undefined,
            workerName: undefined,
          };
          const scheduled = { at: 'scheduled', attempt } as const;
          // `$$.Task.Token` is read from the frame while the parameters are evaluated.
          if (callback) frame.step = scheduled;
          attempt.parameters = flow.input(branch);
          if (activity) meetWorker(execution, called, attempt);
          else execution.check(called, attempt.parameters);
          record(branch, scheduled, wording.scheduled, details.scheduled(attempt.parameters, execution.region, limits));
          continue;
        }
        case 'scheduled': {
          const { attempt } = step;
          if (activity && attempt.token !== undefined && !attempt.taken) return waitForWorker(attempt);
          heard = undefined;
          attempt.startedMs = attempt.lastBeatMs = execution.epochMs;
          record(branch, { at: 'started', attempt }, wording.started, details.started(attempt.workerName));
          continue;
        }
        case 'started': {
          const { attempt } = step;
          if (activity && attempt.token !== undefined) {
            // Nothing is called: the worker has been given the task, and answers by its token.
            frame.step = { at: 'submitted', attempt };
            continue;
          }
          const landing = heard === undefined ? execution.callAtOnce(callOf(branch, attempt)) : (heard as Landing);
          if (landing.kind === 'call') return landing;
          heard = undefined;
          const result = land(branch, wording, attempt, landing, what, door);
          if (attempt.token === undefined && !awaitsJob) {
            record(branch, { at: 'succeeded', result }, wording.succeeded, details.output(result));
            return undefined;
          }
          if (awaitsJob) attempt.job = { submitted: result, sinceMs: execution.epochMs };
          record(branch, { at: 'submitted', attempt }, 'TaskSubmitted', details.output(result));
          continue;
        }
        case 'submitted': {
          const { attempt } = step;
          if (attempt.job !== undefined) {
            const landing = heard === undefined ? execution.callAtOnce(callOf(branch, attempt)) : (heard as Landing);
            if (landing.kind === 'call') return landing;
            const result = land(branch, wording, attempt, landing, what, jobDoor);
            record(branch, { at: 'succeeded', result }, wording.succeeded, details.output(result));
            return undefined;
          }
          if (heard === undefined) {
            if (attempt.answer !== undefined) execution.assume('token-answered-early');
            return {
              kind: 'waitForToken',
              token: attempt.token as string,
              deadlineMs: attempt.startedMs + seconds(attempt.timeoutSeconds),
              heartbeatMs: seconds(attempt.heartbeatSeconds),
              correspondence: attempt,
              what: whatToken,
            };
          }
          noteTie(branch, attempt.startedMs + seconds(attempt.timeoutSeconds));
          const result = landToken(branch, wording, attempt.answer, heard as Lapse);
          record(branch, { at: 'succeeded', result }, wording.succeeded, details.output(result));
          return undefined;
        }
        default:
          return undefined;
      }
    }
  };

  /** Finds who works on the activity: somebody in the world, or whoever polls. */
  function meetWorker(execution: Execution, call: Omit<UnscheduledCall, 'parameters'>, attempt: TaskAttempt): void {
    const worker = execution.findWorker({ ...call, parameters: attempt.parameters });
    if (worker === 'polling') attempt.token = execution.newToken();
    else attempt.workerName = worker.workerName;
  }

  function waitForWorker(attempt: TaskAttempt): WaitForWorker {
    const { token, parameters } = attempt;
    return {
      kind: 'waitForWorker',
      activityArn: state.Resource,
      token: token as string,
      correspondence: attempt,
      input: parameters,
      what,
    };
  }

  function callOf({ frame, execution }: Branch, attempt: TaskAttempt): Call {
    const request = requestOf(execution, frame, attempt);
    return {
      kind: 'call',
      start: () => execution.perform(request),
      startedMs: attempt.job?.sinceMs ?? attempt.startedMs,
      deadlineMs: callDeadlineMs(attempt),
      token: attempt.token,
      correspondence: attempt,
      what,
    };
  }
}

/** What the world is asked for an attempt. */
function compileRequest(name: string, state: TaskState): (execution: Execution, frame: Frame, attempt: TaskAttempt) => TaskCall {
  const { resourceType, action } = calledBy(tryParseResource(state.Resource) as Resource);
  return (execution, { previousEventId: startedEventId, retryCount }, attempt) => {
    let random: SeededRandom | undefined;
    return {
      resource: state.Resource,
      resourceType,
      action,
      parameters: attempt.parameters,
      state: name,
      executionArn: execution.arn,
      attempt: retryCount,
      epochMs: attempt.job?.sinceMs ?? attempt.startedMs,
      region: execution.region,
      submitted: attempt.job?.submitted,
      token: attempt.token,
      uuid: () => (random ??= execution.randomOfCall(startedEventId)).uuid(),
      park: () => execution.park(attempt),
    };
  };
}

/** As a `TaskCall` names what is called. */
function calledBy(resource: Resource): Pick<TaskCall, 'resourceType' | 'action'> {
  switch (resource.kind) {
    case 'service':
      return resource;
    case 'lambda':
      return { resourceType: 'lambda-function', action: 'invoke' };
    case 'activity':
      return { resourceType: 'activity', action: 'getActivityTask' };
  }
}

/** What is evaluated before a Task's parameters; JSONPath reads the raw input. */
export function compileTaskLimits(state: TaskState): (branch: Branch) => TaskLimits {
  const timeoutSeconds = compileSecondsField('TimeoutSeconds', state.TimeoutSeconds, state.TimeoutSecondsPath);
  const heartbeatSeconds = compileSecondsField('HeartbeatSeconds', state.HeartbeatSeconds, state.HeartbeatSecondsPath);
  const credentials = compileCredentials(state);
  if (!LIMITS.some((field) => state[field] !== undefined)) return () => NO_LIMITS;
  return (branch) => ({
    timeoutSeconds: timeoutSeconds(branch),
    heartbeatSeconds: heartbeatSeconds(branch),
    roleArn: credentials(branch),
  });
}

const LIMITS = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath', 'Credentials'] as const;

const NO_LIMITS: TaskLimits = { timeoutSeconds: undefined, heartbeatSeconds: undefined, roleArn: undefined };

/** In milliseconds; for ever, if there is no limit. */
const seconds = (limit: number | undefined): number => (limit === undefined ? Infinity : limit * 1000);

/** Nobody sends heartbeats for a call without a token: it has to answer within HeartbeatSeconds, too. */
const callDeadlineMs = ({ startedMs, timeoutSeconds, heartbeatSeconds, token }: TaskAttempt): number =>
  startedMs + Math.min(seconds(timeoutSeconds), token === undefined ? seconds(heartbeatSeconds) : Infinity);

/** An answer that has come at the very moment at which the wait for it ends. */
function noteTie({ execution }: Branch, deadlineMs: number): void {
  if (execution.epochMs === deadlineMs) execution.assume('deadline-tie');
}

/** A call's result; or its failure, recorded and thrown. */
function land(
  branch: Branch,
  wording: TaskWording,
  attempt: TaskAttempt,
  landing: Landing,
  what: string,
  door: MeasuredDoor,
): Json {
  if (landing.kind !== 'timeout') noteTie(branch, callDeadlineMs(attempt));
  switch (landing.kind) {
    case 'timeout': {
      branch.execution.drop(what);
      if (attempt.job !== undefined) branch.execution.assume('job-after-timeout');
      const heartbeat = attempt.token === undefined && seconds(attempt.heartbeatSeconds) < seconds(attempt.timeoutSeconds);
      if (heartbeat && !wording.beats) branch.execution.assume('heartbeat-without-token');
      return fail(branch, wording, wording.timedOut, new Failure('States.Timeout', undefined, heartbeat));
    }
    case 'error': {
      const { error } = landing;
      if (error instanceof StatesError) return fail(branch, wording, wording.failed, new Failure(error.error, error.errorCause));
      if (error instanceof SimulatorError) throw error;
      throw new SimulatorError(
        `${what} ended in an error that is no Error Output: ${renderError(error)}. To fail the task, throw a StatesError with the error's name and cause.`,
        { cause: error },
      );
    }
    case 'value': {
      const { json, bound } = admitAnswer(landing.value, what, door);
      branch.scope.remember(json, bound);
      const bytes = sizeOrBound(branch.scope, json);
      branch.scope.remember(json, bytes);
      if (bytes <= MAX_PAYLOAD_BYTES) return json;
      return fail(branch, wording, wording.failed, dataLimitExceeded(wording.what));
    }
  }
}

function admitAnswer(value: unknown, what: string, door: MeasuredDoor): MeasuredJson {
  try {
    return door(value, 'The answer');
  } catch (error) {
    throw new SimulatorError(`${what}: ${renderError(error)}`, { cause: error });
  }
}

/** Text of anything that may be thrown. */
function renderError(error: unknown): string {
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  try {
    return String(error);
  } catch {
    return `a value of type ${typeof error} that has no text`;
  }
}

function landToken(branch: Branch, wording: TaskWording, answer: TokenAnswer | undefined, lapse: Lapse | undefined): Json {
  if (answer === undefined) {
    return fail(branch, wording, wording.timedOut, new Failure('States.Timeout', undefined, lapse?.heartbeat));
  }
  if (answer.kind === 'success') return answer.output;
  return fail(branch, wording, wording.failed, new Failure(answer.error, answer.cause));
}

function fail(branch: Branch, wording: TaskWording, type: HistoryEventType, failure: Failure): never {
  const { error, cause, heartbeat } = failure;
  record(branch, { at: 'failed', error, cause, heartbeat }, type, wording.details.failure(error, cause));
  throw failure;
}

function compileCredentials({ Credentials: credentials }: TaskState): (branch: Branch) => string | undefined {
  if (!isObject(credentials)) return () => undefined;
  const { RoleArn: literal, 'RoleArn.$': dynamic } = credentials;
  if (isJsonata(literal)) {
    const evaluate = compileJsonataField(literal, 'Credentials/RoleArn', 'string');
    return (branch) => evaluate(statesScope(branch));
  }
  if (typeof dynamic !== 'string') return () => (typeof literal === 'string' ? literal : undefined);
  const { evaluate } = compileValueExpression(dynamic, 'RoleArn.$');
  return ({ scope }) => {
    const value = evaluate(scope);
    if (typeof value === 'string') return value;
    throw new EvaluationError('States.Runtime', `The field 'RoleArn.$' must give a string: ${dynamic}`);
  };
}
