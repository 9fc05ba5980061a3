import { Command } from 'commander';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { StateMachineType } from '../../asl/types';
import { type Server, startServer } from '../../server/start-server';
import type { StatusChange } from '../../services/states/status-change';
import type { NamedDefinition } from '../../testing/fill-account';
import { type Colours, coloursOf } from '../colours';
import { type Definition, readDefinitions } from '../definition';
import type { ExitCode } from '../exit-codes';
import { requireValid } from '../invalid-definition';
import { requireJsonFile } from '../json-file';
import { printable } from '../printable';
import { readFakes } from '../read-fakes';
import type { Surroundings } from '../surroundings';
import { typeOption } from '../type-option';
import { UsageError } from '../usage-error';

interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly time: string;
  readonly type?: StateMachineType;
  readonly fakes?: string;
  readonly mockConfig?: string;
  readonly seed?: string;
  readonly state?: string;
  readonly json?: true;
}

/** `baton serve`: the Step Functions API for SDK clients and the AWS CLI. */
export const serveCommand = (surroundings: Surroundings, end: (code: ExitCode) => void): Command =>
  new Command('serve')
    .summary('serve the Step Functions API on this machine')
    .description(
      'Serves the Step Functions API to SDK clients and the AWS CLI until it is interrupted. State machines of a cloud assembly run with their own functions and tables; whatever else they call needs a fake.',
    )
    .argument('[definitions...]', 'files of definitions (JSON or YAML), and directory of a cloud assembly (cdk.out)')
    .option('-p, --port <number>', 'port to listen on; 0: one that is free', '8083')
    .option(
      '--host <address>',
      'address to listen on; beyond loopback, everybody who reaches it may run what runs here',
      '127.0.0.1',
    )
    .option(
      '--time <pace>',
      'how time passes: real, jump (to what is due, but waiting for who could still answer), or a factor such as 60',
      'real',
    )
    .addOption(typeOption())
    .option('-f, --fakes <file>', 'what resources answer: .json, .yaml, or a module that exports an array of fakes')
    .option(
      '--mock-config <file>',
      'MockConfigFile.json of Step Functions Local: <stateMachineArn>#<test case> starts in a test case',
    )
    .option('--seed <text>', 'behind every random choice')
    .option(
      '--state <file>',
      'keep state machines, activities and executions in this file, and go on where the last server left it',
    )
    .option('--json', 'print a line of JSON for the server, and for every start and end of an execution')
    .action(async (paths: readonly string[], options: ServeOptions) => end(await serve(paths, options, surroundings)));

async function serve(paths: readonly string[], options: ServeOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { stateMachines, assembly } = readAll(paths, options.type);
  const { print, printError, interrupted, colour } = surroundings;
  const colours = coloursOf(colour);
  const asJson = options.json === true;
  // What goes on from a state file may end before the server is open; the server's own line comes first.
  const early: string[] = [];
  let tell = (line: string): void => void early.push(line);
  const server = await startServer({
    port: portOf(options.port),
    host: options.host,
    time: timeOf(options.time),
    seed: options.seed,
    startTime: new Date(),
    fakes: options.fakes === undefined ? [] : await readFakes(options.fakes),
    stateMachines,
    ...(options.state === undefined ? {} : { stateFile: options.state }),
    ...(assembly === undefined ? {} : { target: { assembly } }),
    ...(options.mockConfig === undefined
      ? {}
      : { mockConfig: requireJsonFile(options.mockConfig, 'the mock configuration').json }),
    onStatusChange: (change) => tell(asJson ? JSON.stringify(change) : renderChange(change, colours)),
    onRefusal: (executionArn, why) => printError(printable(colours.bad(`${executionArn}: ${why.message}`))),
  });
  const { url, stateMachineArns, notKept } = server;
  const told = { url, stateMachineArns, ...(notKept.length === 0 ? {} : { notKept }) };
  print(asJson ? JSON.stringify(told) : renderServer(server, options, colours));
  tell = print;
  early.forEach(tell);
  try {
    await interrupted();
  } finally {
    await server.close();
  }
  return 0;
}

function readAll(
  paths: readonly string[],
  type: StateMachineType | undefined,
): { readonly stateMachines: readonly NamedDefinition[]; readonly assembly: string | undefined } {
  const stateMachines: NamedDefinition[] = [];
  let assembly: string | undefined;
  for (const path of paths) {
    for (const definition of readDefinitions(path, isDirectory(path) ? {} : { type })) {
      requireValid(definition);
      if (definition.kind === 'file') stateMachines.push(named(path, definition));
      else if (assembly === undefined || assembly === path) assembly = path;
      else throw new UsageError(`There are two cloud assemblies, ${assembly} and ${path}: serve them on two ports.`);
    }
  }
  return { stateMachines, assembly };
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A file's state machine is called as the file. */
const named = (path: string, { text = '', type }: Definition): NamedDefinition => ({
  name: basename(path)
    .replace(/(?:\.asl)?(?:\.(?:json|ya?ml|asl))?$/i, '')
    .replaceAll(/[^\w.-]/g, '-'),
  definition: text,
  type,
});

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port is a number from 0 to 65535; found ${text}.`);
}

function timeOf(text: string): 'jump' | number {
  if (text === 'jump') return 'jump';
  const factor = text === 'real' ? 1 : Number(text);
  if (factor > 0 && factor < Infinity) return factor;
  throw new UsageError(`--time is real, jump, or how many seconds pass in a real one, such as 60; found ${text}.`);
}

function renderServer(
  { url, stateMachineArns, notKept }: Server,
  { time, host, state }: ServeOptions,
  { strong, quiet, bad }: Colours,
): string {
  const isLoopback = /^(?:127\.|localhost$|::1$)/.test(host);
  return [
    `${strong(`Step Functions on ${url}`)} ${quiet(`time: ${time} · Ctrl+C ends it`)}`,
    ...(isLoopback ? [] : [bad(`Not only this machine can reach it: ${host}.`)]),
    ...stateMachineArns.map((arn) => `  ${printable(arn)}`),
    ...(notKept.length === 0 ? [] : [printable(`  not in ${state}, and new at each start: ${notKept.join(', ')}`)]),
    quiet(`  aws stepfunctions list-state-machines --endpoint-url ${url}`),
    quiet('  SDK clients: the option endpoint, and disableHostPrefix: true for StartSyncExecution and TestState'),
  ].join('\n');
}

function renderChange({ executionArn, status, error, startDate, stopDate }: StatusChange, { good, bad, quiet }: Colours): string {
  const at = new Date(stopDate ?? startDate).toISOString();
  const paint = status === 'SUCCEEDED' ? good : status === 'RUNNING' ? (text: string): string => text : bad;
  const name = printable(executionArn.replace(/^.*:execution:/, ''));
  return `${quiet(at)} ${paint(status.padEnd(9))} ${name}${error === null ? '' : ` ${printable(error)}`}`;
}
