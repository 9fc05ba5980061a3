import { EvaluationError } from '../../expressions/evaluation-error';
import { compilePath } from '../../expressions/json-path';
import type { Evaluate } from '../../expressions/scope';
import { parseTimestamp } from '../../expressions/timestamp';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import { MAX_SECONDS } from '../../asl/max-seconds';
import type { QueryLanguage, WaitState } from '../../asl/types';
import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { type Branch, exit } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import { statesScope } from '../data-flow/jsonata';
import { MAX_WAIT_SECONDS } from '../limits';
import { compileIntegerExpression } from '../number-expression';
import type { ExitableState } from '../program';

/** Wait: for a time or until one. https://states-language.net/spec.html#wait-state */
export function compileWait(name: string, state: WaitState, language: QueryLanguage): ExitableState {
  const flow = compileDataFlow(name, state, language, false);
  const until = compileUntil(state);
  const compiled: ExitableState = {
    name,
    type: 'Wait',
    entered: 'WaitStateEntered',
    exited: 'WaitStateExited',
    run(branch, heard) {
      const { frame } = branch;
      const effectiveInput = flow.input(branch);
      if (frame.step.at !== 'wait') {
        const { enteredMs } = frame;
        const untilMs = until(branch, enteredMs);
        if (untilMs - enteredMs > MAX_WAIT_SECONDS * 1000)
          throw new EvaluationError('States.Runtime', 'Wait state delay is too long.');
        if (untilMs > enteredMs) frame.step = { at: 'wait', untilMs };
      }
      if (frame.step.at === 'wait' && heard === undefined) return { kind: 'sleep', untilMs: frame.step.untilMs };
      exit(branch, compiled, flow.output(branch, effectiveInput), state.Next);
      return undefined;
    },
  };
  return compiled;
}

/** When the wait ends, in virtual time. JSONPath reads the effective input. */
type Until = (branch: Branch, enteredMs: number) => number;

function compileUntil(state: WaitState): Until {
  const { Seconds: seconds, SecondsPath: secondsPath, Timestamp: timestamp, TimestampPath: timestampPath } = state;
  if (typeof seconds === 'number') return (_branch, enteredMs) => enteredMs + seconds * 1000;
  if (seconds !== undefined) return secondsExpression(seconds);
  if (isJsonata(timestamp)) return timestampExpression(timestamp);
  if (timestamp !== undefined) {
    const timestampMs = parseTimestamp(timestamp) as number;
    return () => timestampMs;
  }
  if (secondsPath !== undefined) {
    const read = compileField('SecondsPath', secondsPath);
    return ({ scope }, enteredMs) => enteredMs + readSeconds(read(scope), secondsPath) * 1000;
  }
  const path = timestampPath as string;
  const read = compileField('TimestampPath', path);
  return ({ scope }) => {
    const value = read(scope);
    const timestampMs = typeof value === 'string' ? parseTimestamp(value) : undefined;
    if (timestampMs !== undefined) return timestampMs;
    throw new EvaluationError(
      'States.Runtime',
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${plain(value)}`,
    );
  };
}

function secondsExpression(text: string): Until {
  const evaluate = compileIntegerExpression('Seconds', text, { least: 0, most: MAX_SECONDS });
  return (branch, enteredMs) => enteredMs + evaluate(branch) * 1000;
}

function timestampExpression(text: string): Until {
  const evaluate = compileJsonataField(text, 'Timestamp', 'string');
  return (branch) => {
    const value = evaluate(statesScope(branch));
    const timestampMs = parseTimestamp(value);
    if (timestampMs !== undefined) return timestampMs;
    throw new EvaluationError(
      'States.QueryEvaluationError',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`,
      'Timestamp',
    );
  };
}

function compileField(field: string, path: string): Evaluate {
  const compiled = compilePath(path);
  return (scope) => {
    const value = compiled.evaluate(scope);
    if (value === undefined)
      throw new EvaluationError('States.Runtime', `The ${field} parameter does not reference an input value: ${path}`);
    return value;
  };
}

function readSeconds(given: Json, path: string): number {
  // Digits in a text count as the integer they spell, as they do in MaxConcurrencyPath (recorded there).
  const value = typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
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
