import { createAgentCore, noHarness } from '../../../lib/services/agentcore/agentcore';
import { combineServices } from '../../../lib/services/combine-services';
import type { Service } from '../../../lib/services/service';
import type { JsonObject } from '../../../lib/json/json';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { callOf } from '../call-of';
import { describeService } from '../service-suite';

const ASK: JsonObject = {
  HarnessArn: 'arn:aws:bedrock-agentcore:us-east-1:123456789012:harness/support',
  RuntimeSessionId: 'session-00000000000000000000000001',
  Messages: [{ Role: 'user', Content: [{ Text: 'Where is my order?' }] }],
};

describeService('bedrockagentcore', {
  create: () => createAgentCore(() => 'On its way.')[0] as Service,
  succeeding: { action: 'invokeHarness', parameters: ASK },
  failing: {
    action: 'invokeHarness',
    parameters: { ...ASK, RuntimeSessionId: 'short' },
    error: 'BedrockAgentCore.ValidationException',
    cause:
      /Value 'short' at 'runtimeSessionId' failed to satisfy constraint: Member must have length greater than or equal to 33 \(Service: BedrockAgentCore;/,
  },
  malformed: {
    action: 'invokeHarness',
    parameters: { ...ASK, Messages: 'Hello', Prompt: 'x' },
    problems: ["The value for the field 'Messages' must be a LIST", 'The field "Prompt" is not supported by Step Functions'],
  },
});

const answering = (answer: unknown) =>
  combineServices(createAgentCore(() => answer)).perform(callOf('bedrockagentcore', 'invokeHarness', ASK)).value;

test('a text is the last message', async () => {
  expect(await answering('On its way.')).toEqual({
    Metrics: { LatencyMs: 0 },
    Output: { Message: { Content: [{ Text: 'On its way.' }], Role: 'assistant' } },
    StopReason: 'end_turn',
    Usage: { InputTokens: 0, OutputTokens: 0, TotalTokens: 0 },
  });
});

test('members take the place of what is made up', async () => {
  const Usage = { InputTokens: 3, OutputTokens: 4, TotalTokens: 7 };
  expect(await answering(Promise.resolve({ StopReason: 'max_tokens', Usage }))).toMatchObject({
    StopReason: 'max_tokens',
    Usage,
  });
});

test.each([[7], [{ Text: 'x' }], [undefined]])('the answer %j stops the run', (answer) => {
  expect(() => answering(answer)).toThrow(SimulatorError);
  expect(() => answering(answer)).toThrow(
    /"Ask": a harness answers with a text, or with some of Output, StopReason, Usage, Metrics/,
  );
});

test('without a harness, the run stops and says what to add', () => {
  const call = callOf('bedrockagentcore', 'invokeHarness', ASK);
  expect(() => combineServices(createAgentCore(noHarness)).perform(call)).toThrow(
    /Add a fake: harness\('arn:aws:bedrock-agentcore:.*harness\/support'/,
  );
});
