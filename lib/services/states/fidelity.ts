import type { Fidelity } from '../fidelity';
import { statesServices } from './integrations';

/** The row of Step Functions itself in the table of services. */
export const STATES_FIDELITY: Fidelity = {
  service: 'AWS Step Functions',
  does: [
    'the state machines of the stack, nested in the same world: request-response, `.sync`, `.sync:2`, callback',
    'the whole API; an execution is forgotten 90 days after its end',
    'redrive for 14 days of virtual time; Map Runs: described, listed and updated while they run, with their children',
    'a nested execution is stopped when the task that waits for it is aborted',
  ],
  gaps: [
    'of the children of a Map Run that have ended the latest 10,000 are kept; the state file of a server keeps their counts, not them',
    'state machines of another account or region',
    'the state file of a server keeps what Step Functions has; tables, queues and buckets begin anew, and the server names them',
  ],
  integrations: () =>
    statesServices(
      () => {
        throw new Error('Nothing is called here.');
      },
      () => undefined,
    ),
};
