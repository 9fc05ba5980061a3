// Runs AWS's recordings (see the conformance runner's own README) on the public API of the built package.
// It knows no record: what it reads is the definition, the input, the type, and the answers that AWS's services gave.
import { isDeepStrictEqual } from 'node:util';
import * as sfn from '@aws-sdk/client-sfn';
import simulator from '../../dist/lib/simulator.js';
import { boto3Refusal } from './boto3-check.mjs';

const {
  compile,
  createWorld,
  integrationProblems,
  ObjectStoreError,
  parse,
  startServer,
  StatesError,
  TestStateError,
  validate: validateDefinition,
} = simulator;

const startsJob = (call, answer) =>
  /\.sync(:2)?$/.test(call.resource) && call.submitted === undefined && answer?.submitted !== undefined;

/** Answers to a state's attempts: the first unused one to the same request, else the first unused one. */
function answersOf(mocks) {
  const unused = new Map(Object.entries(mocks ?? {}).map(([state, answers]) => [state, [...answers]]));
  return (call) => {
    const answers = unused.get(call.state) ?? [];
    const same = answers.findIndex(({ request }) => request !== undefined && isDeepStrictEqual(request, call.parameters));
    const index = Math.max(same, 0);
    const answer = answers[index];
    // A job's answer is used up by who waits for the job, not by who starts it.
    if (!startsJob(call, answer)) answers.splice(index, 1);
    if (answer === undefined) throw new Error(`no answer was recorded for attempt ${call.attempt + 1} of "${call.state}"`);
    return answer;
  };
}

/** The objects of a recording, by bucket and key: what Map Runs read. What they write nobody reads. */
function objectsOf(s3 = {}) {
  return {
    async *list({ Bucket: bucket, Prefix: prefix = '' }) {
      yield Object.keys(s3)
        .filter((path) => path.startsWith(`${bucket}/${prefix}`))
        .sort()
        .map((path) => ({ Key: path.slice(bucket.length + 1), Size: Buffer.byteLength(s3[path]) }));
    },
    async open({ Bucket: bucket, Key: key }) {
      const text = s3[`${bucket}/${key}`];
      if (text === undefined) throw new ObjectStoreError('The specified key does not exist.');
      return {
        async *bytes() {
          yield Buffer.from(text);
        },
      };
    },
    create: () => ({ write: () => undefined, end: () => undefined }),
  };
}

export async function run({ definition, input, type, mocks, s3 }) {
  const next = answersOf(mocks);
  const perform = (call) => {
    const answer = next(call);
    if (startsJob(call, answer)) return { value: answer.submitted, durationMs: 0 };
    if (call.token !== undefined && answer.submitted !== undefined) {
      if (answer.return !== undefined) world.after(1000, () => world.sendTaskSuccess(call.token, JSON.stringify(answer.return)));
      else if (answer.throw !== undefined && !answer.timeout) {
        world.after(1000, () => world.sendTaskFailure(call.token, answer.throw.error, answer.throw.cause));
      }
      return { value: answer.submitted, durationMs: 0 };
    }
    if (answer.timeout || answer.pending) return { value: null, durationMs: Infinity };
    if (answer.throw !== undefined) throw new StatesError(answer.throw.error, answer.throw.cause);
    return { value: answer.return ?? null, durationMs: 0 };
  };
  // A state without answers failed before AWS asked for one; of an activity there is one reason for that.
  const worker = ({ state }) => (mocks?.[state] === undefined ? undefined : {});
  const world = createWorld({ perform, worker, problems: integrationProblems, objects: objectsOf(s3) });
  const machine = {
    name: 'machine',
    arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:machine',
    roleArn: 'snf_role_arn',
    type,
    program: compile(parse(definition, { type })),
  };
  return world.startExecution(machine, input).run();
}

/** What ValidateStateMachineDefinition answers; `reject`, which is not part of it, is what CreateStateMachine answers. */
export async function validate({ definition, definition_text: text, type, params = {} }) {
  const given = definition ?? text;
  const { severity, maxResults, ...rest } = params;
  const validation = validateDefinition(given, { type, severity, maxResults });
  return Object.assign(Object.create({ reject: await rejectionOf(given, type, rest) }), validation);
}

function rejectionOf(definition, type, params) {
  const request = { name: 'machine', roleArn: 'arn:aws:iam::111111111111:role/role', type, ...params };
  return served({}, async (send) => {
    const given = typeof definition === 'string' ? definition : JSON.stringify(definition);
    const { error } = await send('CreateStateMachine', { ...request, definition: given });
    return error === undefined ? null : { code: error.Code, message: error.Message };
  });
}

const commands = new Map(Object.entries(sfn));

/** Hands `use` a function that sends a request to a server of its own with the real client, and answers as the recordings have it. */
async function served(options, use) {
  const server = await startServer({ port: 0, accountId: '111111111111', onRefusal: () => undefined, ...options });
  const client = new sfn.SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  const send = async (op, params) => {
    try {
      const { $metadata: _metadata, ...response } = await client.send(new (commands.get(`${op}Command`))(params));
      return { response: JSON.parse(JSON.stringify(response)) };
    } catch (error) {
      return { error: { Code: error.name, Message: error.message } };
    }
  };
  try {
    return await use(send);
  } finally {
    client.destroy();
    await server.close();
  }
}

/** Members that the API has had since these days. A client hands on only what its model knew on the day of the recording. */
const SINCE = {
  redriveCount: '2023-11-15',
  redriveStatus: '2023-11-15',
  redriveStatusReason: '2023-11-15',
  encryptionConfiguration: '2024-07-25',
};

/** Makes the calls of a recorded test, one after the other. Where one of them stops an execution, time runs; else it jumps. */
export function api({ calls, validated }) {
  const time = calls.some(({ op }) => op === 'StopExecution') ? 1 : 'jump';
  return served({ time }, async (send) => {
    const answers = [];
    // The names in the record, and those that were really given.
    const names = [];
    for (const { op, params, assumed = {} } of calls) {
      const request = mapTexts(params, (text) => {
        const [, index, key] = /^fake(\d+)\.(\w+)$/.exec(text) ?? [];
        return key === undefined
          ? names.reduce((known, [recorded, real]) => known.replaceAll(recorded, real), text)
          : answers[index].response?.[key];
      });
      const refusal = boto3Refusal(op, request);
      const { response, error } = refusal === undefined ? await send(op, request) : { error: refusal };
      for (const [key, recorded] of Object.entries(assumed)) {
        const real = response?.[key];
        if (real === undefined) continue;
        names.unshift([recorded, real], [recorded.split(':').at(-1), real.split(':').at(-1)]);
      }
      if (op === 'StartExecution' && time === 'jump') await ended(send, response?.executionArn);
      answers.push(error === undefined ? { response: asOf(validated, response) } : { error });
    }
    return answers.map((answer) =>
      mapTexts(answer, (text) => names.reduce((known, [recorded, real]) => known.replaceAll(real, recorded), text)),
    );
  });
}

/** The recorders waited for an execution's end before they went on; what waits for a worker would wait for ever. */
async function ended(send, executionArn) {
  for (let tries = 0; tries < 50; tries++) {
    const { response } = await send('DescribeExecution', { executionArn });
    if (response?.status !== 'RUNNING') return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const asOf = (day, value) => {
  if (Array.isArray(value)) return value.map((item) => asOf(day, item));
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([key]) => !(SINCE[key] > day));
  return Object.fromEntries(known.map(([key, member]) => [key, asOf(day, member)]));
};

const mapTexts = (value, map) => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, map)]));
};

export async function testState({ definition, params }) {
  try {
    const { unchecked: _unchecked, ...response } = await simulator.testState({ definition, ...params });
    return response;
  } catch (error) {
    if (error instanceof TestStateError) return { error: { Code: error.code, Message: error.message } };
    throw error;
  }
}
