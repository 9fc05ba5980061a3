/** What a source has wrong. Its message becomes the cause of States.ItemReaderFailed. */
export class ItemFormatError extends Error {
  override readonly name = 'ItemFormatError';
}

/** AWS's words for columns of the same name. Recorded. */
export const DUPLICATE_HEADERS = 'CSV headers cannot contain duplicates.';

/** AWS's words for what has no items in it. Recorded. */
export const NOT_ITERABLE = 'Attempting to map over non-iterable node.';

/** Whether AWS has been seen to say it so. */
export const isRecorded = ({ message }: ItemFormatError): boolean => message === DUPLICATE_HEADERS || message === NOT_ITERABLE;
