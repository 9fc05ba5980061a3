import { tryParse } from '../asl/parse';
import { type ValidateOptions, type Validation, validationOf } from '../asl/validate';
import { type OptionNames, refuseAll, unknownOptions } from './check-options';
import { tellSource } from './tell-source';

/**
 * Answers what ValidateStateMachineDefinition answers.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 * @param target a construct or stack with one state machine, `{ assembly: 'cdk.out' }`, or a definition as value or text (JSON or YAML)
 * @throws SimulatorError for an option that there is not, or a target without a state machine
 */
export function validate(target: unknown, options: ValidateOptions = {}): Validation {
  refuseAll(unknownOptions(options, NAMES, 'validate(…)'));
  const problems = tellSource(target, options.type, ({ definition, type }) => tryParse(definition, { type }).problems);
  return validationOf(problems, options);
}

const NAMES: OptionNames<ValidateOptions> = { maxResults: true, severity: true, type: true };
