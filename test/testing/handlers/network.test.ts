import { execFileSync } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import { lambda, simulate, SimulatorError } from '../../../lib/testing';
import { handlersStack } from './stack';

/** Runs a handler with this code. */
const run = (code: string): Promise<unknown> => simulate(handlersStack([code]).machine);

/** A handler that hides what goes wrong. */
const hiding = (code: string): string =>
  `try { await Promise.race([(async () => { ${code} })(), new Promise((resolve) => setTimeout(resolve, 500))]); } catch {} return 'all is well';`;

/** Awaits an event of an emitter, or its error. */
const EVENT = `const happens = (emitter, event) => new Promise((resolve, reject) => emitter.on(event, resolve).on('error', reject));`;

test('fetch to AWS is told what AWS is answered to', async () => {
  await expect(run(hiding(`await fetch('https://files.s3.us-east-1.amazonaws.com/a');`))).rejects.toThrow(
    /wants to reach files\.s3\.us-east-1\.amazonaws\.com:443: .* AWS is answered here to clients that use Node\.js's http, https or http2, as the SDK does, and not fetch\./,
  );
});

describe('what would leave this machine stops the run, though the handler catches it', () => {
  test.each<[string, string, string]>([
    ['fetch', `await fetch('https://api.example.com/v1');`, 'api.example.com:443'],
    ['http', `${EVENT} await happens(require('http').get('http://example.com/'), 'response');`, 'example.com:80'],
    [
      'https',
      `${EVENT} await happens(require('node:https').request({ host: 'example.com' }).end(), 'response');`,
      'example.com:443',
    ],
    ['http2', `${EVENT} await happens(require('http2').connect('https://example.com'), 'connect');`, 'example.com:443'],
    ['net', `${EVENT} await happens(require('net').connect(5432, '10.0.0.7'), 'connect');`, '10.0.0.7:5432'],
    [
      'tls',
      `${EVENT} await happens(require('tls').connect({ host: 'db.example.com', port: 5432 }), 'secureConnect');`,
      'db.example.com:5432',
    ],
    [
      'a socket of its own',
      `${EVENT} await happens(new (require('net').Socket)().connect({ host: '10.0.0.7', port: 1 }), 'connect');`,
      '10.0.0.7:1',
    ],
    [
      'dgram',
      `const s = require('dgram').createSocket('udp4'); try { s.send('x', 8125, 'statsd.example.com'); } finally { s.close(); }`,
      'statsd.example.com',
    ],
    [
      'dns',
      `${EVENT} await new Promise((resolve, reject) => require('dns').lookup('example.com', (e, a) => e ? reject(e) : resolve(a)));`,
      'example.com',
    ],
    ['dns with promises', `await require('dns/promises').resolveTxt('example.com');`, 'example.com'],
    ['a resolver', `await new (require('dns').promises.Resolver)().resolve4('example.com');`, 'example.com'],
    ['the metadata of an instance', `await fetch('http://169.254.169.254/latest/meta-data/');`, '169.254.169.254:80'],
  ])('%s', async (_, code, where) => {
    const simulation = run(hiding(code));
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(
      `" wants to reach ${where}: while a handler runs, nothing leaves this machine. Serve it on loopback, or add a fake: lambda('Handlers-Function0`,
    );
    await expect(simulation).rejects.toThrow(/^the handler of "Handlers-Function0/);
  });

  test('a service that is not simulated', async () => {
    const code = `const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');
      await new SecretsManagerClient({ maxAttempts: 1 }).send(new GetSecretValueCommand({ SecretId: 's' }));`;
    await expect(run(hiding(code))).rejects.toThrow(
      /^the handler of "Handlers-Function0.*" calls secretsmanager\.us-east-1\.amazonaws\.com, but the service "secretsmanager" is not simulated for handlers \(simulated are: .*dynamodb.*\)\. Add a fake: service\('aws-sdk:secretsmanager:getSecretValue', …\), or lambda\('Handlers-Function0/,
    );
  });

  test('what a handler does when its code is loaded', async () => {
    const stack = handlersStack([`return early.catch(() => 'all is well');`]);
    const [fn] = stack.functions;
    const resource = fn?.node.defaultChild as unknown as { code: { zipFile: string } };
    resource.code = { zipFile: `const early = fetch('https://example.com'); ${resource.code.zipFile}` };
    await expect(simulate(stack.machine)).rejects.toThrow(/wants to reach example\.com:443/);
  });
});

describe('what has a network that nobody watches is not started, though the handler catches it', () => {
  test.each<[string, string, string]>([
    ['spawn', `require('child_process').spawn('curl', ['https://example.com']);`, 'a process (curl https://example.com)'],
    [
      'spawnSync',
      `require('node:child_process').spawnSync('curl', ['https://example.com']);`,
      'a process (curl https://example.com)',
    ],
    ['exec', `require('child_process').exec('curl https://example.com');`, 'a process (/bin/sh -c curl https://example.com)'],
    ['execSync', `require('child_process').execSync('curl https://example.com');`, 'a process (curl https://example.com)'],
    ['execFileSync', `require('child_process').execFileSync('git', ['fetch']);`, 'a process (git fetch)'],
    [
      'a promise of execFile',
      `await require('util').promisify(require('child_process').execFile)('git', ['fetch']);`,
      'a process (git fetch)',
    ],
    ['fork', `require('child_process').fork('./worker.js');`, `a process (${process.execPath} `],
    ['a worker', `new (require('worker_threads').Worker)('./worker.js');`, 'a worker thread (./worker.js)'],
    [
      'a class of workers',
      `const { Worker } = require('worker_threads'); class Mine extends Worker {} new Mine('fetch("https://example.com")', { eval: true });`,
      'a worker thread (fetch("https://example.com"))',
    ],
  ])('%s', async (_, code, what) => {
    const simulation = run(hiding(code));
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(` wants to start ${what}`);
    await expect(simulation).rejects.toThrow(
      /^the handler of "Handlers-Function0.* Do its work in the handler, or add a fake: lambda\(/,
    );
  });

  test('the test itself starts what it likes', async () => {
    const stack = handlersStack([
      `const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: OTHER })); return JSON.parse(Buffer.from(Payload).toString());`,
    ]);
    const fake = lambda(stack.other, async () => {
      const worker = new Worker(`require('node:worker_threads').parentPort.postMessage('from a worker')`, { eval: true });
      const [message] = (await once(worker, 'message')) as [string];
      return [execFileSync(process.execPath, ['-p', '6 * 7']).toString().trim(), message];
    });
    expect(await simulate(stack.machine, { fakes: [fake] })).toMatchObject({ output: [['42', 'from a worker']] });
  });
});

test('what a handler gets of it says the same', async () => {
  let caught: unknown;
  const stack = handlersStack([
    `const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: OTHER, Payload: JSON.stringify(await fetch('https://example.com').catch((error) => String(error.cause))) }));`,
  ]);
  const fake = lambda(stack.other, (event: unknown) => (caught = event));
  await expect(simulate(stack.machine, { fakes: [fake] })).rejects.toThrow(SimulatorError);
  expect(caught).toBeUndefined();
});

describe('loopback', () => {
  const server = http.createServer((request, response) => response.end(`seen ${request.url}`));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const port = (): number => (server.address() as AddressInfo).port;

  test.each([
    ['fetch', (at: number) => `return (await fetch('http://localhost:${at}/a')).text();`],
    [
      'http',
      (
        at: number,
      ) => `return new Promise((resolve, reject) => require('http').get({ host: '127.0.0.1', port: ${at}, path: '/a' }, (response) =>
        response.setEncoding('utf8').on('data', resolve)).on('error', reject));`,
    ],
    [
      'an SDK client with an endpoint there',
      (
        at: number,
      ) => `void dynamoDb.config; const client = new DynamoDBClient({ endpoint: 'http://127.0.0.1:${at}/', maxAttempts: 1 });
        return client.send(new GetItemCommand({ TableName: 't', Key: {} })).catch((error) => error.$response.body && 'seen /a');`,
    ],
  ])('is open: %s', async (_, code) => {
    expect(await run(code(port()))).toMatchObject({ status: 'SUCCEEDED', output: ['seen /a'] });
  });

  test('the test itself goes where it likes, also while a handler runs', async () => {
    const stack = handlersStack([
      `await new Promise((resolve) => setTimeout(resolve, 30)); const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: OTHER }));
       return JSON.parse(Buffer.from(Payload).toString());`,
    ]);
    const simulation = simulate(stack.machine, {
      fakes: [
        lambda(stack.other, async () => {
          const looked = await dns.promises.lookup('127.0.0.2');
          return [looked.address, await (await fetch(`http://127.0.0.1:${port()}/fake`)).text()];
        }),
      ],
    });
    const refused = new Promise((resolve) => net.connect({ host: '127.0.0.2', port: 1 }).on('error', resolve));
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
    await expect(dns.promises.lookup('no-such-host.invalid')).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) as string,
    });
    expect(await simulation).toMatchObject({ output: [['127.0.0.2', 'seen /fake']] });
  });
});
