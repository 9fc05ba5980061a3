import { check as checkDefinition, type CheckOptions } from '../asl/check';
import type { Problem } from '../asl/problem';
import { type OptionNames, refuseAll, unknownOptions } from './check-options';
import { tellSource } from './tell-source';

/**
 * Says everything that is wrong with a state machine: what CreateStateMachine would refuse and warn of, and what deploys and hurts later
 * (`rules/README.md`).
 *
 * ```ts
 * expect(check(orders)).toEqual([]);
 * ```
 * @param target a construct or stack with one state machine, `{ assembly: 'cdk.out' }`, or a definition as value or text (JSON or YAML)
 * @throws JsonError if `inputSchema` is not JSON, TypeError if it is no JSON Schema
 * @throws SimulatorError for an option that there is not, or a target without a state machine
 */
export function check(target: unknown, options: CheckOptions = {}): readonly Problem[] {
  refuseAll(unknownOptions(options, NAMES, 'check(…)'));
  return tellSource(target, options.type, ({ definition, type }) => checkDefinition(definition, { ...options, type }));
}

const NAMES: OptionNames<CheckOptions> = { inputSchema: true, type: true };
