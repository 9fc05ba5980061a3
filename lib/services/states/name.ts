import { isExecutionName } from '../../simulator/execution-name';
import { ApiError } from './api-error';

/** Refuses the name of a state machine, an activity or an execution. @throws ApiError InvalidName */
export function checkName(name: string): void {
  if (!isExecutionName(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
}
