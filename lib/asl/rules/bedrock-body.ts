import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import { isObject, type JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { workflow } from './example';
import { calls, requestField, requestOf } from './request';
import type { Rule } from './rule';

const ask = (Body: JsonObject) =>
  workflow({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::bedrock:invokeModel',
      Parameters: { ModelId: 'anthropic.claude-3-haiku-20240307-v1:0', Body },
      End: true,
    },
  });

/** Models of the Messages API. Claude 2 and Claude Instant take it as well, but also the old prompt. */
const MESSAGES_ONLY = /anthropic\.claude-(?!v|instant)/;

export const rule: Rule = {
  id: 'bedrock-body',
  summary: 'The body of a request does not fit the model',
  why: 'Step Functions does not look into Body: Bedrock refuses it with ValidationException when the workflow runs. Claude 3 and later take anthropic_version, max_tokens and messages.',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html',
  failing: { definition: ask({ prompt: 'Hello', max_tokens_to_sample: 200 }) },
  corrected: {
    definition: ask({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 200, messages: [{ role: 'user', content: 'Hello' }] }),
  },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const request = requestOf(node);
      if (!calls(node, 'bedrock', 'invokeModel') || !isObject(request)) return [];
      const { ModelId: model, Body: body } = request;
      if (typeof model !== 'string' || !MESSAGES_ONLY.test(model) || body === undefined || isJsonata(body)) return [];
      const at = memberOf(memberOf(node.position, requestField(node)), 'Body');
      if (!isObject(body)) return [{ at, message: `The Body for ${model} is a ${typeof body}`, hint: 'give it as an object' }];
      const missing = ['anthropic_version', 'max_tokens', 'messages'].filter(
        (name) => body[name] === undefined && body[`${name}.$`] === undefined,
      );
      return missing.length === 0
        ? []
        : [{ at, message: `The Body for ${model} lacks ${missing.join(', ')}`, hint: 'write it for the Messages API' }];
    }),
};
