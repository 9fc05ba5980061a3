import { DefinitionError } from '../asl/problem';
import { SimulatorError } from '../simulator/simulator-error';
import { TestStateError } from '../test-state/test-state-error';
import type { ExitCode } from './exit-codes';
import { InvalidDefinition } from './invalid-definition';
import { UsageError } from './usage-error';

/** Why a command cannot be carried out: what `--json` prints in place of the result. */
export interface Refusal {
  /** `UsageError`, `InvalidDefinition` or `SimulatorError`; of test-state also the name of the API's exception. */
  readonly error: string;
  readonly message: string;
  readonly exitCode: ExitCode;
  /** Of an invalid definition, as `baton validate --json` has them. */
  readonly problems?: readonly object[];
}

/** What an error of ours means to a program; undefined: a defect. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (thrown instanceof InvalidDefinition) {
    const problems = thrown.problems.map(({ position, ...problem }) => ({ ...problem, ...position }));
    return { error: 'InvalidDefinition', message: thrown.message, exitCode: 3, problems };
  }
  if (thrown instanceof DefinitionError)
    return { error: 'InvalidDefinition', message: thrown.message, exitCode: 3, problems: thrown.problems };
  if (thrown instanceof TestStateError)
    return { error: thrown.code, message: thrown.message, exitCode: thrown.code === 'InvalidDefinition' ? 3 : 2 };
  if (thrown instanceof UsageError) return { error: 'UsageError', message: thrown.message, exitCode: 2 };
  return thrown instanceof SimulatorError ? { error: 'SimulatorError', message: thrown.message, exitCode: 4 } : undefined;
}
