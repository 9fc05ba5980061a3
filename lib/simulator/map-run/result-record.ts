import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { type Ending, type Execution, executionPrefix, isExpress, type Machine } from '../execution';
import { renderTimestamp } from '../render-timestamp';

/** What stands in the records of all children of a machine, as JSON text. */
interface Constants {
  readonly prefix: string;
  /** Without its last quote. */
  readonly renderedPrefix: string;
  readonly stateMachineArn: string;
  readonly redriveOfSucceeded: string;
  readonly redriveOfOthers: string;
}

const constantsOf = (machine: Machine): Constants => {
  const prefix = executionPrefix(machine);
  const express = isExpress(machine);
  return {
    prefix,
    renderedPrefix: renderJson(prefix).slice(0, -1),
    stateMachineArn: renderJson(machine.arn),
    redriveOfSucceeded: express
      ? ''
      : '"RedriveStatus":"NOT_REDRIVABLE","RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",',
    redriveOfOthers: express ? '' : '"RedriveStatus":"REDRIVABLE_BY_MAP_RUN",',
  };
};

/**
 * Makes what a result file says of a child, as JSON text: the fields of DescribeExecution, in the order of the alphabet.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 *
 * OutputDetails also stands where there is no output, and an Express child has no RedriveStatus (measured: github.com/radkawar/stackd).
 */
export function recordsOf(): (child: Execution, ending: Ending) => string {
  let constants: Constants | undefined;
  return (child, ending) => {
    const { machine, arn, input } = child;
    constants ??= constantsOf(machine);
    const { prefix, renderedPrefix, stateMachineArn } = constants;
    // A name is one that was drawn: nothing in it has to be escaped.
    const name = arn.slice(prefix.length);
    const inputText = renderJson(renderJson(input));
    let fault = '';
    let output = '';
    let redrive = constants.redriveOfOthers;
    if (ending.status === 'SUCCEEDED') {
      output = `"Output":${ending.output === input ? inputText : renderJson(renderJson(ending.output))},`;
      redrive = constants.redriveOfSucceeded;
    } else {
      if (ending.cause !== undefined) fault = `"Cause":${renderJson(ending.cause)},`;
      if (ending.error !== undefined) fault += `"Error":${renderJson(ending.error)},`;
    }
    const stopDate = renderTimestamp(child.epochMs);
    const startDate = child.startMs === child.epochMs ? stopDate : new Date(child.startMs).toISOString();
    return `{${fault}"ExecutionArn":${renderedPrefix}${name}","Input":${inputText},"InputDetails":{"Included":true},"Name":"${name}",${output}"OutputDetails":{"Included":true},"RedriveCount":${child.redriveCount},${redrive}"StartDate":"${startDate}","StateMachineArn":${stateMachineArn},"Status":"${ending.status}","StopDate":"${stopDate}"}`;
  };
}

/** What a result file says of a child that was never started (measured: github.com/radkawar/stackd). */
export const pendingRecord = (input: Json): string =>
  `{"Input":${renderJson(renderJson(input))},"InputDetails":{"Included":true},"Status":"PENDING"}`;
