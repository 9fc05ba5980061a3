import { createBedrock } from '../../../lib/services/bedrock/bedrock';
import { type ModelRequest, noModel } from '../../../lib/services/bedrock/model-request';
import { ApiFailure } from '../../../lib/services/api';
import { combineServices } from '../../../lib/services/combine-services';
import { createS3, type S3 } from '../../../lib/services/s3/s3';
import type { Service } from '../../../lib/services/service';
import type { Json, JsonObject } from '../../../lib/json/json';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';

const ModelId = 'anthropic.claude-3-haiku-20240307-v1:0';

function withFiles(objects: Readonly<Record<string, string>> = {}): S3 {
  const s3 = createS3();
  s3.makeBucket('files', NOW_MS);
  for (const [key, text] of Object.entries(objects)) s3.tryBucket('files')?.put({ key, bytes: Buffer.from(text) }, NOW_MS);
  return s3;
}

describeService('bedrock', {
  create: () => createBedrock(({ body }) => ({ echo: body }), withFiles()).services[0] as Service,
  succeeding: { action: 'invokeModel', parameters: { ModelId, Body: { inputText: 'Hello' } } },
  failing: {
    action: 'invokeModel',
    parameters: { ModelId, Input: { S3Uri: 's3://files/none' } },
    error: 'S3.NoSuchKeyException',
    cause: /^The specified key does not exist\. \(Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey; Request ID: /,
  },
  malformed: {
    action: 'invokeModel',
    parameters: { Body: {}, Input: {}, Guardrail: 'g' },
    problems: [
      "The field 'ModelId' is required but was missing",
      "The field 'S3Uri' is required but was missing",
      'The field "Guardrail" is not supported by Step Functions',
    ],
  },
});

describeService('aws-sdk:bedrockruntime', {
  create: () =>
    createBedrock(({ operation }) => {
      if (operation === 'Converse') return 'Hello';
      throw new ApiFailure('ThrottlingException', 'Too many requests', 429);
    }, withFiles()).services[1] as Service,
  succeeding: { action: 'converse', parameters: { ModelId, Messages: [{ Role: 'user', Content: [{ Text: 'Hi' }] }] } },
  failing: {
    action: 'invokeModel',
    parameters: { ModelId, Body: '{}' },
    error: 'BedrockRuntime.ThrottlingException',
    cause: /^Too many requests \(Service: BedrockRuntime, Status Code: 429, Request ID: /,
  },
  malformed: {
    action: 'converse',
    parameters: { Messages: [{ Role: 'user' }], Prompt: 'Hi' },
    problems: [
      "The field 'ModelId' is required but was missing",
      "The field 'Content' is required but was missing",
      'The field "Prompt" is not supported by Step Functions',
    ],
  },
});

async function invoking(parameters: JsonObject, answer: unknown = {}, s3 = withFiles()) {
  const requests: ModelRequest[] = [];
  const { services } = createBedrock((request) => {
    requests.push(request);
    return answer;
  }, s3);
  const result = await combineServices(services).perform(callOf('bedrock', 'invokeModel', { ModelId, ...parameters })).value;
  return { request: requests[0], result };
}

test('the model is given the body and the rest of the request, the state the body of the answer', async () => {
  const guardrail = { GuardrailIdentifier: 'g-1', GuardrailVersion: '1', Trace: 'ENABLED' };
  const { request, result } = await invoking({ Body: { messages: [] }, ...guardrail }, { content: [{ text: 'Hi' }] });
  expect(request).toEqual({
    operation: 'InvokeModel',
    modelId: ModelId,
    body: { messages: [] },
    contentType: 'application/json',
    accept: 'application/json',
    parameters: guardrail,
  });
  expect(result).toEqual({ Body: { content: [{ text: 'Hi' }] }, ContentType: 'application/json' });
});

test.each<[string, JsonObject, Json]>([
  ['JSON in a text', { Body: '{"inputText":"Hi"}' }, { inputText: 'Hi' }],
  ['a text of another type', { Body: '{"a":1}', ContentType: 'text/plain' }, '{"a":1}'],
  ['a text that is no JSON', { Body: 'Human: Hi' }, 'Human: Hi'],
])('the body may be %s', async (_, parameters, body) => {
  expect((await invoking(parameters)).request?.body).toEqual(body);
});

test('input comes from S3, output goes there, and the state gets its address', async () => {
  const s3 = withFiles({ 'in/1.json': '{"inputText":"Hi"}' });
  const { request, result } = await invoking(
    { Input: { S3Uri: 's3://files/in/1.json' }, Output: { S3Uri: 's3://files/out/1.json' } },
    { outputText: 'Hello' },
    s3,
  );
  expect(request?.body).toEqual({ inputText: 'Hi' });
  expect(result).toEqual({ Body: 's3://files/out/1.json', ContentType: 'application/json' });
  const written = await s3.tryBucket('files')?.get('out/1.json');
  expect(Buffer.from(written?.bytes ?? []).toString()).toBe('{"outputText":"Hello"}');
  expect(written?.contentType).toBe('application/json');
});

test.each<[string, JsonObject, RegExp]>([
  ['neither body nor input', {}, /"Ask" invokes a model with Body and Input, or with neither/],
  ['both', { Body: {}, Input: { S3Uri: 's3://files/x' } }, /with Body and Input, or with neither/],
  ['no address', { Body: {}, Output: { S3Uri: 'files/x' } }, /"Ask" names the S3Uri "files\/x": it is s3:\/\/<bucket>\/<key>/],
])('%s stops the run', async (_, parameters, message) => {
  await expect(invoking(parameters)).rejects.toThrow(SimulatorError);
  await expect(invoking(parameters)).rejects.toThrow(message);
});

test('a model that answers with nothing stops the run', async () => {
  const call = callOf('bedrock', 'invokeModel', { ModelId, Body: {} });
  const { perform } = combineServices(createBedrock(() => undefined, withFiles()).services);
  await expect(perform(call).value).rejects.toThrow(/"Ask": the model answered with nothing/);
});

test('without a model, the run stops and says what to add', async () => {
  const call = callOf('bedrock', 'invokeModel', { ModelId, Body: {} });
  await expect(combineServices(createBedrock(noModel, createS3()).services).perform(call).value).rejects.toThrow(
    `"Ask" invokes the model ${ModelId}, and the simulator has no models. Add a fake: model('${ModelId}', (body) => …).`,
  );
});

describe('as an SDK integration', () => {
  async function asking(action: string, parameters: JsonObject, answer: unknown) {
    const requests: ModelRequest[] = [];
    const { services } = createBedrock((request) => {
      requests.push(request);
      return answer;
    }, createS3());
    const call = callOf('aws-sdk:bedrockruntime', action, { ModelId, ...parameters });
    return { result: await combineServices(services).perform(call).value, request: requests[0] };
  }

  test('invokeModel: the body is text, in the result too', async () => {
    const { request, result } = await asking('invokeModel', { Body: { a: 1 }, Trace: 'ENABLED' }, { said: 'ö' });
    expect(request).toMatchObject({ operation: 'InvokeModel', body: { a: 1 }, parameters: { Trace: 'ENABLED' } });
    expect(result).toEqual({ Body: '{"said":"ö"}', ContentType: 'application/json' });
  });

  const messages = [{ role: 'user', content: [{ text: 'Weather?' }] }];
  const Messages = [{ Role: 'user', Content: [{ Text: 'Weather?' }] }];

  test("converse: the model sees the API's names, the state those of Step Functions, and documents stay as they are", async () => {
    const schema = { type: 'object', properties: { Town: { type: 'string' } } };
    const { request, result } = await asking(
      'converse',
      {
        Messages,
        InferenceConfig: { MaxTokens: 5 },
        ToolConfig: { Tools: [{ ToolSpec: { Name: 'weather', InputSchema: { Json: schema } } }] },
        AdditionalModelRequestFields: { top_k: 1, Other: true },
      },
      {
        output: {
          message: { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'weather', input: { town: 'Bonn' } } }] },
        },
        stopReason: 'tool_use',
      },
    );
    expect(request?.body).toEqual({
      messages,
      inferenceConfig: { maxTokens: 5 },
      toolConfig: { tools: [{ toolSpec: { name: 'weather', inputSchema: { json: schema } } }] },
      additionalModelRequestFields: { top_k: 1, Other: true },
    });
    expect(result).toEqual({
      Metrics: { LatencyMs: 0 },
      Output: {
        Message: { Role: 'assistant', Content: [{ ToolUse: { ToolUseId: 't', Name: 'weather', Input: { town: 'Bonn' } } }] },
      },
      StopReason: 'tool_use',
      Usage: { InputTokens: 0, OutputTokens: 0, TotalTokens: 0 },
    });
  });

  test('converse: a text is the message; what is no response stops the run', async () => {
    expect((await asking('converse', { Messages }, 'Sunny')).result).toMatchObject({
      Output: { Message: { Role: 'assistant', Content: [{ Text: 'Sunny' }] } },
      StopReason: 'end_turn',
    });
    await expect(asking('converse', { Messages }, { content: [] })).rejects.toThrow(
      /"Ask": to Converse a model answers with a text, or with output and others of .*; found \{"content":\[\]\}.*\(\{ operation \}\)/,
    );
  });
});
