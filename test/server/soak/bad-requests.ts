import type { SeededRandom } from '../../../lib/simulator/random';
import { dribble, wire, type WireAnswer } from './wire';

/** What a bad request may be answered with. Each is a refusal of its own; a cut connection is none. */
const REFUSALS = [400, 404, 405, 413, 431];

const ARN = 'arn:aws:states:us-east-1:123456789012';
const PREFIX = 'AWSStepFunctions.';

/** Requests that are right but for what is done to them. Nothing of them exists. */
const REQUESTS: readonly (readonly [operation: string, request: Readonly<Record<string, unknown>>])[] = [
  ['StartExecution', { stateMachineArn: `${ARN}:stateMachine:none`, name: 'a', input: '{"a":1}' }],
  ['StartSyncExecution', { stateMachineArn: `${ARN}:stateMachine:none`, input: '{}' }],
  ['SendTaskSuccess', { taskToken: 'AAAA', output: '{}' }],
  ['SendTaskFailure', { taskToken: 'AAAA', error: 'a', cause: 'b' }],
  ['SendTaskHeartbeat', { taskToken: 'AAAA' }],
  ['StopExecution', { executionArn: `${ARN}:execution:none:none` }],
  ['DescribeExecution', { executionArn: `${ARN}:execution:none:none` }],
  ['GetExecutionHistory', { executionArn: `${ARN}:execution:none:none`, maxResults: 5 }],
  ['GetActivityTask', { activityArn: `${ARN}:activity:none`, workerName: 'w' }],
  ['DescribeActivity', { activityArn: `${ARN}:activity:none` }],
  ['UpdateStateMachine', { stateMachineArn: `${ARN}:stateMachine:none`, roleArn: 'arn:aws:iam::123456789012:role/r' }],
  ['DescribeStateMachineAlias', { stateMachineAliasArn: `${ARN}:stateMachine:none:live` }],
];

const pick = <T>(random: SeededRandom, from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
const upTo = (random: SeededRandom, most: number): number => Math.floor(random.next() * most);

function noise(random: SeededRandom, length: number): Buffer {
  const bytes = Buffer.from(Array.from({ length }, () => upTo(random, 256)));
  // No JSON begins so.
  bytes[0] = 0x80;
  return bytes;
}

/** A value of another type than the API's members have. */
const strange = (random: SeededRandom): unknown => pick<unknown>(random, [true, 1.5, { a: {} }, [[{}]], -1e308]);

const nest = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const head = (operation: string, length: number): string =>
  `POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: ${PREFIX}${operation}\r\nContent-Length: ${length}\r\n\r\n`;

type Bad = (port: number, random: SeededRandom) => Promise<WireAnswer>;

/** By name: what is wrong, and how often of a hundred times. */
const BAD: Readonly<Record<string, readonly [weight: number, send: Bad]>> = {
  'random bytes': [
    10,
    (port, random) => wire(port, { target: PREFIX + pick(random, REQUESTS)[0], body: noise(random, 1 + upTo(random, 500)) }),
  ],
  'truncated JSON': [
    14,
    (port, random) => {
      const [operation, request] = pick(random, REQUESTS);
      const text = JSON.stringify(request);
      return wire(port, { target: PREFIX + operation, body: text.slice(0, 1 + upTo(random, text.length - 1)) });
    },
  ],
  'a wrong type': [
    14,
    (port, random) => {
      const [operation, request] = pick(random, REQUESTS);
      const changed = { ...request, [pick(random, Object.keys(request))]: strange(random) };
      return wire(port, { target: PREFIX + operation, body: JSON.stringify(changed) });
    },
  ],
  'what is not there': [
    8,
    (port, random) => {
      const [operation, request] = pick(random, REQUESTS);
      return wire(port, { target: PREFIX + operation, body: JSON.stringify(request) });
    },
  ],
  'a token that is none': [
    10,
    (port, random) => {
      const token = pick(random, [
        noise(random, 60).toString('base64'),
        noise(random, 60).toString('latin1'),
        '',
        'x'.repeat(3000),
        Buffer.from(`${ARN}:execution:approval:none/${random.uuid()}`).toString('base64'),
      ]);
      return wire(port, { target: `${PREFIX}SendTaskSuccess`, body: JSON.stringify({ taskToken: token, output: '1' }) });
    },
  ],
  'deep nesting': [
    6,
    (port, random) => {
      const depth = 2000 + upTo(random, 100_000);
      const [target, body] = pick(random, [
        ['ListActivities', '['.repeat(depth)],
        ['ListActivities', `{"maxResults":${nest(depth)}}`],
        ['StartExecution', JSON.stringify({ stateMachineArn: `${ARN}:stateMachine:note`, input: nest(depth) })],
        ['CreateStateMachine', JSON.stringify({ name: 'deep', roleArn: 'arn:aws:iam::1:role/r', definition: nest(depth) })],
        ['SendTaskSuccess', JSON.stringify({ taskToken: 'AAAA', output: nest(depth) })],
      ] as const);
      return wire(port, { target: PREFIX + target, body });
    },
  ],
  'a body that is too long': [
    1,
    (port, random) => {
      const size = 1_048_577 + upTo(random, 500_000);
      const chunked = random.next() < 0.5 ? { 'Transfer-Encoding': 'chunked' } : undefined;
      return wire(port, {
        target: `${PREFIX}ListActivities`,
        body: Buffer.alloc(size, 0x20),
        ...(chunked && { headers: chunked }),
      });
    },
  ],
  'a payload that is too long': [
    2,
    (port, random) => {
      const input = JSON.stringify('x'.repeat(262_143 + upTo(random, 1000)));
      return wire(port, {
        target: `${PREFIX}StartExecution`,
        body: JSON.stringify({ stateMachineArn: `${ARN}:stateMachine:note`, input }),
      });
    },
  ],
  'a wrong target': [
    8,
    (port, random) =>
      wire(port, {
        target: pick(random, [
          undefined,
          '',
          'AWSStepFunctions',
          'AWSStepFunctions.',
          'AWSStepFunctions.constructor',
          'AWSStepFunctions.__proto__',
          'DynamoDB_20120810.ListTables',
          `AWSStepFunctions.${random.uuid()}`,
        ]),
        body: '{}',
      }),
  ],
  'a wrong method': [
    6,
    (port, random) =>
      wire(port, {
        method: pick(random, ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
        target: `${PREFIX}ListActivities`,
        headers: { Connection: 'close' },
      }),
  ],
  'a name that is none': [
    5,
    (port, random) =>
      wire(port, {
        target: `${PREFIX}StartExecution`,
        body: JSON.stringify({
          stateMachineArn: `${ARN}:stateMachine:note`,
          name: pick(random, ['', 'a b', 'a/b', '*', '\u0000', 'x'.repeat(81), '../../state.jsonl']),
        }),
      }),
  ],
  'a page that is none': [
    5,
    (port, random) =>
      wire(port, {
        target: `${PREFIX}ListStateMachines`,
        body: JSON.stringify(
          pick(random, [{ nextToken: random.uuid() }, { maxResults: -1 }, { maxResults: 1001 }, { nextToken: '' }]),
        ),
      }),
  ],
  'a definition that is none': [
    4,
    (port, random) =>
      wire(port, {
        target: `${PREFIX}CreateStateMachine`,
        body: JSON.stringify({
          name: `bad-${upTo(random, 1000)}`,
          roleArn: 'arn:aws:iam::123456789012:role/r',
          definition: pick(random, [
            'process.exit(1)',
            '{}',
            'null',
            '{"StartAt":"A","States":{"A":{"Type":"Script","Code":"process.exit(1)"}}}',
            '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"__proto__"}}}',
          ]),
        }),
      }),
  ],
  'a web page': [
    1,
    (port) => wire(port, { target: `${PREFIX}ListActivities`, body: '{}', headers: { Origin: 'https://example.org' } }),
  ],
  'no HTTP': [2, (port, random) => dribble(port, [noise(random, 100)], { pauseMs: 0, cut: false })],
  'headers without end': [
    1,
    (port) => dribble(port, [`POST / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(40_000)}\r\n\r\n`], { pauseMs: 0, cut: false }),
  ],
  'a slow client': [
    1,
    (port) => {
      const body = '{"maxResults":"5"}';
      return dribble(port, [head('ListActivities', body.length), ...body], { pauseMs: 15, cut: false });
    },
  ],
};

/** Bodies that their sender does not finish: they get no answer. */
const cutShort: Bad = (port, random) =>
  dribble(port, [head('StartExecution', 1000), 'x'.repeat(upTo(random, 999))], { pauseMs: upTo(random, 5), cut: true });

const TABLE = Object.entries(BAD).flatMap(([name, [weight, send]]) =>
  Array.from({ length: weight }, () => [name, send] as const),
);

/**
 * Sends a bad request.
 * @returns what was wrong with the answer; 'lost' if there was none; undefined: it was refused as it should be
 */
export async function sendBadRequest(
  port: number,
  random: SeededRandom,
): Promise<'lost' | undefined | { readonly wrong: string }> {
  if (random.next() < 0.02) return void (await cutShort(port, random));
  const [name, send] = pick(random, TABLE);
  const answer = await send(port, random);
  if (answer === undefined) return 'lost';
  const { status, body } = answer;
  const wrong = { wrong: `${name}: ${status} ${body.slice(0, 300)}` };
  if (!REFUSALS.includes(status)) return wrong;
  // What is no HTTP is refused before it comes to us, and HEAD has no body.
  if (body === '') return name === 'a wrong method' || name === 'no HTTP' || name === 'headers without end' ? undefined : wrong;
  const { __type: type, message } = JSON.parse(body) as { readonly __type?: string; readonly message?: string };
  return type !== undefined && /^com\.amazon\S+#\w+$/.test(type) && message !== undefined && message !== '' ? undefined : wrong;
}
