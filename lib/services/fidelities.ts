import { DYNAMODB_FIDELITY } from './dynamodb/fidelity';
import type { Fidelity } from './fidelity';
import { LAMBDA_FIDELITY } from './lambda/fidelity';
import { SES_FIDELITY } from './ses/fidelity';

/** What every simulated service says of itself, in the order of the table. */
export const FIDELITIES: readonly Fidelity[] = [LAMBDA_FIDELITY, DYNAMODB_FIDELITY, SES_FIDELITY];
