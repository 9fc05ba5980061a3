import { nobodyHears } from './asynchronous-invocations';
import type { Fidelity } from '../fidelity';
import { createLambda } from './lambda';
import type { LambdaWorld } from './lambda-world';

/** Nothing around: only the names of the integrations are asked for. */
const NOWHERE: LambdaWorld = {
  epochMs: 0,
  after: () => undefined,
  errand: () => undefined,
  doors: () => new Map(),
  fakeOf: () => undefined,
  asynchronousInvocations: nobodyHears,
  patienceMs: 0,
};

/** Lambda's row in the table of services. */
export const LAMBDA_FIDELITY: Fidelity = {
  service: 'AWS Lambda',
  does: [
    "the functions of the stack run their own Node.js handlers, each with modules and an environment of its own, and Lambda's context",
    'RequestResponse, Event, DryRun; versions and aliases; errors as the runtime reports them; the timeout, for a handler that takes virtual time',
    'asynchronous invocations, of Tasks, handlers, topics, rules and schedules: retries, the maximum age, destinations and dead-letter queues',
    "handlers with the AWS SDK's clients reach the services of this world; no socket of theirs leaves loopback",
  ],
  gaps: [
    'other languages, container images, zip files, layers, LogType',
    'worker threads and processes: a handler may start none, for nobody watches their network',
    'S3 as a destination; an error of Lambda itself counts as one of the function once it has taken an event',
    'weights of an alias, cold starts; concurrency and throttling but by a fake with a `limit(…)`; code that throws while it loads stops the run, as does a handler with callbacks in a runtime without them',
    '`Date` in a handler is the real time, in the time zone of the test; `fetch` to AWS, and what is no SDK client over HTTP',
    'fakes of other APIs see the names that clients send, where their client is not installed',
  ],
  integrations: () => createLambda([], NOWHERE).services,
};
