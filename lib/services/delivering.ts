import { SimulatorError } from '../simulator/simulator-error';
import { ApiFailure } from './api';

/** @throws SimulatorError where the target refuses what it is given: on AWS nobody would hear of it */
export function delivering(what: string, target: string, deliver: () => unknown): void {
  try {
    deliver();
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    throw new SimulatorError(`${what} cannot deliver to ${target}: ${error.message} Correct the template.`, { cause: error });
  }
}
