import type { MapState } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import type { Branch } from '../branch';
import { Failure } from '../failure';
import { compileNumberField } from './number-field';

/** Within what failures are tolerated; undefined: that is no limit. */
export interface Tolerance {
  readonly count: number | undefined;
  readonly percentage: number | undefined;
}

/** Compiles ToleratedFailureCount and ToleratedFailurePercentage, and their Path forms. */
export function compileTolerance(state: MapState): (branch: Branch) => Tolerance {
  const { ToleratedFailureCountPath: countPath, ToleratedFailurePercentagePath: percentagePath } = state;
  const countOf = compileNumberField('ToleratedFailureCount', state.ToleratedFailureCount, countPath, 'integer');
  const shareOf = compileNumberField('ToleratedFailurePercentage', state.ToleratedFailurePercentage, percentagePath, 'float');
  return (branch) => {
    const count = countOf(branch);
    if (count !== undefined && count < 0)
      throw new EvaluationError('States.Runtime', 'ToleratedFailureCount cannot be negative.');
    const percentage = shareOf(branch);
    if (percentage !== undefined && (percentage < 0 || percentage > 100))
      throw new EvaluationError('States.Runtime', 'ToleratedFailurePercentage must be between 0 and 100.');
    return { count, percentage };
  };
}

/** AWS's words (recorded). https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold */
export const toleranceExceeded = (): Failure =>
  new Failure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
