import { isObject, type Json } from '../../json/json';
import { get } from '../../json/with-field';
import { createBedrock } from '../../services/bedrock/bedrock';
import type { ModelRequest } from '../../services/bedrock/model-request';
import { combineServices } from '../../services/combine-services';
import type { Fake } from './fake';
import type { Script } from './script';
import { standIn } from './stand-in';

/** What a model answers: the body of its response, a function of the request's body, or a script. To Converse: a text, or members of the response. */
export type ModelAnswer<Body> = object | string | Script | ((body: Body, request: ModelRequest) => unknown);

/**
 * A model of Amazon Bedrock, for `bedrock:invokeModel`, `aws-sdk:bedrockruntime:invokeModel` and `…:converse`, and for handlers that call InvokeModel or
 * Converse.
 *
 * ```ts
 * model('anthropic.claude-3-haiku-20240307-v1:0', ({ messages }) => ({ content: [{ type: 'text', text: `${messages.length} asked` }] }))
 * model('amazon.nova-lite-v1:0', ({ messages }) => 'What Converse has the assistant say')
 * model('amazon.titan-embed-text-v2:0', fails('Bedrock.ThrottlingException').times(2).then({ embedding: [0.1] }))
 * ```
 * The function is given the body as the state or the object in S3 has it, and beside it the rest of the request, guardrail parameters too; of
 * Converse, the body is the request in the API's names. It may be asynchronous; what it throws as a `StatesError` is the task's Error Output.
 * @param modelId the id, or the ARN of a model or an inference profile; an id stands for every ARN that ends with it
 */
export function model<Body = never>(modelId: string, answer: ModelAnswer<Body>): Fake {
  const label = `model('${modelId}')`;
  return standIn({
    label,
    answer,
    matches: ({ resourceType, action, parameters }) =>
      INVOKED_BY.includes(`${resourceType}:${action}`) && isObject(parameters) && isModel(get(parameters, 'ModelId'), modelId),
    perform: (call, answerTo, { s3 }) =>
      combineServices(createBedrock((request) => answerTo(request.body, request), s3).services).perform(call).value,
  });
}

const INVOKED_BY = ['bedrock:invokeModel', 'aws-sdk:bedrockruntime:invokeModel', 'aws-sdk:bedrockruntime:converse'];

const isModel = (given: Json | undefined, wanted: string): boolean =>
  typeof given === 'string' && (given === wanted || given.endsWith(`/${wanted}`));
