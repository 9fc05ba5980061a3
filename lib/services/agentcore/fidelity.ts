import type { Fidelity } from '../fidelity';
import { createAgentCore, noHarness } from './agentcore';

/** The row of AgentCore in the table of services. */
export const AGENTCORE_FIDELITY: Fidelity = {
  service: 'Amazon Bedrock AgentCore',
  does: [
    'a harness is a function of the test: `harness(…)`; its text, or parts of the response',
    'errors by `fails(…)`, such as BedrockAgentCore.ThrottlingException',
  ],
  gaps: [
    "sessions have no memory: what an agent remembers is the function's own",
    'tokens and latency are 0 unless the test says otherwise; the limit of 15 minutes',
    'the words of a validation error are by analogy',
  ],
  integrations: () => createAgentCore(noHarness),
};
