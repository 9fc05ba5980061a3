/** One mistake of a definition's author. */
export interface Problem {
  /** ERROR: AWS refuses the definition. WARNING: AWS takes it and it hurts. */
  readonly severity: 'ERROR' | 'WARNING';
  /** AWS's code, such as `SCHEMA_VALIDATION_FAILED` or `MISSING_TRANSITION_TARGET`; of a rule beyond AWS (`rules/README.md`) its id. */
  readonly code: string;
  /** Where, as AWS writes it: `/States/Ship/Next`. undefined where AWS gives no location. */
  readonly location: string | undefined;
  /** Where, as a JSON pointer (RFC 6901): `/` and `~` in state names are escaped. */
  readonly pointer: string;
  /** AWS's words where they are known. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/**
 * A definition that AWS would refuse: all its problems at once.
 * `message` lists them for people; `problems` is for programs.
 */
export class DefinitionError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    what = 'The state machine definition',
  ) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super(`${what} has ${count}:\n${problems.map((problem) => `  - ${renderProblem(problem)}`).join('\n')}`);
    this.name = 'DefinitionError';
  }
}

/** `CODE: message at /location (hint)`, the form of `CreateStateMachine`'s own answer with the hint behind it. */
export const renderProblem = (problem: Problem): string =>
  `${problem.code}: ${problem.message}${problem.location === undefined ? '' : ` at ${problem.location}`}` +
  (problem.hint === undefined ? '' : ` (${problem.hint})`);

/** `InvalidDefinition`'s message as `CreateStateMachine` words it: `at null` where it has no location. */
export const renderInvalidDefinition = (problems: readonly Problem[]): string =>
  `Invalid State Machine Definition: '${problems
    .map(({ code, message, location = 'null' }) => `${code}: ${message} at ${location}`)
    .join(', ')}'`;
