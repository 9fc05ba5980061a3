import type { Fidelity } from '../fidelity';
import { createDynamoDb } from './dynamodb';

/** DynamoDB's row in the table of services. */
export const DYNAMODB_FIDELITY: Fidelity = {
  service: 'Amazon DynamoDB',
  does: [
    'the tables of the stack, in memory, by dynalite: keys, secondary indexes, conditions, updates, filters, paging',
    'errors and validations in the words of DynamoDB',
  ],
  gaps: [
    'transactions, PartiQL, streams, time to live, ReturnValuesOnConditionCheckFailure',
    'capacity and throttling but by a fake with a `limit(…)`: every table is on demand',
  ],
  integrations: () => createDynamoDb().services,
};
