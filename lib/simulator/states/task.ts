import { tryParseResource, type Resource } from '../../asl/resource';
import type { TaskState } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compileValueExpression } from '../../expressions/value-expression';
import { type Json, isObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { sizeBytes } from '../../json/size-bytes';
import { toJson } from '../../json/to-json';
import { type Branch, type BranchScope, record } from '../branch';
import { compileInput, compileOutput } from '../data-flow';
import type { Landing, Routine, TokenAnswer } from '../effects';
import { dataLimitExceeded, Failure } from '../failure';
import type { EventDetails } from '../history';
import type { HistoryEventType } from '../history-event';
import { MAX_PAYLOAD_BYTES } from '../limits';
import { type Attempt, withPolicies } from '../policies';
import type { ExitableState } from '../program';
import { compileSecondsField } from '../seconds-field';
import { SimulatorError } from '../simulator-error';
import { StatesError } from '../states-error';
import type { TaskCall } from '../task-call';

/** How the history speaks of a task. */
interface Wording {
  readonly scheduled: HistoryEventType;
  readonly started: HistoryEventType;
  readonly succeeded: HistoryEventType;
  readonly failed: HistoryEventType;
  readonly timedOut: HistoryEventType;
  /** Details of the events. Literals with all their fields: a spread for each event was measured to cost more than the event. */
  readonly details: {
    readonly scheduled: (parameters: Json, region: string, limits: Limits) => EventDetails;
    readonly started: EventDetails | undefined;
    readonly output: (output: Json) => EventDetails;
    readonly failure: (error: string | undefined, cause: string | undefined) => EventDetails;
  };
  /** As DataLimitExceeded names the task (recorded). */
  readonly what: string;
}

/** What is evaluated before a task is scheduled, beside its parameters; undefined: absent. */
interface Limits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

/** Task: a unit of work done outside. https://states-language.net/spec.html#task-state */
export function compileTask(name: string, state: TaskState): ExitableState {
  const output = compileOutput(state);
  const compiled: ExitableState = {
    name,
    type: 'Task',
    entered: 'TaskStateEntered',
    exited: 'TaskStateExited',
    routine: withPolicies(
      state,
      { attempt: compileAttempt(name, state), output: ({ scope, frame }, result) => output(scope, frame.input, result) },
      () => compiled,
    ),
  };
  return compiled;
}

function compileAttempt(name: string, state: TaskState): Attempt {
  const resource = tryParseResource(state.Resource) as Resource;
  const wording = wordingOf(name, resource);
  const { details } = wording;
  const input = compileInput(state);
  const timeoutSeconds = compileSecondsField('TimeoutSeconds', state.TimeoutSeconds, state.TimeoutSecondsPath);
  const heartbeatSeconds = compileSecondsField('HeartbeatSeconds', state.HeartbeatSeconds, state.HeartbeatSecondsPath);
  const credentials = compileCredentials(state);
  const callback = resource.kind === 'service' && resource.pattern === 'waitForTaskToken';
  const resourceType = resource.kind === 'service' ? resource.resourceType : 'lambda-function';
  const action = resource.kind === 'service' ? resource.action : 'invoke';
  const what = `The call of ${state.Resource} by "${name}"`;

  return function* (branch): Routine<Json> {
    const { frame, scope, execution } = branch;
    for (;;) {
      const { step } = frame;
      switch (step.at) {
        case 'entered': {
          scope.input = frame.input;
          const limits = {
            timeoutSeconds: timeoutSeconds(scope),
            heartbeatSeconds: heartbeatSeconds(scope),
            roleArn: credentials(scope),
          };
          // `$$.Task.Token` is read from the frame while the parameters are evaluated.
          const token = callback ? execution.newToken() : undefined;
          if (token !== undefined) frame.step = { at: 'scheduled', parameters: null, token };
          const parameters = input(scope, frame.input);
          execution.check({ resource: state.Resource, resourceType, action, state: name, parameters });
          const scheduled = details.scheduled(parameters, execution.region, limits);
          record(branch, { at: 'scheduled', parameters, token }, wording.scheduled, scheduled);
          continue;
        }
        case 'scheduled': {
          const { parameters, token } = step;
          record(branch, { at: 'started', parameters, startedMs: execution.epochMs, token }, wording.started, details.started);
          continue;
        }
        case 'started': {
          const { parameters, startedMs, token } = step;
          const request: TaskCall = {
            resource: state.Resource,
            resourceType,
            action,
            parameters,
            state: name,
            executionArn: execution.arn,
            attempt: frame.retryCount,
            epochMs: startedMs,
            region: execution.region,
            token,
            uuid: () => execution.random.uuid(),
          };
          scope.input = frame.input;
          const landing: Landing = yield {
            kind: 'call',
            start: () => execution.perform(request),
            deadlineMs: startedMs + (timeoutSeconds(scope) ?? Infinity) * 1000,
            what,
          };
          const result = land(branch, wording, landing, what);
          if (token === undefined) {
            record(branch, { at: 'succeeded', result }, wording.succeeded, details.output(result));
            return result;
          }
          const submitted = { at: 'submitted', startedMs, token, lastBeatMs: execution.epochMs } as const;
          record(branch, submitted, 'TaskSubmitted', details.output(result));
          continue;
        }
        case 'submitted': {
          scope.input = frame.input;
          const answer: TokenAnswer = yield {
            kind: 'waitForToken',
            token: step.token,
            deadlineMs: step.startedMs + (timeoutSeconds(scope) ?? Infinity) * 1000,
            heartbeatMs: (heartbeatSeconds(scope) ?? Infinity) * 1000,
            beat: step,
            what: `"${name}"`,
          };
          const result = landToken(branch, wording, answer);
          record(branch, { at: 'succeeded', result }, wording.succeeded, details.output(result));
          return result;
        }
        case 'succeeded':
          return step.result;
        case 'failed':
          throw Failure.from(step);
        default:
          throw new SimulatorError(`The frame of the Task "${name}" stands at "${step.at}", where no Task can stand.`);
      }
    }
  };
}

/** A call's result; or its failure, recorded and thrown. */
function land(branch: Branch, wording: Wording, landing: Landing, what: string): Json {
  switch (landing.kind) {
    case 'timeout':
      return fail(branch, wording, wording.timedOut, new Failure('States.Timeout', undefined));
    case 'error': {
      const { error } = landing;
      if (error instanceof StatesError) return fail(branch, wording, wording.failed, new Failure(error.error, error.errorCause));
      if (error instanceof SimulatorError) throw error;
      throw new SimulatorError(
        `${what} ended in an error that is no Error Output: ${String(error)}. A fake fails a task by throwing fails(name, cause).`,
        { cause: error },
      );
    }
    case 'value': {
      let result: Json;
      try {
        result = toJson(landing.value, `The answer to ${what.charAt(0).toLowerCase()}${what.slice(1)}`);
      } catch (error) {
        throw new SimulatorError((error as Error).message, { cause: error });
      }
      return withinLimit(branch, wording, result);
    }
  }
}

function landToken(branch: Branch, wording: Wording, answer: TokenAnswer): Json {
  switch (answer.kind) {
    case 'timeout':
      return fail(branch, wording, wording.timedOut, new Failure('States.Timeout', undefined, false, answer.heartbeat));
    case 'failure':
      return fail(branch, wording, wording.failed, new Failure(answer.error, answer.cause));
    case 'success':
      return withinLimit(branch, wording, parseJson(answer.output, 'the output of SendTaskSuccess'));
  }
}

function withinLimit(branch: Branch, wording: Wording, result: Json): Json {
  return sizeBytes(result) > MAX_PAYLOAD_BYTES ? fail(branch, wording, wording.failed, dataLimitExceeded(wording.what)) : result;
}

function fail(branch: Branch, wording: Wording, type: HistoryEventType, failure: Failure): never {
  const { error, cause, fatal, heartbeat } = failure;
  record(branch, { at: 'failed', error, cause, fatal, heartbeat }, type, wording.details.failure(error, cause));
  throw failure;
}

function compileCredentials(state: TaskState): (scope: BranchScope) => string | undefined {
  const { Credentials: credentials } = state;
  if (!isObject(credentials)) return () => undefined;
  const { RoleArn: literal, 'RoleArn.$': dynamic } = credentials;
  if (typeof dynamic !== 'string') return () => (typeof literal === 'string' ? literal : undefined);
  const evaluate = compileValueExpression(dynamic, 'RoleArn.$');
  return (scope) => {
    const value = evaluate(scope);
    if (typeof value === 'string') return value;
    throw new EvaluationError('States.Runtime', `The field 'RoleArn.$' must give a string: ${dynamic}`);
  };
}

function wordingOf(name: string, resource: Resource): Wording {
  switch (resource.kind) {
    case 'lambda':
      return {
        scheduled: 'LambdaFunctionScheduled',
        started: 'LambdaFunctionStarted',
        succeeded: 'LambdaFunctionSucceeded',
        failed: 'LambdaFunctionFailed',
        timedOut: 'LambdaFunctionTimedOut',
        details: {
          scheduled: (input, _region, { timeoutSeconds, heartbeatSeconds, roleArn }) => ({
            input,
            resource: resource.arn,
            timeoutInSeconds: timeoutSeconds,
            heartbeatInSeconds: heartbeatSeconds,
            taskCredentials: roleArn === undefined ? undefined : { roleArn },
          }),
          started: undefined,
          output: (output) => ({ output }),
          failure: (error, cause) => ({ error, cause }),
        },
        what: resource.arn,
      };
    case 'service': {
      if (resource.pattern === 'sync' || resource.pattern === 'sync:2')
        throw unsupported(name, `the service integration pattern .${resource.pattern}`);
      const { resourceType, resource: called } = resource;
      return {
        scheduled: 'TaskScheduled',
        started: 'TaskStarted',
        succeeded: 'TaskSucceeded',
        failed: 'TaskFailed',
        timedOut: 'TaskTimedOut',
        details: {
          scheduled: (parameters, region, { timeoutSeconds, heartbeatSeconds, roleArn }) => ({
            resourceType,
            resource: called,
            region,
            parameters,
            timeoutInSeconds: timeoutSeconds,
            heartbeatInSeconds: heartbeatSeconds,
            taskCredentials: roleArn === undefined ? undefined : { roleArn },
          }),
          started: { resourceType, resource: called },
          output: (output) => ({ resourceType, resource: called, output }),
          failure: (error, cause) => ({ resourceType, resource: called, error, cause }),
        },
        what: resourceType,
      };
    }
    case 'activity':
      throw unsupported(name, 'an activity');
  }
}

const unsupported = (name: string, what: string): SimulatorError =>
  new SimulatorError(
    `The Task "${name}" uses ${what}, which this version of the simulator does not run. Test the states around it with a definition of their own.`,
  );
