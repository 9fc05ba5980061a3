import type { JsonObject } from '../json/json';
import { ApiFailure } from './api';

/** Most entries of a batch of SQS or SNS. */
export const MAX_BATCH_ENTRIES = 10;

/** Performs the entries of a batch, one after the other; those that are refused are told beside the others. */
export function performBatch(
  entries: readonly JsonObject[],
  idOf: (entry: JsonObject) => string,
  perform: (entry: JsonObject) => JsonObject,
): { readonly Successful: readonly JsonObject[]; readonly Failed: readonly JsonObject[] } {
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const entry of entries) {
    const Id = idOf(entry);
    try {
      Successful.push({ Id, ...perform(entry) });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

/** The first id that stands twice; undefined: all differ. */
export const repeatedId = (ids: readonly string[]): string | undefined => ids.find((id, index) => ids.indexOf(id) !== index);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatchRequestEntry.html */
export const isBatchId = (id: string): boolean => /^[\w-]{1,80}$/.test(id);
