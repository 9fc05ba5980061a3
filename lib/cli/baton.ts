import { Command, CommanderError } from 'commander';
import { coloursOf } from './colours';
import { graphCommand } from './commands/graph';
import { runCommand } from './commands/run';
import { serveCommand } from './commands/serve';
import { testStateCommand } from './commands/test-state';
import { validateCommand } from './commands/validate';
import { type ExitCode, renderExitCodes } from './exit-codes';
import { InvalidDefinition } from './invalid-definition';
import { printable } from './printable';
import { type Refusal, refusalOf } from './refusal';
import { renderJsonText } from './render-json-text';
import { renderProblems } from './render-problems';
import type { Surroundings } from './surroundings';
import { readVersion } from './version';

const COMMANDS = [runCommand, validateCommand, graphCommand, testStateCommand, serveCommand];

/** `help` for a command that there is not is that command: it is told which one was meant. */
const helped = ([first, second, ...rest]: readonly string[], { commands }: Command): string[] => {
  const isUnknown = first === 'help' && second !== undefined && !commands.some((command) => command.name() === second);
  return [first, second, ...rest].filter((argument, index) => argument !== undefined && !(isUnknown && index === 0)) as string[];
};

/**
 * The command line `baton`.
 * @param argv the arguments after the name of the command
 * @returns the exit code, see `EXIT_CODES`
 * @throws whatever is a defect of ours
 */
export async function baton(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command('baton')
    .description(
      'Runs, checks, draws and serves AWS Step Functions workflows: no AWS account, nothing is sent, nobody is charged.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command');
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
    await program.parseAsync(helped(argv, program), { from: 'user' });
    return exitCode;
  } catch (error) {
    return tell(error, argv.includes('--json'), surroundings);
  }
}

function tell(thrown: unknown, asJson: boolean, { print, printError, colour }: Surroundings): ExitCode {
  if (thrown instanceof CommanderError) {
    // Commander has said it already.
    if (thrown.exitCode === 0) return 0;
    if (asJson) print(renderJsonText({ error: 'UsageError', message: thrown.message, exitCode: 2 } satisfies Refusal));
    return 2;
  }
  const refusal = refusalOf(thrown);
  if (refusal === undefined) throw thrown;
  if (asJson) print(renderJsonText(refusal));
  printError(
    thrown instanceof InvalidDefinition
      ? renderProblems(thrown.definition, thrown.problems, coloursOf(colour))
      : printable(refusal.message),
  );
  return refusal.exitCode;
}
