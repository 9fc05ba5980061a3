import { Command, CommanderError } from 'commander';
import { DefinitionError } from '../asl/problem';
import { SimulatorError } from '../simulator/simulator-error';
import { TestStateError } from '../test-state/test-state-error';
import { coloursOf } from './colours';
import { graphCommand } from './commands/graph';
import { runCommand } from './commands/run';
import { testStateCommand } from './commands/test-state';
import { validateCommand } from './commands/validate';
import { type ExitCode, renderExitCodes } from './exit-codes';
import { InvalidDefinition } from './invalid-definition';
import { printable } from './printable';
import { renderProblems } from './render-problems';
import type { Surroundings } from './surroundings';
import { UsageError } from './usage-error';

const COMMANDS = [runCommand, validateCommand, graphCommand, testStateCommand];

/**
 * The command line `baton`.
 * @param argv the arguments after the name of the command
 * @returns the exit code, see `EXIT_CODES`
 * @throws whatever is a defect of ours
 */
export async function baton(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command('baton')
    .description('Runs, checks and draws AWS Step Functions workflows: no AWS account, nothing is sent, nobody is charged.')
    .helpCommand(false);
  for (const make of COMMANDS) program.addCommand(make(surroundings, (code) => (exitCode = code)));
  for (const command of [program, ...program.commands]) {
    command
      .configureOutput({
        writeOut: (text) => surroundings.print(printable(text.trimEnd())),
        writeErr: (text) => surroundings.printError(printable(text.trimEnd())),
        getOutHelpWidth: () => surroundings.width,
        getErrHelpWidth: () => surroundings.width,
        getOutHasColors: () => surroundings.colour,
      })
      .exitOverride()
      .showHelpAfterError(`See: ${command === program ? '' : 'baton '}${command.name()} --help`)
      .addHelpText('after', `\n${renderExitCodes()}`);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return tell(error, surroundings);
  }
}

function tell(error: unknown, { printError, colour }: Surroundings): ExitCode {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InvalidDefinition) {
    printError(renderProblems(error.definition, error.problems, coloursOf(colour)));
    return 3;
  }
  const code = exitCodeOf(error);
  if (code === undefined) throw error;
  printError(printable((error as Error).message));
  return code;
}

/** undefined: a defect of ours. */
function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof UsageError) return 2;
  if (error instanceof TestStateError) return error.code === 'InvalidDefinition' ? 3 : 2;
  if (error instanceof DefinitionError) return 3;
  return error instanceof SimulatorError ? 4 : undefined;
}
