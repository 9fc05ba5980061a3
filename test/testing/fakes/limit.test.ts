import {
  activity,
  createTestWorld,
  fails,
  type Fake,
  http,
  job,
  lambda,
  limit,
  model,
  type Script,
  service,
  simulate,
  StatesError,
  takes,
} from '../../../lib/testing';
import { inARow, invoke, send } from '../definitions';
import { ShopStack } from '../shop-stack';

/** Calls the function once for each item, all at once, each at the second that the item says. */
const calls = inARow({
  Map: {
    Type: 'Map',
    ItemProcessor: {
      StartAt: 'At',
      States: {
        At: { Type: 'Wait', SecondsPath: '$', Next: 'Call' },
        Call: { ...invoke('f'), Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Refused' }], End: true },
        Refused: { Type: 'Pass', Result: 'throttled', End: true },
      },
    },
  },
});

/** What comes of calls at these seconds. */
const outcomesOf = async (script: Script, seconds: readonly number[]): Promise<unknown> => {
  const fake = lambda('f', script);
  const run = await simulate(calls, { input: seconds, fakes: [fake] });
  if (run.status !== 'SUCCEEDED') throw new Error(run.cause);
  expect(fake.calls.filter(({ throttled }) => throttled)).toHaveLength(fake.load.throttled);
  return run.output;
};

const [OK, NO] = ['ok', 'throttled'];

describe('a rate', () => {
  const three = limit(3).perSecond().elseThrottle().then(OK);

  test('lets so many calls pass at once, and throttles the rest', async () => {
    expect(await outcomesOf(three, [0, 0, 0, 0, 0])).toEqual([OK, OK, OK, NO, NO]);
  });

  test('comes back evenly, up to what it began with', async () => {
    expect(await outcomesOf(three, [0, 0, 0, 1, 1, 1, 1])).toEqual([OK, OK, OK, OK, OK, OK, NO]);
    expect(await outcomesOf(limit(1).perSecond().elseThrottle().then(OK), [0, 1, 1, 2, 60, 60])).toEqual([
      OK,
      OK,
      NO,
      OK,
      OK,
      NO,
    ]);
  });

  test('half a token is none', async () => {
    const slow = inARow({ A: invoke('f'), Wait: { Type: 'Wait', SecondsPath: '$' }, B: invoke('f') });
    const at = async (seconds: number) =>
      (
        await simulate(slow, {
          input: 1,
          fakes: [lambda('f', takes(seconds, 1)), lambda('f', limit(1).perSecond().elseThrottle().then(takes(seconds, 0)))],
        })
      ).status;
    expect([await at(0.5), await at(1)]).toEqual(['FAILED', 'SUCCEEDED']);
  });

  test('may have a burst of its own', async () => {
    expect(await outcomesOf(limit(1).perSecond({ burst: 3 }).elseThrottle().then(OK), [0, 0, 0, 0, 1, 1])).toEqual([
      OK,
      OK,
      OK,
      NO,
      OK,
      NO,
    ]);
    expect(await outcomesOf(limit(9).perSecond({ burst: 1 }).elseThrottle().then(OK), [0, 0, 1, 1])).toEqual([OK, NO, OK, NO]);
  });

  test('a call that was throttled takes nothing of it', async () => {
    expect(await outcomesOf(limit(2).perSecond().elseThrottle().then(OK), [0, 0, 0, 0, 0, 1, 1, 1])).toEqual([
      OK,
      OK,
      NO,
      NO,
      NO,
      OK,
      OK,
      NO,
    ]);
  });
});

describe('calls in flight', () => {
  const two = limit(2).atOnce().elseThrottle().then(takes(2, OK));

  test('are at most so many; whoever ends makes room at that moment', async () => {
    expect(await outcomesOf(two, [0, 0, 0, 1, 2, 2, 3])).toEqual([OK, OK, NO, NO, OK, OK, NO]);
  });

  test('have to take some time', async () => {
    const answer = limit(2).atOnce().elseThrottle().then(OK);
    await expect(outcomesOf(answer, [0])).rejects.toThrow(
      'limit(2).atOnce() counts the calls in flight, and this one takes no virtual time. Say how long it takes: limit(2).atOnce().elseThrottle().then(takes(0.2, answer))',
    );
  });

  test('a call whose task has timed out is still in flight', async () => {
    const impatient = { TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: 'B' }] };
    const definition = inARow({ A: invoke('f', impatient), B: invoke('f') });
    const run = (seconds: number) =>
      simulate(definition, { input: 1, fakes: [lambda('f', limit(1).atOnce().elseThrottle().then(takes(seconds, OK)))] });
    expect(await run(1.5)).toMatchObject({ status: 'FAILED', error: 'Lambda.TooManyRequestsException' });
  });

  test('may fail at once', async () => {
    expect(
      await outcomesOf(
        limit(1)
          .atOnce()
          .elseThrottle()
          .then(fails('Busy').then(takes(1, OK))),
        [0, 0, 0],
      ),
    ).toEqual([NO, OK, NO]);
  });
});

describe('what a limit lets pass', () => {
  test('is answered as the script says, step after step', async () => {
    const script = limit(1).perSecond().elseThrottle().then(takes(0, 'first')).then('later');
    expect(await outcomesOf(script, [0, 0, 1, 2])).toEqual(['first', NO, 'later', 'later']);
  });

  test('may meet another limit', async () => {
    const both = limit(3)
      .perSecond()
      .elseThrottle()
      .then(limit(2).atOnce().elseThrottle().then(takes(10, OK)));
    expect(await outcomesOf(both, [0, 0, 0, 0, 10, 10, 10])).toEqual([OK, OK, NO, NO, OK, OK, NO]);
  });

  test('may come after a failure, and take its time; throttling takes none', async () => {
    const fake = lambda('f', fails('Cold').then(takes(5, limit(1).perSecond().elseThrottle().then(OK))));
    const run = await simulate(calls, { input: [0, 0, 0], fakes: [fake] });
    expect(run).toMatchObject({ output: [NO, OK, NO], durationMs: 5000 });
    expect(fake.load).toMatchObject({ calls: 3, throttled: 1 });
  });

  test('begins anew in each world, and each fake has its own', async () => {
    const one = limit(1).perSecond().elseThrottle().then(OK);
    const fake = lambda('f', one);
    for (let world = 1; world <= 2; world++)
      expect(await simulate(calls, { input: [0, 0], fakes: [fake] })).toMatchObject({ output: [OK, NO] });
    expect(await outcomesOf(one, [0, 0])).toEqual([OK, NO]);
    expect(fake).toHaveBeenCalledTimes(4);
    expect(fake.load).toMatchObject({ calls: 2, throttled: 1 });
  });

  test('without an answer is the function itself, with its own handler', async () => {
    const shop = new ShopStack();
    const run = async (script: Script) => simulate(shop, { input: { items: 1 }, fakes: [lambda(shop.ship, script)] });
    const real = await simulate(shop, { input: { items: 1 } });
    const limited = await run(limit(1).perSecond().elseThrottle());
    expect(limited).toMatchObject({ status: real.status, output: (real as { output?: unknown }).output });
  });

  test('without an answer is the simulated service', async () => {
    const email = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sesv2:sendEmail',
      Parameters: {
        FromEmailAddress: 'a@example.com',
        Destination: { ToAddresses: ['b@example.com'] },
        Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
      },
    };
    const ses = service('aws-sdk:sesv2:sendEmail', limit(1).perSecond().elseThrottle());
    const world = createTestWorld(undefined, { fakes: [ses] });
    const run = await simulate(inARow({ A: email, B: email }), { world });
    expect(world.outbox).toHaveLength(1);
    expect(run).toMatchObject({
      error: 'SesV2.TooManyRequestsException',
      cause: expect.stringMatching(/^Rate Exceeded\. \(Service: SesV2, Status Code: 429, Request ID: /),
    });
    const rejecting = createTestWorld(undefined, {
      fakes: [service('aws-sdk:sesv2:sendEmail', takes(7))],
      rejectedAddresses: ['b@example.com'],
    });
    expect(await simulate(inARow({ A: email }), { world: rejecting })).toMatchObject({
      error: expect.stringMatching(/^SesV2\./),
      durationMs: 7000,
    });
  });

  test('needs an answer where nobody else has one', async () => {
    const titan = model('amazon.titan', limit(1).perSecond().elseThrottle());
    const invokeModel = {
      Type: 'Task',
      Resource: 'arn:aws:states:::bedrock:invokeModel',
      Parameters: { ModelId: 'amazon.titan', Body: {} },
    };
    await expect(simulate(inARow({ A: invokeModel }), { fakes: [titan] })).rejects.toThrow(
      'limit(…).perSecond().elseThrottle().then(answer)',
    );
  });
});

describe('what is throttled fails', () => {
  const none = (...error: [error?: string, cause?: string]) =>
    fails('First')
      .times(1)
      .then(
        limit(1)
          .perSecond()
          .elseThrottle(...error)
          .then({}),
      );
  const task = (Resource: string, Parameters: object = {}): object => ({ Type: 'Task', Resource, Parameters });
  /** The third of three calls, of which the first fails. */
  const third = async (state: object, fake: Fake) => {
    const failing = { ...state, Catch: [{ ErrorEquals: ['First'], ResultPath: null, Next: 'B' }] };
    return simulate(inARow({ A: failing, B: state, C: state }), { input: 'm', fakes: [fake] });
  };
  const item = { TableName: 't', Item: { id: { S: '1' } } };
  const PROVISIONED = /^The level of configured provisioned throughput for the table was exceeded\..* \(Service: /;

  test.each<[string, object, (script: Script) => Fake, string, RegExp]>([
    [
      'lambda:invoke',
      invoke('f', { OutputPath: '$' }),
      (script) => lambda('f', script),
      'Lambda.TooManyRequestsException',
      /^Rate Exceeded\. \(Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: [-0-9a-f]{36}; Proxy: null\)$/,
    ],
    [
      'a function by its ARN',
      task('arn:aws:lambda:us-east-1:123456789012:function:f'),
      (script) => lambda('f', script),
      'Lambda.TooManyRequestsException',
      /^Rate Exceeded/,
    ],
    [
      'dynamodb:putItem',
      task('arn:aws:states:::dynamodb:putItem', item),
      (script) => service('dynamodb:putItem', script),
      'DynamoDB.ProvisionedThroughputExceededException',
      PROVISIONED,
    ],
    [
      'aws-sdk:dynamodb:putItem',
      task('arn:aws:states:::aws-sdk:dynamodb:putItem', item),
      (script) => service('aws-sdk:dynamodb:putItem', script),
      'DynamoDb.ProvisionedThroughputExceededException',
      PROVISIONED,
    ],
    [
      'bedrock:invokeModel',
      task('arn:aws:states:::bedrock:invokeModel', { ModelId: 'm', Body: {} }),
      (script) => model('m', script),
      'Bedrock.ThrottlingException',
      /Status Code: 429/,
    ],
    [
      'http:invoke',
      task('arn:aws:states:::http:invoke', {
        ApiEndpoint: 'https://a.example',
        Method: 'GET',
        Authentication: { ConnectionArn: 'arn:aws:events:us-east-1:123456789012:connection/c/1' },
      }),
      (script) => http('https://a.example', script),
      'States.Http.StatusCode.429',
      /^Too Many Requests$/,
    ],
  ])('of %s as AWS says it', async (_, state, fakeOf, error, cause) => {
    expect(await third(state, fakeOf(none()))).toMatchObject({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
  });

  test.each<[string, object, Fake]>([
    ['a function', invoke('f', { OutputPath: '$' }), lambda('f', none('Busy', 'come back'))],
    [
      'an address',
      task('arn:aws:states:::http:invoke', { ApiEndpoint: 'https://a.example', Method: 'GET' }),
      http('https://a.example', none('Busy', 'come back')),
    ],
    ['an activity', task('arn:aws:states:us-east-1:123456789012:activity:a'), activity('a', none('Busy', 'come back'))],
    [
      'a job',
      task('arn:aws:states:::glue:startJobRun.sync', { JobName: 'j' }),
      job('glue:startJobRun', none('Busy', 'come back')),
    ],
  ])('of %s with the error that it is given', async (_, state, fake) => {
    expect(await third(state, fake)).toMatchObject({ status: 'FAILED', error: 'Busy', cause: 'come back' });
  });

  test('or stops the run, where nobody knows with which error', async () => {
    await expect(third(send(), service('sqs:sendMessage', none()))).rejects.toThrow(
      '"C" is throttled, and the simulator does not know what arn:aws:states:::sqs:sendMessage fails with then: ',
    );
  });

  test('a task may catch and retry it', async () => {
    const patient = { Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 2 }] };
    const run = await simulate(inARow({ A: invoke('f', patient), B: invoke('f', patient) }), {
      fakes: [lambda('f', limit(1).perSecond().elseThrottle().then(OK))],
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', durationMs: 2000 });
  });

  test('the result of a job cannot be throttled, only what starts it', async () => {
    const state = task('arn:aws:states:::glue:startJobRun.sync', { JobName: 'j' });
    await expect(third(state, service('glue:startJobRun.sync', none('Busy')))).rejects.toThrow('give the limit(…) to job(…)');
  });
});

test('a fake tells its load', async () => {
  const fake = lambda('f', limit(2).perSecond().elseThrottle().then(takes(1.5, OK)));
  expect(fake.load).toEqual({ calls: 0, throttled: 0, peakPerSecond: 0, peakAtOnce: 0, perSecond: [] });
  await simulate(calls, { input: [3, 3, 3, 4, 9], fakes: [fake] });
  expect(fake.load).toEqual({
    calls: 5,
    throttled: 1,
    peakPerSecond: 3,
    peakAtOnce: 3,
    perSecond: [
      { second: 0, calls: 3, throttled: 1 },
      { second: 1, calls: 1, throttled: 0 },
      { second: 6, calls: 1, throttled: 0 },
    ],
  });
  expect(fake.calls.map(({ throttled }) => throttled)).toEqual([false, false, true, false, false]);
});

test('a fake without a limit tells its load, too', async () => {
  const fake = lambda('f', () => {
    throw new StatesError('Busy', undefined);
  });
  await simulate(calls, { input: [0, 0], fakes: [fake] });
  expect(fake.load).toMatchObject({ calls: 2, throttled: 0, peakPerSecond: 2, peakAtOnce: 0 });
});

describe('mistakes are refused where they are made', () => {
  test.each<[string, () => unknown, string]>([
    ['limit(0)', () => limit(0), 'limit() wants a whole number of calls, at least 1; it got 0.'],
    ['limit(0.5)', () => limit(0.5), 'it got 0.5.'],
    ['limit("5")', () => limit('5' as never), 'it got 5.'],
    [
      'burst: 0',
      () => limit(1).perSecond({ burst: 0 }),
      'The burst of limit(1).perSecond() wants a whole number of calls, at least 1; it got 0.',
    ],
    ['brust', () => limit(1).perSecond({ brust: 5 } as never), 'limit(1).perSecond() has no option "brust". Did you mean'],
    [
      "elseThrottle('')",
      () => limit(1).atOnce().elseThrottle(''),
      'elseThrottle() wants the name of an error, such as \'Busy\'; it got "".',
    ],
    ['times()', () => limit(1).atOnce().elseThrottle().times(2), 'times() belongs behind'],
    ['no elseThrottle()', () => lambda('f', limit(1).perSecond()), 'limit(…) says with elseThrottle() what is beyond it'],
    ['neither rate nor places', () => lambda('f', limit(1)), 'limit(…) says with elseThrottle() what is beyond it'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
