/** One thing that is wrong with a value or a text. */
export interface JsonProblem {
  /** JSON pointer of the value (`/items/0/price`, empty: the root), or `line:column` for a text. */
  readonly where: string;
  /** What was found and what to do. */
  readonly message: string;
}

/** Problems named in one error; a value with a million faults needs no longer message. */
export const MAX_PROBLEMS = 20;

/** A value that JSON cannot carry, or a text that is not JSON. The message lists every problem, at most `MAX_PROBLEMS`. */
export class JsonError extends Error {
  /**
   * @param what the value's name in the message, such as `the execution's input`
   * @param problems at least one
   */
  constructor(
    what: string,
    readonly problems: readonly JsonProblem[],
  ) {
    super(render(what, problems));
    this.name = 'JsonError';
  }
}

const render = (what: string, problems: readonly JsonProblem[]): string => {
  const lines = problems.map(({ where, message }) => `at ${where === '' ? 'the root' : where}: ${message}`);
  return lines.length === 1
    ? `${what} is not JSON: ${lines[0]}`
    : `${what} is not JSON:\n${lines.map((line) => `  - ${line}`).join('\n')}`;
};
