import { tryFindNearest } from '../names/nearest-name';
import names from './services.json';

/** How services are called elsewhere on AWS, and how SDK integrations call them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  events: 'eventbridge',
  logs: 'cloudwatchlogs',
  states: 'sfn',
  stepfunctions: 'sfn',
};

const known = new Set(names);

/** Wrong letters in a name that is meant for another: services come and go, and a new one may be called much like an old one. */
const MOST_WRONG = 1;

/**
 * The service that was probably meant by a name that no service has; undefined: it is one, or may well be one.
 *
 * `services.json` has the clients of the AWS SDK for JavaScript that aws-cdk-lib 2.276.0 knows (`sdk-v3-metadata.json`), without hyphens.
 * @param token in lower case without hyphens
 */
export function tryFindMeantService(token: string): string | undefined {
  if (known.has(token)) return undefined;
  return (Object.hasOwn(OTHER_NAMES, token) ? OTHER_NAMES[token] : undefined) ?? tryFindNearest(token, names, MOST_WRONG);
}
