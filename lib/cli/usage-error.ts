/** What the user asked for cannot be done. The message is for people, as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
