import { Command, Option } from 'commander';
import type { Problem } from '../../asl/problem';
import type { StateMachineType } from '../../asl/types';
import { coloursOf } from '../colours';
import { type Definition, type LocatedProblem, problemsOf, readDefinitions } from '../definition';
import type { ExitCode } from '../exit-codes';
import { renderJsonText } from '../render-json-text';
import { renderProblems } from '../render-problems';
import type { Surroundings } from '../surroundings';
import { typeOption } from '../type-option';

interface ValidateOptions {
  readonly machine?: string;
  readonly type?: StateMachineType;
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
    .addOption(new Option('--severity <least>', 'the least that is told').choices(['ERROR', 'WARNING']).default('WARNING'))
    .option('--json', 'print the problems as JSON')
    .action((paths: readonly string[], options: ValidateOptions) => end(validate(paths, options, surroundings)));

interface Checked {
  readonly definition: Definition;
  readonly problems: readonly LocatedProblem[];
}

function validate(paths: readonly string[], options: ValidateOptions, { print, colour }: Surroundings): ExitCode {
  const { machine, type, severity } = options;
  const definitions = paths.flatMap((path) => readDefinitions(path, { machine, type }));
  const checked = definitions.map((definition): Checked => ({ definition, problems: problemsOf(definition, severity) }));
  print(options.json === true ? renderJsonText(checked.map(toPrint)) : render(checked, colour));
  return checked.every(isValid) ? 0 : 3;
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
