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
/** Letters of a name that can be misspelt: shorter ones are abbreviations, each one letter from the next (`ecs`, `evs`, `efs`). */
const LEAST_LETTERS = 5;

/**
 * The service that was probably meant by a name that no service has; undefined: it is one, or may well be one.
 *
 * `services.json` has the clients of the AWS SDK for JavaScript that aws-cdk-lib 2.276.0 knows (`sdk-v3-metadata.json`), without hyphens.
 * @param token in lower case without hyphens
 */
export function tryFindMeantService(token: string): string | undefined {
  if (known.has(token)) return undefined;
  if (Object.hasOwn(OTHER_NAMES, token)) return OTHER_NAMES[token];
  return token.length < LEAST_LETTERS ? undefined : tryFindNearest(token, names, MOST_WRONG);
}
