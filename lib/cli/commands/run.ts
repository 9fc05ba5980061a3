import { Command } from 'commander';
import type { StateMachineType } from '../../asl/types';
import { renderSvg } from '../../report/svg';
import { renderTimeline } from '../../report/timeline';
import { ASSUMPTIONS } from '../../simulator/assumptions';
import { begin, type BegunSimulation, type SimulatedRun, type SimulationOptions } from '../../testing/begin';
import { finish, simulate } from '../../testing/simulate';
import type { SimulationTarget } from '../../testing/target';
import { type Colours, coloursOf } from '../colours';
import { readDefinition } from '../definition';
import type { ExitCode } from '../exit-codes';
import { requireValid } from '../invalid-definition';
import { indented, printable } from '../printable';
import { standingOf, startProgress } from '../progress';
import { readFakes } from '../read-fakes';
import { readInput } from '../read-input';
import { writeTextFile } from '../read-text-file';
import { renderEnding } from '../render-ending';
import { renderHeadroom } from '../render-headroom';
import { renderJsonText } from '../render-json-text';
import type { Surroundings } from '../surroundings';
import { typeOption } from '../type-option';

interface RunOptions {
  readonly machine?: string;
  readonly type?: StateMachineType;
  readonly input?: string;
  readonly fakes?: string;
  readonly seed?: string;
  readonly name?: string;
  readonly svg?: string;
  readonly json?: true;
}

/** `baton run`: runs a definition, or a machine of a cloud assembly, to its end. */
export const runCommand = (surroundings: Surroundings, end: (code: ExitCode) => void): Command =>
  new Command('run')
    .summary('run an execution on a virtual clock')
    .description(
      'Runs an execution to its end on a virtual clock, and tells what happened. A machine of a cloud assembly runs with its own functions and tables; whatever else it calls needs a fake.',
    )
    .argument('<definition>', 'file of a definition (JSON or YAML), or directory of a cloud assembly (cdk.out)')
    .option('-m, --machine <name>', 'state machine of the assembly: name, ARN, logical id or construct path')
    .addOption(typeOption())
    .option('-i, --input <value>', 'JSON, a file in JSON or YAML, or - for standard input (default: {})')
    .option('-f, --fakes <file>', 'what resources answer: .json, .yaml, or a module that exports an array of fakes')
    .option('--seed <text>', 'behind every random choice')
    .option('--name <name>', "the execution's name")
    .option('--svg <file>', 'draw the way of the execution')
    .option(
      '--json',
      'print the run as JSON, its events as GetExecutionHistory returns them (those of an Express execution as its log has them)',
    )
    .action(async (path: string, options: RunOptions) => end(await run(path, options, surroundings)));

async function run(path: string, options: RunOptions, surroundings: Surroundings): Promise<ExitCode> {
  const definition = readDefinition(path, options);
  const input = options.input === undefined ? {} : readInput(options.input, 'the input', surroundings);
  const fakes = options.fakes === undefined ? [] : await readFakes(options.fakes);
  requireValid(definition);
  const { seed, name } = options;
  const finished = await watched(definition.target, { input, fakes, seed, name, type: definition.type }, surroundings);
  if (options.svg !== undefined) writeTextFile(options.svg, renderSvg(finished.definition, finished.events));
  surroundings.print(
    options.json === true ? renderJsonText({ ...finished, definition: undefined }) : render(finished, options.svg, surroundings),
  );
  return finished.status === 'SUCCEEDED' ? 0 : 1;
}

/** Simulates, and draws how far it has come. */
async function watched(target: SimulationTarget, options: SimulationOptions, { draw }: Surroundings): Promise<SimulatedRun> {
  if (draw === undefined) return simulate(target, options);
  const seen: { begun?: BegunSimulation } = {};
  const progress = startProgress(draw, () => standingOf(seen.begun));
  try {
    // The first event comes while it begins.
    seen.begun = begin(target, options, 'simulate(…)', () => progress.noteEvent());
    return await finish(seen.begun);
  } finally {
    progress.end();
  }
}

function render(run: SimulatedRun, picture: string | undefined, { colour, width }: Surroundings): string {
  const colours = coloursOf(colour);
  return [
    renderTimeline(run.events, { colour, width }),
    '',
    renderEnding(run, colours),
    ...section('Headroom', renderHeadroom(run.headroom), colours),
    ...section(
      'Taken for granted of AWS, with no source that says so',
      run.assumptions.map((id) => `${id}: ${ASSUMPTIONS[id].what}`),
      colours,
    ),
    ...section('Answers that came too late', run.droppedCalls, colours),
    ...section("Answers that could not be held against AWS's models of its APIs", run.uncheckedAnswers, colours),
    ...section('Fakes that nothing used', run.unusedFakes, colours),
    ...(picture === undefined ? [] : section('Picture', [picture], colours)),
  ].join('\n');
}

const section = (title: string, lines: readonly string[], { quiet }: Colours): readonly string[] =>
  lines.length === 0 ? [] : ['', quiet(title), ...lines.map((line) => indented(printable(line)))];
