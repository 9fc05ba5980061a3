import { fails, service, type ServiceAnswer, type ServiceFakeOptions, simulate, SimulatorError } from '../../../lib/testing';
import { inARow, send } from '../definitions';

const answering = (answer: ServiceAnswer, options?: ServiceFakeOptions) =>
  simulate(inARow({ Send: send() }), { fakes: [service('sqs:sendMessage', answer, options)] });

describe('what a service’s fake answers is held against AWS’s model of the API', () => {
  test('an answer that fits goes on', async () => {
    expect(await answering({ MessageId: 'm-1' })).toMatchObject({ output: { MessageId: 'm-1' }, uncheckedAnswers: [] });
  });

  test.each<[string, ServiceAnswer]>([
    ['a value', { MessageId: 5 }],
    ['a function', () => ({ MessageId: 5 })],
    ['an asynchronous function', async () => ({ MessageId: 5 })],
    ['a script', fails('SQS.Busy').then({ MessageId: 5 })],
  ])('an answer that the API could not give stops the run: %s', async (_, answer) => {
    const definition = inARow({ Send: { ...send(), Retry: [{ ErrorEquals: ['States.ALL'] }] } });
    const run = simulate(definition, { fakes: [service('sqs:sendMessage', answer)] });
    await expect(run).rejects.toThrow(SimulatorError);
    await expect(run).rejects.toThrow(
      `service('sqs:sendMessage') answers "Send" with what the API does not answer: Field 'MessageId' must be a string (at /MessageId).`,
    );
  });

  test('all at once, with what to do', async () => {
    const start = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution',
      Parameters: { StateMachineArn: 'arn' },
    };
    const run = (options?: ServiceFakeOptions) =>
      simulate(inARow({ Start: start }), { fakes: [service('aws-sdk:sfn:startExecution', { StartDate: 1 }, options)] });
    await expect(run()).rejects.toThrow(
      "Required field 'ExecutionArn' is missing; Field 'StartDate' must be a string (at /StartDate). Correct the answer, or give the fake",
    );
    await expect(run({ fieldValidationMode: 'PRESENT' })).rejects.toThrow(
      "API does not answer: Field 'StartDate' must be a string",
    );
    expect(await run({ fieldValidationMode: 'NONE' })).toMatchObject({ output: { StartDate: 1 }, uncheckedAnswers: [] });
  });

  test('what could not be looked at is told, once', async () => {
    const speak = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:polly:describeVoices', Parameters: {} };
    const run = await simulate(inARow({ A: speak, B: speak, C: send() }), {
      fakes: [service('aws-sdk:polly:describeVoices', () => ({ Voices: 5 })), service('sqs:sendMessage', { Extra: true })],
    });
    expect(run.uncheckedAnswers).toEqual([
      "service('aws-sdk:polly:describeVoices'): the result: the AWS SDK's client of \"polly\" is not installed",
      "service('sqs:sendMessage'): Extra: AWS's model of SendMessage has no such field in SendMessageResult",
    ]);
  });

  test('of a callback the call’s own answer is looked at, and not what is sent with the token', async () => {
    const ask = { ...send(), Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', TimeoutSeconds: 5 };
    const run = simulate(inARow({ Ask: ask }), { fakes: [service('sqs:sendMessage.waitForTaskToken', { MessageId: 5 })] });
    await expect(run).rejects.toThrow("Field 'MessageId' must be a string");
  });

  test('what is no JSON is still refused as that', async () => {
    await expect(answering(() => ({ MessageId: undefined }))).rejects.toThrow('/MessageId');
  });
});
