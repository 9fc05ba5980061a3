import type { Fidelity } from '../fidelity';
import { createSes } from './ses';

/** SES's row in the table of services. */
export const SES_FIDELITY: Fidelity = {
  service: 'Amazon SES',
  does: [
    'both versions of the API send into one outbox, `world.outbox`',
    'addresses can be rejected as those that are not verified',
  ],
  gaps: [
    'templates are not rendered, raw messages not read',
    'identities, sandbox, suppression list, quotas, events of a configuration set',
  ],
  integrations: () => createSes().services,
};
