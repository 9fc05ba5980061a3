import { lambda, service, simulate, SimulatorError } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './bedrock.json';
import { type Definition, withEdits } from './with-edits';

const review = { reviewId: 'r-1', reviewText: "It broke on the first day. I don't want {another} one." };

async function analyse(definition: Definition, text = '{"sentiment":"negative","confidence":0.97}') {
  const model = service('bedrock:invokeModel', { Body: { content: [{ type: 'text', text }] }, ContentType: 'application/json' });
  const answerCustomer = lambda('answer-customer', { answered: true });
  return { run: await simulate(definition, { input: review, fakes: [model, answerCustomer] }), model, answerCustomer };
}

describe('as written', () => {
  test('AWS takes it; the prompt ends with the review, braces and quotes as they are', async () => {
    const { model } = await analyse(asWritten);
    expect(model).toHaveBeenCalledWith(
      expect.objectContaining({
        Body: expect.objectContaining({
          messages: [{ role: 'user', content: expect.stringMatching(/confidence score: It broke .*\{another\} one\.$/) }],
        }),
      }),
    );
  });

  test('the analysis is a text in which JSON stands: a Choice that reads it ends the execution', async () => {
    const { run } = await analyse(asWritten);
    expect(run).toHaveVisited('AnalyzeSentiment', 'RouteBySentiment');
    expect(run).toFailWith('States.Runtime', /'RouteBySentiment'.* Invalid path '\$\.analysis\.sentiment'/);
  });

  test('without a fake the simulator says that it has no model', async () => {
    const run = simulate(asWritten, { input: review });
    await expect(run).rejects.toBeInstanceOf(SimulatorError);
    await expect(run).rejects.toThrow(/"AnalyzeSentiment" invokes the model .* Add a fake: model/);
  });
});

const withJson = withEdits(asWritten, {
  '/States/AnalyzeSentiment/ResultSelector': { 'analysis.$': 'States.StringToJson($.Body.content[0].text)' },
});

describe('with the text read as JSON', () => {
  test('the analysis has replaced the review: nobody can be answered', async () => {
    const { run, answerCustomer } = await analyse(withJson);
    expect(run).toHaveVisited('RouteBySentiment', 'AnswerCustomer');
    expect(answerCustomer).toHaveBeenCalledWith({ analysis: { sentiment: 'negative', confidence: 0.97 } });
  });

  test('a model that says a word before its JSON fails the execution: nothing catches, nothing asks again', async () => {
    const { run } = await analyse(withJson, 'Here is the JSON: {"sentiment":"negative"}');
    expect(run).toFailWith(expect.stringMatching(/^States\./));
    expect(run).not.toHaveVisited('RouteBySentiment');
  });
});

const withReview = withEdits(withJson, { '/States/AnalyzeSentiment/ResultPath': '$.result' });

test('with the review kept, the Choice must look where the analysis is', async () => {
  const repaired = withEdits(withReview, { '/States/RouteBySentiment/Choices/0/Variable': '$.result.analysis.sentiment' });
  const { answerCustomer } = await analyse(repaired);
  expect(answerCustomer).toHaveBeenCalledWith(expect.objectContaining(review));
});
