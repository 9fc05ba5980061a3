import { isArray, type Json, type JsonObject } from '../../json/json';
import { JsonBytes } from '../../json/json-bytes';
import { renderJson } from '../../json/render-json';
import type { Routine } from '../effects';
import type { Ending, Execution } from '../execution';
import { Failure } from '../failure';
import { SimulatorError } from '../simulator-error';
import { ObjectStoreError, type ObjectWriter } from './object-store';
import type { MapRunPlan, WriterRequest } from './plan';
import { LAYOUTS, ResultFiles, type ResultFilesSnapshot, type WrittenFile } from './result-files';
import { recordWriter, writePending } from './result-record';
import type { Results } from './results';
import { untilSettled } from './until-settled';
import { WriteQueue } from './write-queue';

/** The Map Run whose results are written. */
interface WritingRun {
  readonly plan: Pick<MapRunPlan, 'state' | 'express'>;
  readonly arn: string;
  /** The execution that the Map belongs to. */
  readonly execution: Execution;
}

/** What it takes to go on with results that are written. */
type Saved = {
  readonly redriveCount: number;
  /** Files of successes that the run wrote before it was redriven. */
  readonly earlier: readonly WrittenFile[];
  readonly succeeded: ResultFilesSnapshot | undefined;
  readonly failed: ResultFilesSnapshot | undefined;
};

/**
 * Results that go to S3: a file for those of each status, or several, and `manifest.json`, which names them. The state's result says where it is.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html#input-output-resultwriter-exporting-to-S3
 */
export function writeResults(
  { destination, transformation, outputType }: WriterRequest & { readonly destination: JsonObject },
  { plan: { state, express }, arn, execution }: WritingRun,
  saved?: Json,
): Results {
  const store = execution.objects;
  if (store === undefined)
    throw new SimulatorError(
      `The ResultWriter of "${state}" writes to S3, and this world has none: simulate the stack that makes the bucket.`,
    );
  const { Bucket: bucket, Prefix: prefix = '' } = destination as { readonly Bucket: string; readonly Prefix?: string };
  const create = (key: string) => store.create(bucket, key);
  const writeRecord = recordWriter();
  /** The record that is being written. */
  const record = new JsonBytes();

  /** What the run writes until it ends; a redrive writes into a folder of its own (measured: github.com/radkawar/stackd). */
  const attempt = ({ redriveCount, earlier, succeeded, failed }: Saved) => {
    const folder = `${folderOf(prefix, arn)}${redriveCount === 0 ? '' : `Redrive-${redriveCount}/`}`;
    const queue = new WriteQueue();
    const filesOf = (kind: string, files?: ResultFilesSnapshot) =>
      new ResultFiles(`${folder}${kind}`, LAYOUTS[outputType], create, queue, undefined, files);
    return {
      redriveCount,
      earlier,
      folder,
      queue,
      succeeded: filesOf('SUCCEEDED', succeeded),
      failed: filesOf('FAILED', failed),
      pending: filesOf('PENDING'),
    };
  };
  let now = attempt((saved as Saved | undefined) ?? { redriveCount: 0, earlier: [], succeeded: undefined, failed: undefined });

  const flushed = (): Promise<void> | undefined => {
    try {
      return now.queue.flushed;
    } catch (thrown) {
      if (!(thrown instanceof ObjectStoreError)) throw thrown;
      execution.assume('results-not-writable');
      throw new Failure('States.ResultWriterFailed', thrown.message);
    }
  };
  function* untilFlushed(): Routine<void> {
    for (let waits = flushed(); waits !== undefined; waits = flushed()) {
      const rest = waits;
      yield* untilSettled(execution, `The ResultWriter of "${state}"`, () => rest);
    }
  }

  return {
    add(child, _index, ending) {
      record.clear();
      if (ending.status === 'SUCCEEDED' && transformation !== 'NONE') {
        for (const output of outputsOf(ending, transformation))
          now.succeeded.add(record.clear().write(renderJson(output)).written);
        return;
      }
      writeRecord(record, child, ending);
      (ending.status === 'SUCCEEDED' ? now.succeeded : now.failed).add(record.written);
    },
    addPending(input) {
      writePending(record.clear(), input);
      now.pending.add(record.written);
    },
    get flushed() {
      return flushed();
    },
    *finish() {
      const { folder, queue, earlier, succeeded, failed, pending } = now;
      for (const each of [failed, pending, succeeded]) each.close();
      if (express && (failed.written.length > 0 || (succeeded.written.length > 0 && transformation === 'NONE')))
        execution.assume('express-record-name');
      if (succeeded.written.length > 0 || failed.written.length > 0) execution.assume('result-file-order');
      if (pending.written.length > 0) execution.assume('pending-results');
      const files = { FAILED: failed.written, PENDING: pending.written, SUCCEEDED: [...earlier, ...succeeded.written] };
      const Key = `${folder}manifest.json`;
      const manifest = renderJson({ DestinationBucket: bucket, MapRunArn: arn, ResultFiles: files });
      let object: ObjectWriter | undefined;
      queue.do(() => (object = create(Key)).write(Buffer.from(manifest)));
      queue.do(() => object?.end());
      yield* untilFlushed();
      return { MapRunArn: arn, ResultWriterDetails: { Bucket: bucket, Key } };
    },
    redrive(redriveCount) {
      now = attempt({
        redriveCount,
        earlier: [...now.earlier, ...now.succeeded.written],
        succeeded: undefined,
        failed: undefined,
      });
    },
    snapshot(): Json {
      const { redriveCount, earlier, succeeded, failed } = now;
      return { redriveCount, earlier, succeeded: succeeded.snapshot(), failed: failed.snapshot() } satisfies Saved;
    },
  };
}

/** A run's own folder: its UUID below the prefix. */
function folderOf(prefix: string, arn: string): string {
  return `${prefix}${prefix === '' || prefix.endsWith('/') ? '' : '/'}${arn.slice(arn.lastIndexOf(':') + 1)}/`;
}

const outputsOf = (
  { output }: Extract<Ending, { readonly status: 'SUCCEEDED' }>,
  transformation: 'COMPACT' | 'FLATTEN',
): readonly Json[] => (transformation === 'FLATTEN' && isArray(output) ? output : [output]);
