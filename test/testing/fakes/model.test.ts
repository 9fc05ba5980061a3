import { bucket, createTestWorld, fails, harness, model, simulate, takes } from '../../../lib/testing';
import { inARow } from '../definitions';
import { ParallelStack } from '../shop-stack';

const asking = (parameters: object, fields: object = {}) =>
  inARow({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::bedrock:invokeModel',
      Parameters: { ModelId: 'amazon.titan-text-express-v1', ...parameters },
      ...fields,
    },
  });

const ASK = asking({ 'Body.$': '$' });

test('a model answers to its id, whatever ARN it stands in, and the later one wins', async () => {
  const fakes = [
    model('amazon.titan-text-express-v1', ({ inputText }: { inputText: string }, { modelId }) => ({
      said: `${inputText} by ${modelId}`,
    })),
    model('amazon.titan-text-lite-v1', { said: 'never' }),
  ];
  expect(await simulate(ASK, { input: { inputText: 'Hi' }, fakes })).toMatchObject({
    output: { Body: { said: 'Hi by amazon.titan-text-express-v1' } },
  });
  const ModelId = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1';
  const run = await simulate(asking({ ModelId, Body: '{"inputText":"Hi"}' }), { input: {}, fakes });
  expect(run).toMatchObject({ output: { Body: { said: `Hi by ${ModelId}` } } });
  expect(run.unusedFakes).toEqual([`model('amazon.titan-text-lite-v1')`]);
});

test('throttling is retried; every call is remembered', async () => {
  const titan = model(
    'amazon.titan-text-express-v1',
    fails('Bedrock.ThrottlingException', 'Too many requests')
      .times(2)
      .then(takes(30, (body: object) => ({ echo: body }))),
  );
  const definition = asking(
    { 'Body.$': '$' },
    { Retry: [{ ErrorEquals: ['Bedrock.ThrottlingException'], IntervalSeconds: 5, BackoffRate: 1 }] },
  );
  const run = await simulate(definition, { input: { a: 1 }, fakes: [titan] });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Body: { echo: { a: 1 } } } });
  expect(titan).toHaveBeenCalledTimes(3);
  expect(run.stopDate.getTime() - run.startDate.getTime()).toBe(40_000);
});

test('input and output are objects of the world', async () => {
  const world = createTestWorld(undefined, {
    buckets: [bucket('prompts')],
    fakes: [model('amazon.titan-text-express-v1', (body) => ({ body }))],
  });
  world.putObject('prompts', 'in.json', '{"inputText":"Hi"}');
  const definition = asking({ Input: { S3Uri: 's3://prompts/in.json' }, Output: { S3Uri: 's3://prompts/out.json' } });
  expect(await simulate(definition, { world, input: {} })).toMatchObject({ output: { Body: 's3://prompts/out.json' } });
  expect(await world.objects('prompts', 'out')).toMatchObject([{ text: '{"body":{"inputText":"Hi"}}' }]);
});

test('no model stops the run, even with a Catch of everything', async () => {
  const caught = asking({ Body: {} }, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ask' }] });
  await expect(simulate(caught, { input: {}, fakes: [model('other', {})] })).rejects.toThrow(
    `"Ask" invokes the model amazon.titan-text-express-v1, and the simulator has no models. Add a fake: model('amazon.titan-text-express-v1', (body) => …).`,
  );
});

test('a harness answers to its name', async () => {
  const definition = inARow({
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::bedrockagentcore:invokeHarness',
      Parameters: {
        HarnessArn: 'arn:aws:bedrock-agentcore:us-east-1:123456789012:harness/support',
        RuntimeSessionId: 'session-00000000000000000000000001',
        'Messages.$': '$.messages',
      },
    },
  });
  const fakes = [harness('support', ({ Messages }) => `${(Messages as unknown[]).length} messages`), harness('sales', 'never')];
  expect(await simulate(definition, { input: { messages: [{}, {}] }, fakes })).toMatchObject({
    output: { Output: { Message: { Content: [{ Text: '2 messages' }] } } },
  });
  await expect(simulate(definition, { input: { messages: [] }, fakes: [harness('sales', 'never')] })).rejects.toThrow(
    /Add a fake: harness\(/,
  );
});

describe('a handler asks a model', () => {
  /** As clients speak on the wire: there need be none in the project. */
  const ask = (path: string, body: object) => `
    const [status, type, text] = await new Promise((resolve, reject) => {
      const request = require('node:https').request({ host: 'bedrock-runtime.us-east-1.amazonaws.com', method: 'POST', path: '/model/' + ${JSON.stringify(path)},
        headers: { 'content-type': 'application/json', 'x-amzn-bedrock-trace': 'ENABLED' } }, async (response) => {
        let text = ''; for await (const chunk of response) text += chunk;
        resolve([response.statusCode, response.headers['x-amzn-errortype'] ?? null, text]);
      });
      request.on('error', reject).end(${JSON.stringify(JSON.stringify(body))});
    });
    return [status, type, text.startsWith('{') ? JSON.parse(text) : text];`;
  const answers = async (path: string, body: object, answer: unknown) => {
    const titan = model('amazon.titan-text-express-v1', answer as object);
    const run = await simulate<readonly unknown[]>(new ParallelStack([ask(path, body)]), { fakes: [titan] });
    return { output: run.status === 'SUCCEEDED' ? run.output[0] : run.error, titan, run };
  };

  test('by InvokeModel', async () => {
    const { output, titan } = await answers(
      'arn%3Aaws%3Abedrock%3Aus-east-1%3A%3Afoundation-model%2Famazon.titan-text-express-v1/invoke',
      { inputText: 'Hi' },
      (body: object, { parameters, operation }: object & { parameters: object; operation: string }) => ({
        body,
        parameters,
        operation,
      }),
    );
    expect(output).toEqual([
      200,
      null,
      { body: { inputText: 'Hi' }, parameters: { Trace: 'ENABLED' }, operation: 'InvokeModel' },
    ]);
    expect(titan.calls).toMatchObject([{ state: 'Call0', request: { Body: '{"inputText":"Hi"}' } }]);
  });

  test('by Converse, in the virtual time that it takes', async () => {
    const messages = [{ role: 'user', content: [{ text: 'Hi' }] }];
    const { output, run } = await answers(
      'amazon.titan-text-express-v1/converse',
      { messages },
      takes(2, ({ messages: given }: { messages: typeof messages }) => `You said ${given[0]?.content[0]?.text}`),
    );
    expect(output).toMatchObject([
      200,
      null,
      { output: { message: { content: [{ text: 'You said Hi' }] } }, stopReason: 'end_turn' },
    ]);
    expect(run.durationMs).toBe(2000);
  });

  test('that is throttled', async () => {
    const { output } = await answers(
      'amazon.titan-text-express-v1/invoke',
      {},
      fails('Bedrock.ThrottlingException', 'Too many requests'),
    );
    expect(output).toEqual([429, 'ThrottlingException', { message: 'Too many requests' }]);
  });

  test('that nobody is, or for a stream: the run stops', async () => {
    await expect(answers('ghost/converse', {}, {})).rejects.toThrow(
      /the handler of "Both-Function0\w+" invokes the model ghost, .* Add a fake: model\('ghost', /,
    );
    await expect(answers('amazon.titan-text-express-v1/converse-stream', {}, {})).rejects.toThrow(
      /calls ConverseStream of bedrockruntime, whose answer is a stream of events, which is not simulated\. Call Converse/,
    );
  });
});
