/** What the exit codes of `baton` mean. `--help` and the README print this table. */
export const EXIT_CODES = {
  0: 'the execution, or the tested state, succeeded; every definition is valid; the picture was drawn; the server was interrupted',
  1: 'the execution, or the tested state, failed',
  2: 'the command cannot be carried out: unknown option, missing file, input that is not JSON',
  3: 'a definition is invalid: AWS would refuse it',
  4: 'the simulator could not go on: not simulated, no fake, a wait that nothing ends',
} as const;

/** An exit code of `baton`. */
export type ExitCode = keyof typeof EXIT_CODES;

/** The table for a terminal. */
export const renderExitCodes = (): string =>
  ['Exit codes:', ...Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`)].join('\n');
