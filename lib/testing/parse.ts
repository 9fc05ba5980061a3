import type { DefinitionOptions } from '../asl/parse';
import type { StateMachine } from '../asl/types';
import { type OptionNames, refuseAll, unknownOptions } from './check-options';
import { parseSource, sourceOf } from './target';

/**
 * Reads a definition. The deprecated `Iterator` and `Parameters` of Map are read as `ItemProcessor` and `ItemSelector`.
 * @param target a construct or stack with one state machine, `{ assembly: 'cdk.out' }`, or a definition as value or text (JSON or YAML)
 * @throws DefinitionError with every problem that AWS would refuse it for
 * @throws SimulatorError for an option that there is not, or a target without a state machine
 */
export function parse(target: unknown, options: DefinitionOptions = {}): StateMachine {
  refuseAll(unknownOptions(options, NAMES, 'parse(…)'));
  return parseSource(sourceOf(target, options.type));
}

const NAMES: OptionNames<DefinitionOptions> = { type: true };
