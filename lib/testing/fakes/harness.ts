import { isObject, type JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { createAgentCore } from '../../services/agentcore/agentcore';
import { combineServices } from '../../services/combine-services';
import type { TaskCall } from '../../simulator/task-call';
import type { Fake } from './fake';
import type { Script } from './script';
import { standIn } from './stand-in';

/** What a harness answers: the text of its last message, members of the response, a function of the request, or a script. */
export type HarnessAnswer = object | string | Script | ((request: JsonObject, call: TaskCall) => unknown);

/**
 * A harness of Amazon Bedrock AgentCore, for `bedrockagentcore:invokeHarness`.
 *
 * ```ts
 * harness('support', ({ Messages }) => 'The order is on its way.')
 * harness('support', { Output: { Message: { Role: 'assistant', Content: [{ Text: 'Ask ann' }] } }, StopReason: 'max_tokens' })
 * harness('support', fails('BedrockAgentCore.ThrottlingException').then('At your service.'))
 * ```
 * @param name the harness's name, the last part of its ARN; or the ARN
 */
export function harness(name: string, answer: HarnessAnswer): Fake {
  const label = `harness('${name}')`;
  return standIn({
    label,
    answer,
    matches: ({ resourceType, action, parameters }) => {
      const arn = isObject(parameters) ? get(parameters, 'HarnessArn') : undefined;
      const known = typeof arn === 'string' && (arn === name || arn.endsWith(`/${name}`));
      return resourceType === 'bedrockagentcore' && action === 'invokeHarness' && known;
    },
    perform: (call, answerTo) => combineServices(createAgentCore(answerTo)).perform(call).value,
  });
}
