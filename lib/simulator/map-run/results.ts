import { isArray, type Json } from '../../json/json';
import { JsonBytes } from '../../json/json-bytes';
import { renderJson } from '../../json/render-json';
import { sizeBytes } from '../../json/size-bytes';
import type { Routine } from '../effects';
import type { Ending, Execution } from '../execution';
import { dataLimitExceeded } from '../failure';
import { MAX_PAYLOAD_BYTES } from '../limits';
import type { WriterRequest } from './plan';
import { recordWriter } from './result-record';

/** What becomes of the results of a Map Run's children. */
export interface Results {
  /** A child has ended. @param index its place among the children */
  add(child: Execution, index: number, ending: Ending): void;
  /** The run has failed, and this child was never started; undefined: nobody asks for those. */
  readonly addPending: ((input: Json) => void) | undefined;
  /** Settles, and never rejects, when nothing waits to be written any more; undefined: nothing does. @throws Failure */
  readonly flushed: Promise<void> | undefined;
  /** There are no more. Gives the state's result. @throws Failure */
  finish(): Routine<Json>;
  /** The run begins again: what has not succeeded, and what is pending, will be told anew. @param count which redrive it is */
  redrive(count: number): void;
  /** What it takes to go on with them, but for what is pending. */
  snapshot(): Json;
}

/** Results that become the state's own: in the order of the items, and within the payload limit. */
export function collectResults(
  { transformation, outputType }: Omit<WriterRequest, 'destination'>,
  state: string,
  saved?: Json,
): Results {
  const writeRecord = recordWriter();
  const recordOf = (child: Execution, ending: Ending): Json => {
    const bytes = new JsonBytes();
    writeRecord(bytes, child, ending);
    return JSON.parse(bytes.written.toString()) as Json;
  };
  const results: (Json | undefined)[] = [];
  // Without the brackets of arrays, for FLATTEN takes them off.
  let leastBytes = saved === null ? Infinity : 0;
  const put = (index: number, result: Json): void => {
    // A redrive gives a child another one.
    leastBytes += sizeBytes(result) - 1 - (results[index] === undefined ? 0 : sizeBytes(results[index]) - 1);
    results[index] = result;
    // The state fails for it: nobody will read them.
    if (leastBytes > MAX_PAYLOAD_BYTES) results.length = 0;
  };
  for (const [index, result] of (saved ?? []) as readonly (readonly [number, Json])[]) put(index, result);
  return {
    add(child, index, ending) {
      if (leastBytes > MAX_PAYLOAD_BYTES) return;
      if (ending.status === 'SUCCEEDED' && transformation !== 'NONE') put(index, ending.output);
      else put(index, recordOf(child, ending));
    },
    addPending: undefined,
    flushed: undefined,
    // oxlint-disable-next-line require-yield
    *finish() {
      if (leastBytes > MAX_PAYLOAD_BYTES) throw dataLimitExceeded(state);
      const all = results.flatMap((result) =>
        result === undefined ? [] : transformation === 'FLATTEN' && isArray(result) ? result : [result],
      );
      const result = outputType === 'JSONL' ? all.map((each) => `${renderJson(each)}\n`).join('') : all;
      if (sizeBytes(result) > MAX_PAYLOAD_BYTES) throw dataLimitExceeded(state);
      return result;
    },
    redrive: () => undefined,
    snapshot: () =>
      leastBytes > MAX_PAYLOAD_BYTES ? null : results.flatMap((result, index) => (result === undefined ? [] : [[index, result]])),
  };
}
