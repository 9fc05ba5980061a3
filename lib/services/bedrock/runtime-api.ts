import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Api, Operation } from '../api';
import { pascalCase } from '../api-model/models';
import { parsed } from '../http/endpoint';
import { stringField } from '../parameter-types';
import { JSON_TYPE, type ModelRequest, type Models, throughJson } from './model-request';

/** Bedrock's runtime API. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html */
export const bedrockRuntimeApi = (models: Models): Api => ({
  name: 'bedrockruntime',
  operations: {
    async InvokeModel(request, { who }) {
      const accept = stringField(request, 'accept');
      const asked: ModelRequest = {
        operation: 'InvokeModel',
        modelId: stringField(request, 'modelId') ?? '',
        // Bodies are JSON, whatever the client calls them.
        body: parsed(Buffer.from(stringField(request, 'body') ?? '', 'base64').toString()),
        contentType: stringField(request, 'contentType') ?? JSON_TYPE,
        accept: accept === undefined || accept === '*/*' ? JSON_TYPE : accept,
        parameters: Object.fromEntries(
          Object.entries(request).flatMap(([name, value]) => (OWN.includes(name) ? [] : [[pascalCase(name), value]])),
        ),
      };
      const body = throughJson(await models(asked, who), who);
      return {
        body: Buffer.from(typeof body === 'string' ? body : renderJson(body)).toString('base64'),
        contentType: asked.accept,
      };
    },
    async Converse(request, { who }) {
      const { modelId, ...body } = request;
      const asked: ModelRequest = {
        operation: 'Converse',
        modelId: typeof modelId === 'string' ? modelId : '',
        body,
        contentType: JSON_TYPE,
        accept: JSON_TYPE,
        parameters: {},
      };
      return conversed(throughJson(await models(asked, who), who), who);
    },
    ConverseStream: noStream('ConverseStream', 'Converse'),
    InvokeModelWithResponseStream: noStream('InvokeModelWithResponseStream', 'InvokeModel'),
    InvokeModelWithBidirectionalStream: noStream('InvokeModelWithBidirectionalStream', 'InvokeModel'),
  },
});

/** Members of the request that a `ModelRequest` has under names of its own. */
const OWN = ['modelId', 'body', 'contentType', 'accept'];

const noStream =
  (operation: string, instead: string): Operation =>
  (_, { who }) => {
    throw new SimulatorError(
      `${who} calls ${operation} of bedrockruntime, whose answer is a stream of events, which is not simulated. Call ${instead}, or add a fake of the function: lambda(…).`,
    );
  };

const MEMBERS = [
  'additionalModelResponseFields',
  'metrics',
  'output',
  'performanceConfig',
  'serviceTier',
  'stopReason',
  'trace',
  'usage',
];

/** The response of Converse; a text is the model's message. */
function conversed(answer: Json, who: string): JsonObject {
  const members = typeof answer === 'string' ? { output: messageOf(answer) } : answer;
  const others = isObject(members) ? Object.keys(members).filter((name) => !MEMBERS.includes(name)) : ['no object'];
  if (!isObject(members) || others.length > 0 || get(members, 'output') === undefined) {
    throw new SimulatorError(
      `${who}: to Converse a model answers with a text, or with output and others of ${MEMBERS.join(', ')}; found ${renderJson(answer)}. ` +
        'Where a model is asked both ways, its function is told by the second parameter: ({ operation }).',
    );
  }
  return {
    metrics: { latencyMs: 0 },
    stopReason: 'end_turn',
    usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    ...members,
  };
}

const messageOf = (text: string): JsonObject => ({ message: { role: 'assistant', content: [{ text }] } });
