import type { Service } from '../service';
import type { Account } from './account';
import type { RefuseStateMachine } from './integration-start';
import { nestedExecutions } from './nested-executions';
import { sdkIntegration } from './sdk-integration';

/** The integrations `states` (nested executions) and `aws-sdk:sfn` (the whole API) with an account. */
export const statesServices = (accountOf: () => Account, refuse: RefuseStateMachine): readonly Service[] => [
  nestedExecutions(accountOf, refuse),
  sdkIntegration(accountOf, refuse),
];
