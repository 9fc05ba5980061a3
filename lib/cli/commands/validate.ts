import { Command, Option } from 'commander';
import type { Problem } from '../../asl/problem';
import type { StateMachineType } from '../../asl/types';
import type { Json } from '../../json/json';
import { coloursOf } from '../colours';
import { type Definition, type LocatedProblem, problemsOf, readDefinitions } from '../definition';
import type { ExitCode } from '../exit-codes';
import { readInput } from '../read-input';
import { renderJsonText } from '../render-json-text';
import { renderProblems } from '../render-problems';
import type { Surroundings } from '../surroundings';
import { typeOption } from '../type-option';
import { UsageError } from '../usage-error';

interface ValidateOptions {
  readonly machine?: string;
  readonly type?: StateMachineType;
  readonly inputSchema?: string;
  readonly severity: Problem['severity'];
  readonly json?: true;
}

/** `baton validate`: tells what is wrong with definitions. */
export const validateCommand = (surroundings: Surroundings, end: (code: ExitCode) => void): Command =>
  new Command('validate')
    .summary('tell what is wrong with definitions')
    .description('Tells everything for which AWS would refuse a definition, and what it would take and which hurts all the same.')
    .argument('<definitions...>', 'files of definitions (JSON or YAML), or directories of cloud assemblies (cdk.out)')
    .option('-m, --machine <name>', 'only this state machine of the assembly')
    .addOption(typeOption())
    .option(
      '--input-schema <value>',
      "JSON Schema of the execution's input: JSON, or a file in JSON or YAML; paths that it cannot have are told",
    )
    .addOption(new Option('--severity <least>', 'the least that is told').choices(['ERROR', 'WARNING']).default('WARNING'))
    .option('--json', 'print the problems as JSON')
    .action((paths: readonly string[], options: ValidateOptions) => end(validate(paths, options, surroundings)));

interface Checked {
  readonly definition: Definition;
  readonly problems: readonly LocatedProblem[];
}

function validate(paths: readonly string[], options: ValidateOptions, surroundings: Surroundings): ExitCode {
  const { print, colour } = surroundings;
  const { machine, type, severity } = options;
  const schema = options.inputSchema === undefined ? undefined : readInput(options.inputSchema, 'the input schema', surroundings);
  const definitions = paths.flatMap((path) => readDefinitions(path, { machine, type }));
  const checked = definitions.map((definition): Checked => ({ definition, problems: problemsIn(definition, severity, schema) }));
  print(options.json === true ? renderJsonText(checked.map(toPrint)) : render(checked, colour));
  return checked.every(isValid) ? 0 : 3;
}

function problemsIn(definition: Definition, severity: Problem['severity'], schema: Json | undefined): readonly LocatedProblem[] {
  try {
    return problemsOf(definition, severity, schema);
  } catch (error) {
    if (error instanceof TypeError && schema !== undefined) throw new UsageError(error.message);
    throw error;
  }
}

const isValid = ({ problems }: Checked): boolean => problems.every((problem) => problem.severity === 'WARNING');

/** `result` as ValidateStateMachineDefinition has it. */
const toPrint = (checked: Checked): object => ({
  [checked.definition.kind]: checked.definition.name,
  type: checked.definition.type,
  result: isValid(checked) ? 'OK' : 'FAIL',
  problems: checked.problems.map(({ position, ...problem }) => ({ ...problem, ...position })),
});

function render(checked: readonly Checked[], colour: boolean): string {
  const colours = coloursOf(colour);
  const problems = checked.flatMap((one) => one.problems);
  const errors = problems.filter((problem) => problem.severity === 'ERROR').length;
  const found = [counted(errors, 'error'), counted(problems.length - errors, 'warning')].join(', ');
  const summary = `${counted(checked.length, 'definition')}: ${problems.length === 0 ? 'no problems' : found}`;
  return [
    ...checked.filter((one) => one.problems.length > 0).map((one) => renderProblems(one.definition, one.problems, colours)),
    errors === 0 ? colours.good(summary) : colours.bad(summary),
  ].join('\n');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
