import { Command, Option } from 'commander';
import { parse } from '../../asl/parse';
import type { StateMachine } from '../../asl/types';
import { graphOf, namesIn, type StateGraph } from '../../report/graph';
import { renderMermaid } from '../../report/mermaid';
import { renderSvg } from '../../report/svg';
import type { HistoryEvent } from '../../simulator/history-event';
import { readDefinition } from '../definition';
import type { ExitCode } from '../exit-codes';
import { requireValid } from '../invalid-definition';
import { readEvents } from '../read-events';
import { writeTextFile } from '../read-text-file';
import { renderJsonText } from '../render-json-text';
import type { Surroundings } from '../surroundings';
import { UsageError } from '../usage-error';

interface GraphOptions {
  readonly machine?: string;
  readonly format: keyof typeof FORMATS;
  readonly json?: true;
  readonly run?: string;
  readonly output?: string;
}

const FORMATS = {
  svg: renderSvg,
  mermaid: renderMermaid,
} satisfies Readonly<Record<string, (machine: StateMachine, events?: readonly HistoryEvent[]) => string>>;

/** `baton graph`: draws a definition, and the way of an execution on it. */
export const graphCommand = (surroundings: Surroundings, end: (code: ExitCode) => void): Command =>
  new Command('graph')
    .summary('draw a definition')
    .description('Draws a definition, and the way that an execution took.')
    .argument('<definition>', 'file of a definition (JSON or YAML), or directory of a cloud assembly (cdk.out)')
    .option('-m, --machine <name>', 'state machine of the assembly: name, ARN, logical id or construct path')
    .addOption(new Option('--format <format>', 'of the picture').choices(Object.keys(FORMATS)).default('svg'))
    .option('--json', 'states and transitions as JSON, in place of a picture')
    .option(
      '--run <file>',
      'draw the way of an execution: what "baton run --json" or "aws stepfunctions get-execution-history" printed; - for standard input',
    )
    .option('-o, --output <file>', 'write it there (default: standard output)')
    .action((path: string, options: GraphOptions) => end(graph(path, options, surroundings)));

function graph(path: string, options: GraphOptions, surroundings: Surroundings): ExitCode {
  const { format, run, output } = options;
  if (options.json === true && run !== undefined) throw new UsageError('--run is for pictures: leave out --json.');
  const machine = parse(requireValid(readDefinition(path, options)));
  const events = run === undefined ? undefined : readEvents(run, surroundings);
  if (events !== undefined) requireItsOwn(events, machine);
  const text =
    options.json === true ? renderJsonText(withoutStates(graphOf(machine))) : FORMATS[format](machine, events).trimEnd();
  if (output === undefined) surroundings.print(text);
  else writeTextFile(output, `${text}\n`);
  return 0;
}

/** A run of another definition would draw a picture of nothing. @throws UsageError */
function requireItsOwn(events: readonly HistoryEvent[], machine: StateMachine): void {
  const known = new Set(namesIn(graphOf(machine)));
  const entered = new Set(events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []));
  const foreign = [...entered].filter((name) => !known.has(name));
  if (foreign.length === 0) return;
  const names = foreign.map((name) => JSON.stringify(name)).join(', ');
  throw new UsageError(`The run entered ${names}, which this definition does not have. Draw it on the definition that ran.`);
}

/** What the states themselves say stands in the definition. */
const withoutStates = ({ pointer, nodes, edges }: StateGraph): object => ({
  pointer,
  nodes: nodes.map(({ id, name, type, parts }) => ({ id, name, type, parts: parts.map(withoutStates) })),
  edges,
});
