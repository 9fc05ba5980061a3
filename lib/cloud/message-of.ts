/** The message of whatever was thrown. Under Jest, Node's own errors are no instances of the test's `Error`. */
export const messageOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);
