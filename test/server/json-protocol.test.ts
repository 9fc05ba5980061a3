import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { served } from './served';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A request as the AWS CLI writes it. */
function post(port: number, target: string | undefined, body: string | Buffer, headers: object = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/',
        headers: {
          ...(target === undefined ? {} : { 'X-Amz-Target': target }),
          'Content-Type': 'application/x-amz-json-1.0',
          'User-Agent': 'aws-cli/2.31.0',
          Authorization:
            'AWS4-HMAC-SHA256 Credential=any/20250101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0',
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
      },
    );
    request.on('error', reject).end(body);
  });
}

const definition = JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const roleArn = 'arn:aws:iam::123456789012:role/role';

test('the wire format of the AWS CLI', async () => {
  const { server } = await served();
  const created = await post(
    server.port,
    'AWSStepFunctions.CreateStateMachine',
    JSON.stringify({ name: 'orders', definition, roleArn }),
  );
  expect(created).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    },
    body: '{"stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:orders","creationDate":1735689600}',
  });
  const missing = await post(server.port, 'AWSStepFunctions.DescribeExecution', '{"executionArn":"no_arn"}');
  expect(missing.status).toBe(400);
  expect(JSON.parse(missing.body)).toEqual({
    __type: 'com.amazonaws.swf.service.v2.model#InvalidArn',
    message: "Invalid Arn: 'Invalid ARN prefix: no_arn'",
  });
});

test.each<[string, string | undefined, string | Buffer, number, string]>([
  ['an unknown operation', 'AWSStepFunctions.MakeCoffee', '{}', 404, 'UnknownOperationException'],
  ['an operation of an object', 'AWSStepFunctions.constructor', '{}', 404, 'UnknownOperationException'],
  ['another service', 'DynamoDB_20120810.ListTables', '{}', 404, 'UnknownOperationException'],
  ['no target', undefined, '{}', 404, 'UnknownOperationException'],
  ['no JSON', 'AWSStepFunctions.ListActivities', '{', 400, 'SerializationException'],
  ['no UTF-8', 'AWSStepFunctions.ListActivities', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'SerializationException'],
  ['no object', 'AWSStepFunctions.ListActivities', '[]', 400, 'SerializationException'],
  ['a wrong type', 'AWSStepFunctions.ListActivities', '{"maxResults":"5"}', 400, 'SerializationException'],
  ['JSON of 100,000 levels', 'AWSStepFunctions.ListActivities', '['.repeat(100_000), 400, 'SerializationException'],
  ['a quota', 'AWSStepFunctions.TestState', '{"definition":"{}","mock":{"result":5}}', 400, 'SerializationException'],
])('%s is refused', async (_, target, body, status, code) => {
  const { server } = await served();
  const answer = await post(server.port, target, body);
  expect([answer.status, (JSON.parse(answer.body) as { __type: string }).__type.split('#')[1]]).toEqual([status, code]);
});

test('no body is an empty request', async () => {
  const { server } = await served();
  expect(await post(server.port, 'AWSStepFunctions.ListActivities', '')).toMatchObject({
    status: 200,
    body: '{"activities":[]}',
  });
});

test.each([1_048_577, 20_000_000])('a body of %d bytes is refused, and the server goes on', async (size) => {
  const { server } = await served();
  const answer = await post(server.port, 'AWSStepFunctions.ListActivities', Buffer.alloc(size, 0x20));
  expect(answer.status).toBe(413);
  expect(answer.body).toContain('longer than 1048576 bytes');
  expect(await post(server.port, 'AWSStepFunctions.ListActivities', '{}')).toMatchObject({ status: 200 });
});

test.each([
  ['too much', ''],
  ['from a web page', 'Origin: https://example.org\r\n'],
])('whoever sends %s is answered at once, and not cut off while he sends', async (_, header) => {
  const { server } = await served();
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  let isCut = false;
  socket.on('error', () => undefined).on('close', () => (isCut = true));
  const half = Buffer.alloc(1_000_000, 0x20);
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${header}Content-Length: ${2 * half.length}\r\n\r\n`);
  socket.write(half);
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
      resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([answer.slice(0, 10), isCut]).toEqual(['HTTP/1.1 4', false]);
  socket.write(half);
  await new Promise<void>((resolve) => socket.on('close', () => resolve()));
});

test('a body without end is cut', async () => {
  const { server } = await served();
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSStepFunctions.ListActivities\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 0x20), Buffer.from('\r\n')]);
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    const write = (): void => {
      while (!socket.destroyed && socket.write(chunk));
      socket.once('drain', write);
    };
    write();
  });
  expect(answer).toContain('HTTP/1.1 413');
  expect(await post(server.port, 'AWSStepFunctions.ListActivities', '{}')).toMatchObject({ status: 200 });
});

test('web pages are refused', async () => {
  const { server } = await served();
  const answer = await post(server.port, 'AWSStepFunctions.ListActivities', '{}', { Origin: 'https://example.org' });
  expect(answer.body).toContain('AccessDeniedException');
});

test('thousands of bad requests are answered quickly', async () => {
  const { server } = await served();
  const bad = [
    () => post(server.port, 'AWSStepFunctions.StartExecution', '{"stateMachineArn":5}'),
    () => post(server.port, 'AWSStepFunctions.StartExecution', '{"stateMachineArn":"x"}'),
    () => post(server.port, 'AWSStepFunctions.CreateStateMachine', JSON.stringify({ name: 'a', definition: '{{{', roleArn })),
    () => post(server.port, 'AWSStepFunctions.SendTaskSuccess', '{"taskToken":"AAAA","output":"1"}'),
    () => post(server.port, 'AWSStepFunctions.ListExecutions', '{"nextToken":"%%%%","maxResults":-5}'),
    () => post(server.port, 'AWSStepFunctions.Nothing', 'x'.repeat(1000)),
  ];
  const begun = Date.now();
  for (let round = 0; round < 100; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => bad[index % bad.length]?.() as Promise<Answer>));
    for (const { status } of answers) expect([400, 404]).toContain(status);
  }
  expect(Date.now() - begun).toBeLessThan(20_000);
  expect(await post(server.port, 'AWSStepFunctions.ListStateMachines', '{}')).toMatchObject({ body: '{"stateMachines":[]}' });
});
