import { validate } from '../../asl/validate';
import type { Account } from './account';
import type { RequestOf } from './request-model';

/** ValidateStateMachineDefinition. */
export const validateStateMachineDefinition = (
  _: Account,
  { definition, type, severity, maxResults }: RequestOf<'ValidateStateMachineDefinition'>,
): object => validate(definition, { type, severity, maxResults });
