import type { Fidelity } from '../fidelity';
import { createLambda } from './lambda';

/** Lambda's row in the table of services. */
export const LAMBDA_FIDELITY: Fidelity = {
  service: 'AWS Lambda',
  does: [
    "the functions of the stack run their own Node.js handlers, each with modules and an environment of its own, and Lambda's context",
    'RequestResponse, Event, DryRun; versions and aliases; errors as the runtime reports them',
  ],
  gaps: [
    'other languages, container images, zip files, layers, LogType',
    'weights of an alias, concurrency and throttling, cold starts',
    'Event: the handler runs at once; what it throws is lost, and it is not tried again',
  ],
  integrations: () => createLambda([]).services,
};
