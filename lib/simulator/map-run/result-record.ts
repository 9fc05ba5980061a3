import type { Json } from '../../json/json';
import type { JsonBytes } from '../../json/json-bytes';
import { renderJson } from '../../json/render-json';
import { type Ending, type Execution, executionPrefix, isExpress, type Machine } from '../execution';
import { renderTimestamp } from '../render-timestamp';

/** What stands in the records of all children of a machine, as JSON text. */
interface Constants {
  /** Up to the name in the child's ARN. */
  readonly prefix: string;
  /** Where nothing has failed. */
  readonly start: Uint8Array;
  readonly executionArn: Uint8Array;
  readonly stateMachineArn: string;
  readonly redriveOfSucceeded: string;
  readonly redriveOfOthers: string;
}

const constantsOf = (machine: Machine): Constants => {
  const prefix = executionPrefix(machine);
  const express = isExpress(machine);
  const executionArn = `"ExecutionArn":${renderJson(prefix).slice(0, -1)}`;
  return {
    prefix,
    start: Buffer.from(`{${executionArn}`),
    executionArn: Buffer.from(executionArn),
    stateMachineArn: renderJson(machine.arn),
    redriveOfSucceeded: express
      ? ''
      : '"RedriveStatus":"NOT_REDRIVABLE","RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",',
    redriveOfOthers: express ? '' : '"RedriveStatus":"REDRIVABLE_BY_MAP_RUN",',
  };
};

const INPUT = Buffer.from('","Input":');
const NAME = Buffer.from(',"InputDetails":{"Included":true},"Name":"');
const OUTPUT = Buffer.from('","Output":');
const NO_OUTPUT = Buffer.from('"');

/**
 * Writes what a result file says of a child: the fields of DescribeExecution, in the order of the alphabet.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 *
 * OutputDetails also stands where there is no output, and an Express child has no RedriveStatus (measured: github.com/radkawar/stackd).
 */
export function recordWriter(): (bytes: JsonBytes, child: Execution, ending: Ending) => void {
  let constants: Constants | undefined;
  let tail: Tail | undefined;
  return (bytes, child, ending) => {
    const { machine, arn, input } = child;
    constants ??= constantsOf(machine);
    if (ending.status === 'SUCCEEDED') bytes.copy(constants.start);
    else bytes.write(`{${faultOf(ending)}`).copy(constants.executionArn);
    // A name is one that was drawn: nothing in it has to be escaped.
    const from = bytes.length;
    const to = bytes.write(arn.slice(constants.prefix.length)).length;
    bytes.copy(INPUT).quote(input).copy(NAME).repeat(from, to);
    if (ending.status === 'SUCCEEDED') bytes.copy(OUTPUT).quote(ending.output);
    else bytes.copy(NO_OUTPUT);
    if (tail === undefined || !isTailOf(tail, child, ending)) tail = tailOf(child, ending, constants);
    bytes.copy(tail.bytes);
  };
}

const faultOf = ({ error, cause }: Exclude<Ending, { readonly status: 'SUCCEEDED' }>): string =>
  (cause === undefined ? '' : `"Cause":${renderJson(cause)},`) + (error === undefined ? '' : `"Error":${renderJson(error)},`);

/** The end of a record, which children share that began and ended in the same moment, with the same status. */
interface Tail {
  readonly bytes: Uint8Array;
  readonly status: Ending['status'];
  readonly redriveCount: number;
  readonly startMs: number;
  readonly stopMs: number;
}

const isTailOf = ({ status, redriveCount, startMs, stopMs }: Tail, child: Execution, ending: Ending): boolean =>
  status === ending.status && redriveCount === child.redriveCount && startMs === child.startMs && stopMs === child.epochMs;

function tailOf({ redriveCount, startMs, epochMs: stopMs }: Execution, { status }: Ending, constants: Constants): Tail {
  const redrive = status === 'SUCCEEDED' ? constants.redriveOfSucceeded : constants.redriveOfOthers;
  const text = `,"OutputDetails":{"Included":true},"RedriveCount":${redriveCount},${redrive}"StartDate":"${renderTimestamp(startMs)}","StateMachineArn":${constants.stateMachineArn},"Status":"${status}","StopDate":"${renderTimestamp(stopMs)}"}`;
  return { bytes: Buffer.from(text), status, redriveCount, startMs, stopMs };
}

/** Writes what a result file says of a child that was never started (measured: github.com/radkawar/stackd). */
export function writePending(bytes: JsonBytes, input: Json): void {
  bytes.write('{"Input":').quote(input).write(',"InputDetails":{"Included":true},"Status":"PENDING"}');
}
