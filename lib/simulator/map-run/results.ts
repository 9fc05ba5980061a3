import { isArray, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { sizeBytes } from '../../json/size-bytes';
import type { Routine } from '../effects';
import type { Ending, Execution } from '../execution';
import { dataLimitExceeded } from '../failure';
import { MAX_PAYLOAD_BYTES } from '../limits';
import type { WriterRequest } from './plan';

/** What becomes of the results of a Map Run's children. */
export interface Results {
  /** A child has ended. @param index its place among the children */
  add(child: Execution, index: number, ending: Ending): void;
  /** All children have ended. Gives the state's result. @throws Failure */
  finish(succeeded: boolean): Routine<Json>;
  /** What it takes to go on with them. */
  snapshot(): Json;
}

/** Results that become the state's own: in the order of the items, and within the payload limit. */
export function collectResults({ transformation, outputType }: WriterRequest, state: string, saved?: Json): Results {
  const results: (Json | undefined)[] = [];
  for (const [index, result] of (saved ?? []) as readonly (readonly [number, Json])[]) results[index] = result;
  let bytes = results.reduce<number>((sum, result) => sum + bytesOf(result), 2);
  return {
    add(child, index, ending) {
      const result = ending.status === 'SUCCEEDED' && transformation !== 'NONE' ? ending.output : resultRecord(child, ending);
      // A redrive gives a child another one.
      bytes += bytesOf(result) - bytesOf(results[index]);
      results[index] = result;
    },
    // oxlint-disable-next-line require-yield
    *finish() {
      if (bytes - 1 > MAX_PAYLOAD_BYTES) throw dataLimitExceeded(state);
      const all = results.flatMap((result) =>
        result === undefined ? [] : transformation === 'FLATTEN' && isArray(result) ? result : [result],
      );
      return outputType === 'JSONL' ? all.map((result) => `${renderJson(result)}\n`).join('') : all;
    },
    snapshot: () => results.flatMap((result, index) => (result === undefined ? [] : [[index, result]])),
  };
}

/** With the comma behind it. */
const bytesOf = (result: Json | undefined): number => (result === undefined ? 0 : sizeBytes(result) + 1);

/** What a result file says of a child. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export function resultRecord(child: Execution, ending: Ending): JsonObject {
  const express = child.machine.type === 'EXPRESS';
  return {
    ExecutionArn: child.arn,
    Input: renderJson(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(ending.status === 'SUCCEEDED'
      ? { Output: renderJson(ending.output), OutputDetails: { Included: true } }
      : {
          ...(ending.error === undefined ? {} : { Error: ending.error }),
          ...(ending.cause === undefined ? {} : { Cause: ending.cause }),
        }),
    ...(express ? {} : { RedriveCount: 0, RedriveStatus: 'NOT_REDRIVABLE' }),
    StartDate: new Date(child.startMs).toISOString(),
    StateMachineArn: child.machine.arn,
    Status: ending.status,
    StopDate: new Date(child.epochMs).toISOString(),
  };
}
