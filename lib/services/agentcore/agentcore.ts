import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { structureAction } from '../service';
import type { Service } from '../service';
import { optimisedError } from '../service-error';
import type { ServiceNames } from '../service-error';

/** Answers in place of every harness: the text that it ends with, or the members of the response that matter. */
export type Harnesses = (request: JsonObject, call: TaskCall) => unknown;

/**
 * `bedrockagentcore:invokeHarness`: what it makes of an agent's answer.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrockagentcore.html
 */
export function createAgentCore(harnesses: Harnesses): readonly Service[] {
  return [
    {
      resourceType: 'bedrockagentcore',
      actions: {
        invokeHarness: structureAction(INVOKE_HARNESS, (request, call) => {
          const requestId = call.uuid();
          const sessionId = stringField(request, 'RuntimeSessionId') ?? '';
          if (sessionId.length < SHORTEST_SESSION_ID) {
            const message =
              `1 validation error detected: Value '${sessionId}' at 'runtimeSessionId' failed to satisfy constraint: ` +
              `Member must have length greater than or equal to ${SHORTEST_SESSION_ID}`;
            throw optimisedError(NAMES, { code: 'ValidationException', message, statusCode: 400, requestId });
          }
          const answer = harnesses(JSON.parse(renderJson(request)) as JsonObject, call);
          return answer instanceof Promise ? answer.then((landed) => responseOf(landed, call)) : responseOf(answer, call);
        }),
      },
    },
  ];
}

/** Nobody is an agent: none is invoked outside. */
export const noHarness: Harnesses = (request, call) => {
  const arn = stringField(request, 'HarnessArn') ?? '';
  throw new SimulatorError(
    `"${call.state}" invokes the harness ${arn}, and the simulator has no agents. Add a fake: harness('${arn}', ({ Messages }) => 'what it says in the end').`,
  );
};

/** Characters. https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeHarness.html */
const SHORTEST_SESSION_ID = 33;

const INVOKE_HARNESS: StructureType = {
  fields: {
    ActorId: 'STRING',
    AllowedTools: { list: 'STRING' },
    HarnessArn: 'STRING',
    MaxIterations: 'NUMBER',
    MaxTokens: 'NUMBER',
    Messages: { list: 'JSON' },
    Model: 'JSON',
    RuntimeSessionId: 'STRING',
    RuntimeUserId: 'STRING',
    Skills: { list: 'JSON' },
    SystemPrompt: { list: 'JSON' },
    TimeoutSeconds: 'NUMBER',
    Tools: { list: 'JSON' },
  },
  required: ['HarnessArn', 'RuntimeSessionId', 'Messages'],
};

const NAMES: ServiceNames = {
  prefix: 'BedrockAgentCore',
  service: 'BedrockAgentCore',
  baseException: 'BedrockAgentCoreException',
  exceptions: new Set([
    'AccessDeniedException',
    'InternalServerException',
    'ResourceNotFoundException',
    'RuntimeClientError',
    'ThrottlingException',
    'ValidationException',
  ]),
};

const MEMBERS = ['Output', 'StopReason', 'Usage', 'Metrics'];

/** The response in the shape of Converse; a text is the last message. */
function responseOf(answer: unknown, { state }: TaskCall): Json {
  const given = JSON.parse(JSON.stringify(answer) ?? 'null') as Json;
  const members = typeof given === 'string' ? { Output: messageOf(given) } : given;
  if (!isObject(members) || Object.keys(members).some((name) => !MEMBERS.includes(name))) {
    throw new SimulatorError(
      `"${state}": a harness answers with a text, or with some of ${MEMBERS.join(', ')}; found ${renderJson(given)}.`,
    );
  }
  return {
    Metrics: { LatencyMs: 0 },
    Output: messageOf(''),
    StopReason: 'end_turn',
    Usage: { InputTokens: 0, OutputTokens: 0, TotalTokens: 0 },
    ...members,
  };
}

const messageOf = (Text: string): JsonObject => ({ Message: { Content: [{ Text }], Role: 'assistant' } });
