import { fails, service, type ServiceFakeOptions, simulate, SimulatorError, StatesError } from '../../../lib/testing';
import { inARow, send } from '../definitions';

test.each([
  ['ses:sendEmail', 'ses has no optimised integration; write arn:aws:states:::aws-sdk:'],
  ['dynamodb:query', 'the optimised integration of dynamodb has only getItem'],
  ['sqs:sendMessage.sync', 'sqs:sendMessage supports request response (no suffix), .waitForTaskToken'],
  ['aws-sdk:sqs:SendMessage', 'the action begins with a small letter: write arn:aws:states:::aws-sdk:sqs:sendMessage'],
  ['aws-sdk:sqs:fetchMessage', '@aws-sdk/client-sqs as installed has no fetchMessage.'],
  ['sendMessage', 'write arn:aws:states:::service:action'],
])('a fake of %s, which no state can call, is refused with what to write', (integration, advice) => {
  expect(() => service(integration, {})).toThrow(advice);
});

test.each(['sqs:sendMessage', 'sqs:sendMessage.waitForTaskToken', 'arn:aws:states:::sqs:sendMessage', 'aws-sdk:sesv2:sendEmail'])(
  'a fake of %s is one',
  (integration) => {
    expect(service(integration, {}).label).toBe(`service('${integration}')`);
  },
);

describe('a fake of a service', () => {
  test('is given the parameters and the call', async () => {
    const sqs = service('sqs:sendMessage', (request, { state }) => ({ request, state }));
    const run = await simulate(inARow({ Send: send() }), { input: 'hello', fakes: [sqs] });
    const request = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', MessageBody: 'hello' };
    expect(run).toMatchObject({ output: { request, state: 'Send' }, unusedFakes: [] });
    expect(sqs).toHaveBeenCalledWith(request);
  });

  test('is given its own copy', async () => {
    const sqs = service('sqs:sendMessage', (request) => {
      (request as { MessageBody: string }).MessageBody = 'spoilt';
      return {};
    });
    const run = await simulate(inARow({ Send: send() }), { input: 'hello', fakes: [sqs] });
    expect(JSON.stringify(run.events)).not.toContain('spoilt');
    expect(sqs).toHaveBeenCalledWith(expect.objectContaining({ MessageBody: 'hello' }));
  });

  test('takes the place of a simulated service', async () => {
    const definition = inARow({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sesv2:sendEmail',
        Parameters: { FromEmailAddress: 'a@example.com', Destination: { ToAddresses: ['b@example.com'] }, Content: {} },
      },
    });
    const run = await simulate(definition, { fakes: [service('aws-sdk:sesv2:sendEmail', { MessageId: 'm-1' })] });
    expect(run).toMatchObject({ output: { MessageId: 'm-1' } });
  });

  test('answers only its own action; the later one wins', async () => {
    const fakes = [
      service('aws-sdk:sqs:sendMessage', { from: 'the SDK integration' }),
      service('sqs:sendMessage', { from: 'the first' }),
      service('sqs:sendMessage', { from: 'the second' }),
    ];
    const run = await simulate(inARow({ A: send() }), { fakes });
    expect(run).toMatchObject({
      output: { from: 'the second' },
      unusedFakes: ["service('aws-sdk:sqs:sendMessage')", "service('sqs:sendMessage')"],
    });
  });

  test('may be asynchronous', async () => {
    const run = await simulate(inARow({ A: send() }), {
      fakes: [service('sqs:sendMessage', async () => ({ MessageId: 'm-1' }))],
    });
    expect(run).toMatchObject({ output: { MessageId: 'm-1' } });
  });

  test.each<[string, () => unknown]>([
    ['thrown', () => raise(new StatesError('Sqs.QueueDoesNotExistException', 'no such queue'))],
    ['rejected', () => Promise.reject(new StatesError('Sqs.QueueDoesNotExistException', 'no such queue'))],
  ])('fails with a StatesError that is %s', async (_, answer) => {
    const run = await simulate(inARow({ A: send() }), { fakes: [service('sqs:sendMessage', answer)] });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Sqs.QueueDoesNotExistException', cause: 'no such queue' });
  });

  test.each<[string, unknown, string]>([
    ['an Error', new TypeError('oops'), 'oops'],
    ['a string', 'oops', 'oops'],
    ['undefined', undefined, 'undefined'],
    ['a SimulatorError', new SimulatorError('not so'), 'not so'],
  ])(
    'ends the simulation with %s: a service fails with StatesErrors only, and States.ALL catches nothing else',
    async (_, thrown, text) => {
      const state = send({ Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] });
      const definition = inARow({ A: state, B: { Type: 'Pass' } });
      for (const answer of [() => raise(thrown), () => Promise.reject(thrown)]) {
        const simulation = simulate(definition, { fakes: [service('sqs:sendMessage', answer)] });
        await expect(simulation).rejects.toThrow(SimulatorError);
        await expect(simulation).rejects.toThrow(text);
      }
    },
  );

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'found undefined'],
    ['a Date', { at: new Date(0) }, 'found an instance of Date'],
    ['a BigInt', [1n], 'found the BigInt 1n'],
    ['a script', fails('X'), 'A script such as fails(…) was awaited or returned from a function.'],
  ])('that answers %s is refused: a service answers JSON', async (_, answer, message) => {
    await expect(simulate(inARow({ Send: send() }), { fakes: [service('sqs:sendMessage', () => answer)] })).rejects.toThrow(
      message,
    );
  });
});

function raise(error: unknown): never {
  throw error;
}

describe('a request to a fake is held against AWS’s model of the API', () => {
  const publish = (fields: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: { Message: 'm', TopicArn: 't', ...fields },
    Retry: [{ ErrorEquals: ['States.ALL'] }],
  });
  const run = (fields: object, options?: ServiceFakeOptions) =>
    simulate(inARow({ Publish: publish(fields) }), { fakes: [service('sns:publish', {}, options)] });

  test('one that AWS takes goes on', async () => {
    expect(await run({ Subject: 's' })).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('one that AWS does not take fails as on AWS: nothing is scheduled, nothing retried', async () => {
    const failed = await run({ Topic: 't', Subject: 5 });
    expect(failed).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringMatching(
        /^An error occurred while executing the state 'Publish' \(entered at the event id #2\)\. The Parameters '.*' could not be used to start the Task: \[The field "Topic" is not supported by Step Functions, The value for the field 'Subject' must be a STRING\]$/,
      ),
    });
    expect(failed.events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
  });

  test('fieldValidationMode says how strictly', async () => {
    expect(await run({ Subject: 5 }, { fieldValidationMode: 'PRESENT' })).toMatchObject({ error: 'States.Runtime' });
    expect(await run({ Subject: 5 }, { fieldValidationMode: 'NONE' })).toMatchObject({ status: 'SUCCEEDED' });
  });
});
