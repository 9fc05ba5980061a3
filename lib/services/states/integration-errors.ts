import { SimulatorError } from '../../simulator/simulator-error';
import type { StatesError } from '../../simulator/states-error';
import type { ServiceFailure } from '../service-error';
import { ApiError } from './api-error';

/** The API's exceptions, of which each has a class in the AWS SDKs for Java. */
export const EXCEPTIONS: ReadonlySet<string> = new Set([
  'ActivityAlreadyExists',
  'ActivityDoesNotExist',
  'ActivityLimitExceeded',
  'ActivityWorkerLimitExceeded',
  'ConflictException',
  'ExecutionAlreadyExists',
  'ExecutionDoesNotExist',
  'ExecutionLimitExceeded',
  'ExecutionNotRedrivable',
  'InvalidArn',
  'InvalidDefinition',
  'InvalidEncryptionConfiguration',
  'InvalidExecutionInput',
  'InvalidLoggingConfiguration',
  'InvalidName',
  'InvalidOutput',
  'InvalidToken',
  'InvalidTracingConfiguration',
  'MissingRequiredParameter',
  'ResourceNotFound',
  'ServiceQuotaExceededException',
  'StateMachineAlreadyExists',
  'StateMachineDeleting',
  'StateMachineDoesNotExist',
  'StateMachineLimitExceeded',
  'StateMachineTypeNotSupported',
  'TaskDoesNotExist',
  'TaskTimedOut',
  'TooManyTags',
  'ValidationException',
]);

/** What only the simulator says is no Error Output. */
export function failureOf(error: unknown, toError: (failure: Omit<ServiceFailure, 'requestId'>) => StatesError): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.code === 'NotSimulated') return new SimulatorError(error.message);
  return toError({ code: error.code, message: error.message, statusCode: error.statusCode });
}
