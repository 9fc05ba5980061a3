import { AGENTCORE_FIDELITY } from './agentcore/fidelity';
import { BEDROCK_FIDELITY } from './bedrock/fidelity';
import { DYNAMODB_FIDELITY } from './dynamodb/fidelity';
import { EVENTS_FIDELITY } from './events/fidelity';
import type { Fidelity } from './fidelity';
import { HTTP_FIDELITY } from './http/fidelity';
import { JOBS_FIDELITY } from './jobs/fidelity';
import { LAMBDA_FIDELITY } from './lambda/fidelity';
import { S3_FIDELITY } from './s3/fidelity';
import { SCHEDULER_FIDELITY } from './scheduler/fidelity';
import { SES_FIDELITY } from './ses/fidelity';
import { SNS_FIDELITY } from './sns/fidelity';
import { SQS_FIDELITY } from './sqs/fidelity';
import { STATES_FIDELITY } from './states/fidelity';

/** What every simulated service says of itself, in the order of the table. */
export const FIDELITIES: readonly Fidelity[] = [
  LAMBDA_FIDELITY,
  STATES_FIDELITY,
  DYNAMODB_FIDELITY,
  S3_FIDELITY,
  SQS_FIDELITY,
  SNS_FIDELITY,
  EVENTS_FIDELITY,
  SCHEDULER_FIDELITY,
  SES_FIDELITY,
  HTTP_FIDELITY,
  BEDROCK_FIDELITY,
  AGENTCORE_FIDELITY,
  JOBS_FIDELITY,
];
