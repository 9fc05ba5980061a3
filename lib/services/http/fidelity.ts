import type { Fidelity } from '../fidelity';
import { createHttp, nobody } from './http';

/** The row of HTTP Tasks and API Gateway in the table of services. */
export const HTTP_FIDELITY: Fidelity = {
  service: 'HTTP Tasks, Amazon API Gateway',
  does: [
    'answers come from `http(…)`: a function of the test, or a server on this machine',
    'parameters of the connection, form encoding, forbidden headers, refused content types, the limit of 60 seconds',
  ],
  gaps: [
    'secrets stay references; no OAuth, no signatures, no redirects, no throttling',
    'the causes of `States.Http.StatusCode.<n>` (the status in words), of `States.Http.Socket` (none) and of refused content types are as people report them or made up',
    'headers that CloudFront adds in front of API Gateway',
  ],
  integrations: () => createHttp(nobody),
};
