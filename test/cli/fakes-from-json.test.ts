import { fakesFromJson } from '../../lib/cli/fakes-from-json';
import { requireJsonFile } from '../../lib/cli/json-file';
import { simulate } from '../../lib/testing/simulate';
import { folder } from './run-baton';

const fakesIn = (content: unknown) =>
  fakesFromJson(requireJsonFile(folder({ 'fakes.json': content })('fakes.json'), 'the fakes'), 'fakes.json');

const task = (Resource: string, more: object = {}) => ({
  StartAt: 'A',
  States: {
    A: { Type: 'Task', Resource, TimeoutSeconds: 600, ...more, ResultPath: '$.result', Next: 'B' },
    B: { Type: 'Wait', Seconds: 1, Next: 'C' },
    C: { Type: 'Task', Resource, TimeoutSeconds: 600, ...more, End: true },
  },
});
const SEND = task('arn:aws:states:::sqs:sendMessage', { Parameters: { QueueUrl: 'q', MessageBody: 'm' } });
const CHARGE = task('arn:aws:lambda:us-east-1:123456789012:function:charge');

test('a step alone answers for ever', async () => {
  const fakes = fakesIn({ services: { 'sqs:sendMessage': { answer: { MessageId: 'm' }, afterSeconds: 2.5 } } });
  expect(await simulate(SEND, { fakes })).toMatchObject({ status: 'SUCCEEDED', output: { MessageId: 'm' }, durationMs: 6000 });
});

test.each([0, false, '', null, []])('the answer %j is one', async (answer) => {
  const run = await simulate(CHARGE, { fakes: fakesIn({ functions: { charge: { answer } } }) });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: answer });
});

test('steps are taken call after call, each as often as it says; the last for ever', async () => {
  const steps = [{ error: 'Busy', cause: 'later', times: 2, afterSeconds: 1 }, { answer: 1 }, { answer: 2 }];
  const definition = task('arn:aws:lambda:us-east-1:123456789012:function:charge', {
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 5 }],
  });
  const run = await simulate(definition, { fakes: fakesIn({ functions: { charge: steps } }) });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: 2, durationMs: 23_000 });
});

test('a failure has its error and cause; in a function without a cause, that of Lambda', async () => {
  const failing = (step: object) => simulate(CHARGE, { fakes: fakesIn({ functions: { charge: step } }) });
  expect(await failing({ error: 'Broken', cause: 'for good' })).toMatchObject({ error: 'Broken', cause: 'for good' });
  expect(await failing({ error: 'Broken' })).toMatchObject({
    error: 'Broken',
    cause: expect.stringContaining('"errorType":"Broken"'),
  });
});

test('a limit lets so many calls pass, to what is answered within', async () => {
  const answersOf = async (charge: unknown) => {
    const run = await simulate(CHARGE, { fakes: fakesIn({ functions: { charge } }) });
    return run.status === 'SUCCEEDED' ? run.output : `${run.error}: ${run.cause}`;
  };
  const slow = { answer: 'done', afterSeconds: 5 };
  expect(await answersOf({ limit: { perSecond: 1 }, then: [{ answer: 0 }, { answer: 'done' }] })).toBe('done');
  expect(await answersOf({ limit: { perSecond: 5, burst: 1 }, then: { answer: 'done' } })).toBe('done');
  const impatient = task('arn:aws:lambda:us-east-1:123456789012:function:charge', {
    TimeoutSeconds: 1,
    Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'B' }],
  });
  const busy = fakesIn({ functions: { charge: { limit: { atOnce: 1, error: 'Busy', cause: 'later' }, then: slow } } });
  expect(await simulate(impatient, { fakes: busy })).toMatchObject({ error: 'Busy', cause: 'later' });
});

test('the worker of an activity, by its name', async () => {
  const pack = task('arn:aws:states:us-east-1:123456789012:activity:pack');
  const fakes = fakesIn({
    activities: { pack: [{ error: 'OutOfBoxes', times: 1 }, { answer: { packed: true } }] },
    functions: { pack: { answer: 0 } },
  });
  const run = await simulate(
    { ...pack, States: { ...pack.States, A: { ...pack.States.A, Retry: [{ ErrorEquals: ['OutOfBoxes'] }] } } },
    { fakes },
  );
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { packed: true } });
});

test('what never answers is ended by its timeout', async () => {
  const run = await simulate(SEND, { fakes: fakesIn({ services: { 'sqs:sendMessage': { neverAnswers: true } } }) });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: 600_000 });
});

test.each<[string, object, object, object]>([
  [
    'http:invoke',
    { ApiEndpoint: 'https://api.example.com/orders', Method: 'GET' },
    { addresses: { 'https://api.example.com': { answer: { status: 201, body: { id: 'o-1' } } } } },
    { ResponseBody: { id: 'o-1' }, StatusCode: 201 },
  ],
  [
    'bedrock:invokeModel',
    { ModelId: 'titan', Body: {} },
    { models: { titan: { answer: { outputText: 'Hi' }, afterSeconds: 3 } } },
    { Body: { outputText: 'Hi' } },
  ],
  [
    'bedrockagentcore:invokeHarness',
    { HarnessArn: 'arn:x:harness/support', RuntimeSessionId: 's'.repeat(33), Messages: [] },
    { harnesses: { support: { answer: 'On its way.' } } },
    { StopReason: 'end_turn' },
  ],
  ['glue:startJobRun.sync', { JobName: 'j' }, { jobs: { 'glue:startJobRun': { answer: { takes: 60 } } } }, { ExecutionTime: 60 }],
])('what stands behind %s', async (resource, Parameters, content, output) => {
  const run = await simulate(task(`arn:aws:states:::${resource}`, { Parameters }), { fakes: fakesIn(content) });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output });
});

test('no fakes at all', () => {
  expect(fakesIn({})).toEqual([]);
  expect(fakesIn({ functions: {}, services: {} })).toEqual([]);
});

test.each([
  [
    'an array',
    [],
    '1:1: fakes are an object with "functions", "activities", "services", "addresses", "models", "harnesses", "jobs" and "callbacks"',
  ],
  [
    'an unknown section',
    { lambdas: {} },
    '1:2: "lambdas" is unknown here; there are "functions", "activities", "services", "addresses", "models", "harnesses", "jobs" and "callbacks"',
  ],
  ['__proto__ as a section', '{"__proto__": {}}', '1:2: "__proto__" is unknown here'],
  ['a section that is no object', { functions: [] }, '1:2: "functions" is an object: names, and what each answers'],
  ['an integration that is none', { services: { sqs: { answer: 1 } } }, "1:14: service('sqs', …) names no service integration"],
  ['no step', { functions: { f: [] } }, '1:15: there is no step'],
  [
    'a value for a step',
    { functions: { f: 1 } },
    '1:15: a step is an object with one of "answer", "error" and "neverAnswers"; found 1',
  ],
  ['an empty step', { functions: { f: [{}] } }, '1:20: a step has one of "answer"'],
  ['a step of two kinds', { functions: { f: { answer: 1, error: 'x' } } }, '1:20: "answer" does not go with "error"'],
  ['a misspelt kind', { functions: { f: { anwser: 1 } } }, '1:20: "anwser" is unknown in a step; there are answer, error,'],
  ['a misspelt kind has a name', { functions: { f: { anwser: 1 } } }, 'Did you mean "answer"?'],
  ['a misspelt section has a name', { function: {} }, 'Did you mean "functions"?'],
  ['a callback that is none', { callbacks: { Ask: 1 } }, '1:15: a callback is an object with succeed, fail, afterSeconds,'],
  ['a callback of nothing', { callbacks: { Ask: {} } }, `1:15: callback('Ask') does nothing: give it "succeed", "fail"`],
  ['a misspelt field of a callback', { callbacks: { Ask: { succed: 1 } } }, '1:22: "succed" is unknown in a callback; there are'],
  ['a misspelt field of a callback has a name', { callbacks: { Ask: { succed: 1 } } }, 'Did you mean "succeed"?'],
  ['a failure that is none', { callbacks: { Ask: { fail: { name: 'E' } } } }, `"fail" is the error's name, or { "error"`],
  ['no time between heartbeats', { callbacks: { Ask: { heartbeatEverySeconds: 0 } } }, 'is more than zero seconds; found 0'],
  [
    'an unknown field',
    { functions: { f: { answer: 1, delay: 1 } } },
    '1:31: "delay" is unknown in a step; there are answer, error,',
  ],
  ['a cause of an answer', { functions: { f: { answer: 1, cause: 'x' } } }, '1:31: "cause" does not go with "answer"'],
  ['an error that is no text', { functions: { f: { error: 1 } } }, `1:20: "error" is the error's name; found 1`],
  [
    'a negative duration',
    { functions: { f: { answer: 1, afterSeconds: -1 } } },
    '"afterSeconds" is zero or more seconds; found -1',
  ],
  ['half a time', { functions: { f: { answer: 1, times: 1.5 } } }, '"times" is a whole number of at least 1; found 1.5'],
  ['a limit that is no object', { functions: { f: { limit: 1 } } }, '1:20: "limit" must be an object with perSecond, burst,'],
  ['a limit of nothing', { functions: { f: { limit: {} } } }, '1:20: "limit" has one of "perSecond" and "atOnce"'],
  ['a limit of two kinds', { functions: { f: { limit: { perSecond: 1, atOnce: 1 } } } }, 'one of "perSecond" and "atOnce"'],
  ['a burst of calls at once', { functions: { f: { limit: { atOnce: 1, burst: 1 } } } }, '"burst" goes with "perSecond"'],
  ['a cause without an error', { functions: { f: { limit: { atOnce: 1, cause: 'c' } } } }, '"cause" goes with "error"'],
  [
    'half a call',
    { functions: { f: { limit: { atOnce: 0.5 } } } },
    'limit() wants a whole number of calls, at least 1; it got 0.5.',
  ],
  ['a limit beside an answer', { functions: { f: { limit: { atOnce: 1 }, answer: 1 } } }, '"answer" does not go with "limit"'],
  [
    'a wrong step within a limit',
    { functions: { f: { limit: { atOnce: 1 }, then: { anwser: 1 } } } },
    '"anwser" is unknown in a step',
  ],
  ['never that is not never', { functions: { f: { neverAnswers: false } } }, '"neverAnswers" is true; found false'],
])('%s is refused with its place', (_, content, message) => {
  expect(() => fakesIn(content)).toThrow(/^fakes\.json:1:\d+: /);
  expect(() => fakesIn(content)).toThrow(message);
});

describe('a callback', () => {
  const ASK = {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
        HeartbeatSeconds: 90,
        End: true,
      },
    },
  };
  const ask = (callback: unknown) =>
    simulate(ASK, { fakes: fakesIn({ services: { 'sqs:sendMessage': { answer: {} } }, callbacks: { Ask: callback } }) });

  test.each<[string, object, object]>([
    ['succeeds', { succeed: null }, { status: 'SUCCEEDED', output: null, durationMs: 0 }],
    ['takes its time', { succeed: { ok: true }, afterSeconds: 60 }, { output: { ok: true }, durationMs: 60_000 }],
    ['fails', { fail: 'Busy' }, { status: 'FAILED', error: 'Busy' }],
    ['fails with a cause', { fail: { error: 'Busy', cause: 'later' } }, { error: 'Busy', cause: 'later' }],
    ['comes too late', { succeed: 1, afterSeconds: 100 }, { error: 'States.Timeout', durationMs: 90_000 }],
    ['beats meanwhile', { succeed: 1, afterSeconds: 100, heartbeatEverySeconds: 60 }, { output: 1, durationMs: 100_000 }],
  ])('%s', async (_how, callback, expected) => {
    expect(await ask(callback)).toMatchObject(expected);
  });
});

test('a wrong name and a wrong step are told together', () => {
  expect(() => fakesIn({ services: { 'sqs:SendMessage': { anwser: 1 } } })).toThrow(
    /"anwser" is unknown[^]*service\('sqs:SendMessage', …\) names no service integration/,
  );
});

test('everything that is wrong at once', () => {
  expect(() => fakesIn('{\n"functions": {\n"f": 1,\n"g": { "answer": 1, "times": 0 } },\n"queues": 1 }')).toThrow(
    /^fakes\.json:3:1: .*\nfakes\.json:4:21: .*\nfakes\.json:5:1: .*$/,
  );
});
