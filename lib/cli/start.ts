import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DefinitionError } from '../asl/problem';
import { renderSvg } from '../report/svg';
import { renderTimeline } from '../report/timeline';
import { SimulatorError } from '../simulator/simulator-error';
import { type Colours, coloursOf } from './colours';
import { parseArguments } from './parse-arguments';
import { indented } from './printable';
import { type Ending, type Example, type ExampleInput, readExample } from './read-example';
import { renderEnding } from './render-ending';
import { renderHelp, renderList } from './render-help';
import { renderOutbox } from './render-outbox';
import { renderTable } from './render-table';
import { type InputRun, runInput } from './run-input';
import { UsageError } from './usage-error';

/** What `start` works with. */
export interface StartOptions {
  /** Folder of the example. */
  readonly example: string;
  /** Folder for what is made: the cloud assembly, in `cdk.out`, and a picture per input. */
  readonly outdir: string;
  /** Synthesizes the app of the example into a folder. */
  readonly synth: (outdir: string) => Promise<void>;
  /** Takes text for people, without the last line feed. */
  readonly print: (text: string) => void;
  /** Takes what went wrong. */
  readonly printError: (text: string) => void;
  readonly colour: boolean;
  /** Longest line of a timeline, in characters. */
  readonly width: number;
}

/**
 * `npm start`: runs inputs of an example and tells what became of them.
 *
 * @param argv the arguments after the name of the command; see `renderHelp`
 * @returns the exit code: 0 all as the example says, 1 something was not, 2 wrong arguments
 */
export async function start(argv: readonly string[], options: StartOptions): Promise<0 | 1 | 2> {
  const { print, printError } = options;
  const example = readExample(options.example);
  try {
    const request = parseArguments(argv, example);
    switch (request.kind) {
      case 'help':
        print(renderHelp(example));
        return 0;
      case 'list':
        print(renderList(example));
        return 0;
      case 'run':
        return (await runAll(example, request.inputs, options)) ? 0 : 1;
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    printError(`${error.message}\nSee: npm start -- --help`);
    return 2;
  }
}

/** True if all ended as they should. */
async function runAll(example: Example, inputs: readonly ExampleInput[], options: StartOptions): Promise<boolean> {
  const { print, outdir, synth } = options;
  const colours = coloursOf(options.colour);
  const assembly = join(outdir, 'cdk.out');
  await synth(assembly);
  print(
    colours.quiet(
      `Synthesized into ${shown(assembly)}. From there the simulator runs ${example.machine} on a virtual clock,\n` +
        'with the real handlers, with DynamoDB in memory, and with an SES that sends nothing.',
    ),
  );
  print('');

  const wrong: ExampleInput[] = [];
  for (const input of inputs) if (!(await runOne(example, input, assembly, options, colours))) wrong.push(input);
  if (inputs.length > 1) {
    print(colours.strong(`${inputs.length - wrong.length} of ${inputs.length} ended as the example says.`));
    for (const { name } of wrong) print(colours.bad(`✗ ${name}`));
  }
  return wrong.length === 0;
}

async function runOne(
  example: Example,
  input: ExampleInput,
  assembly: string,
  options: StartOptions,
  colours: Colours,
): Promise<boolean> {
  const { print, printError } = options;
  const { strong, good, bad } = colours;
  print(`${strong(`${example.name} · ${input.name}`)}\n${input.description}\n`);
  try {
    const done = await runInput(assembly, example, input);
    const picture = writePicture(done, join(options.outdir, `${input.name}.svg`));
    print(renderRun(done, picture, options, colours));
    const right = endsAs(done, input.expected);
    if (right) print(good('✓ It ended as the example says.'));
    else printError(bad(`✗ The example says that it ends in ${renderExpected(input.expected)}.`));
    print('');
    return right;
  } catch (error) {
    if (!(error instanceof SimulatorError || error instanceof DefinitionError)) throw error;
    printError(bad(`✗ It could not be run: ${error.message}`));
    print('');
    return false;
  }
}

/** Returns the path. */
function writePicture({ run }: InputRun, path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, renderSvg(run.definition, run.events));
  return path;
}

function renderRun(
  { run, outbox, tables }: InputRun,
  picture: string,
  { colour, width }: StartOptions,
  colours: Colours,
): string {
  const section = (title: string, text: string): string => `\n${colours.strong(title)}\n${indented(text)}`;
  return [
    renderTimeline(run.events, { colour, width }),
    '',
    renderEnding(run, colours),
    section('Outbox of SES', renderOutbox(outbox, colours)),
    ...tables.map(({ table, keys, before, after }) => section(`Table ${table}`, renderTable(keys, before, after, colours))),
    section('Picture of the execution', shown(picture)),
    '',
  ].join('\n');
}

const endsAs = ({ run }: InputRun, { status, error }: Ending): boolean =>
  run.status === status && (run.status === 'SUCCEEDED' || run.error === error);

const renderExpected = ({ status, error }: Ending): string => (error === undefined ? status : `${status} with ${error}`);

/** A path as one would type it. */
const shown = (path: string): string => relative(process.cwd(), path);
