import type { Fidelity } from '../fidelity';
import { createS3 } from '../s3/s3';
import { createBedrock } from './bedrock';
import { noModel } from './model-request';

/** Bedrock's row in the table of services. */
export const BEDROCK_FIDELITY: Fidelity = {
  service: 'Amazon Bedrock',
  does: [
    'a model is a function of the test: `model(…)`; it is given guardrail, trace and latency parameters, and answers tasks and handlers with SDK clients, over HTTP/2 too',
    'Converse, whose messages are the same for all models',
    'Input and Output in the simulated S3; errors by `fails(…)`, such as Bedrock.ThrottlingException',
  ],
  gaps: [
    'guardrails do not intervene, quotas do not throttle, bodies are not held against what a model takes',
    'an Output gives its S3 URI as Body, and a failing Input the error of S3: as the documentation has it, without a recording',
    'streams of events (ConverseStream, InvokeModelWithResponseStream): refused by name',
    'tokens and latency are 0 unless the model says otherwise',
    'createModelCustomizationJob',
  ],
  integrations: () => createBedrock(noModel, createS3()).services,
};
