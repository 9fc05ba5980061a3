import type { Fidelity } from '../fidelity';
import { statesServices } from './integrations';

/** The row of Step Functions itself in the table of services. */
export const STATES_FIDELITY: Fidelity = {
  service: 'AWS Step Functions',
  does: [
    'the state machines of the stack, nested in the same world: request-response, `.sync`, `.sync:2`, callback',
    'the whole API',
  ],
  gaps: ['redrive, Map Runs', 'state machines of another account or region'],
  integrations: () =>
    statesServices(
      () => {
        throw new Error('Nothing is called here.');
      },
      () => undefined,
    ),
};
