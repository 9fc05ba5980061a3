import { EvaluationError } from '../../expressions/evaluation-error';
import { compilePath } from '../../expressions/json-path';
import { parseTimestamp } from '../../expressions/timestamp';
import type { WaitState } from '../../asl/types';
import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { type BranchScope, exit } from '../branch';
import { compileFilter } from '../data-flow';
import { MAX_WAIT_SECONDS } from '../limits';
import type { ExitableState } from '../program';

/** Wait: for a time or until one. https://states-language.net/spec.html#wait-state */
export function compileWait(name: string, state: WaitState): ExitableState {
  const inputFilter = compileFilter(state.InputPath);
  const outputFilter = compileFilter(state.OutputPath);
  const until = compileUntil(state);
  const compiled: ExitableState = {
    name,
    type: 'Wait',
    entered: 'WaitStateEntered',
    exited: 'WaitStateExited',
    *routine(branch) {
      const { scope, frame, execution } = branch;
      scope.input = frame.input;
      inputFilter(scope);
      if (frame.step.at !== 'wait') {
        const untilMs = until(scope, execution.epochMs);
        if (untilMs - execution.epochMs > MAX_WAIT_SECONDS * 1000)
          throw new EvaluationError('States.Runtime', 'Wait state delay is too long.');
        if (untilMs > execution.epochMs) frame.step = { at: 'wait', untilMs };
      }
      if (frame.step.at === 'wait') yield { kind: 'sleep', untilMs: frame.step.untilMs };
      exit(branch, compiled, outputFilter(scope), state.Next);
    },
  };
  return compiled;
}

/** When the wait ends, in virtual time. */
function compileUntil(state: WaitState): (scope: BranchScope, epochMs: number) => number {
  if (state.Seconds !== undefined) {
    const { Seconds: seconds } = state;
    return (_scope, epochMs) => epochMs + seconds * 1000;
  }
  if (state.Timestamp !== undefined) {
    const timestampMs = parseTimestamp(state.Timestamp) as number;
    return () => timestampMs;
  }
  if (state.SecondsPath !== undefined) {
    const seconds = compileField('SecondsPath', state.SecondsPath);
    return (scope, epochMs) => epochMs + readSeconds(seconds(scope), state.SecondsPath as string) * 1000;
  }
  const path = state.TimestampPath as string;
  const timestamp = compileField('TimestampPath', path);
  return (scope) => {
    const value = timestamp(scope);
    const timestampMs = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (timestampMs !== undefined) return timestampMs;
    throw new EvaluationError(
      'States.Runtime',
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${plain(value)}`,
    );
  };
}

function compileField(field: string, path: string): (scope: BranchScope) => Json {
  const compiled = compilePath(path);
  return (scope) => {
    const value = compiled.evaluate(scope);
    if (value === undefined)
      throw new EvaluationError('States.Runtime', `The ${field} parameter does not reference an input value: ${path}`);
    return value;
  };
}

function readSeconds(value: Json, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new EvaluationError(
      'States.Runtime',
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${plain(value)}`,
    );
  }
  if (value < 0)
    throw new EvaluationError('States.Runtime', `The SecondsPath parameter references a negative value: ${path} == ${value}`);
  return value;
}

/** A string without its quotes, anything else as JSON. */
const plain = (value: Json): string => (typeof value === 'string' ? value : renderJson(value));
