/** What a source has wrong. Its message becomes the cause of States.ItemReaderFailed. */
export class ItemFormatError extends Error {
  override readonly name = 'ItemFormatError';
}

/** AWS's words for what has no items in it. Recorded. */
export const NOT_ITERABLE = 'Attempting to map over non-iterable node.';
