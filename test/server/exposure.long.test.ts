import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFromSeed } from '../../lib/simulator/random';
import { sendBadRequest } from './soak/bad-requests';
import { type ServerProcess, startServerProcess } from './soak/server-process';
import { wire } from './soak/wire';
import { price, STANDARD } from './soak/workflows';

const roleArn = 'arn:aws:iam::123456789012:role/role';

/** Serves a Standard and an Express state machine. */
function serve(...argv: readonly string[]): Promise<ServerProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-exposure-'));
  const note = join(directory, 'note.json');
  writeFileSync(note, JSON.stringify(STANDARD.note));
  return startServerProcess([note, '--port', '0', ...argv]);
}

/** Asks the API; the answer is what its body holds. */
async function ask(port: number, operation: string, request: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await wire(port, { target: `AWSStepFunctions.${operation}`, body: JSON.stringify(request) });
  return JSON.parse(answer?.body ?? '{}') as Readonly<Record<string, unknown>>;
}

/** Does something that many times, some at once. */
async function times(count: number, act: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next < count) await act(next++);
    }),
  );
}

/** Addresses of this machine that are not the loopback address that a server listens on. */
const otherAddresses = (): readonly string[] => [
  // Loopback, too, on Linux: only who listens everywhere hears of it.
  '127.0.0.2',
  ...Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  ),
];

const reaches = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (isReached: boolean) => (): void => {
      socket.destroy();
      resolve(isReached);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });

test.each([
  [[], false],
  [['--host', '0.0.0.0'], true],
])('with %j, that it is reached beyond loopback is %s', async (argv, isReached) => {
  const server = await serve(...argv);
  const reached = await Promise.all(otherAddresses().map((host) => reaches(host, server.port)));
  expect(reached.includes(true)).toBe(isReached);
  expect(await reaches('127.0.0.1', server.port)).toBe(true);
  await server.end('SIGKILL');
});

test('nothing of a request is evaluated but Amazon States Language', async () => {
  const marker = join(mkdtempSync(join(tmpdir(), 'baton-marker-')), 'evaluated');
  const code = `(process.mainModule??{require}).require('fs').writeFileSync(${JSON.stringify(marker)},'');process.exit(7)`;
  const reach = `this.constructor.constructor(${JSON.stringify(code)})()`;
  const texts = [
    code,
    reach,
    `"];${code};//`,
    `\`];${code};//`,
    `'];${code};//`,
    `\${${code}}`,
    `\u2028${code}`,
    `$[?(${reach})]`,
    `$..[(${reach})]`,
    `$.a[?(@.constructor.constructor(${JSON.stringify(code)})())]`,
    `{% $eval(${JSON.stringify(code)}) %}`,
    `{% $constructor.constructor(${JSON.stringify(code)})() %}`,
    `{% $toString.constructor(${JSON.stringify(code)})() %}`,
    `{% ($f := $map; $f.constructor)(${JSON.stringify(code)}) %}`,
    `States.Format('{}', ${reach})`,
    '__proto__',
    'constructor',
  ];
  const places = texts.flatMap((text): readonly object[] => [
    { Type: 'Pass', Parameters: { [text]: 1, 'a.$': text }, End: true },
    { Type: 'Pass', Parameters: { [`${text}.$`]: '$.a' }, End: true },
    { Type: 'Pass', InputPath: text, ResultPath: `$.${text}`, OutputPath: text, End: true },
    { Type: 'Pass', ResultPath: `$[${JSON.stringify(text)}]`, Result: { [text]: text }, End: true },
    { Type: 'Pass', QueryLanguage: 'JSONata', Output: { [text]: text }, Assign: { a: text }, End: true },
    { Type: 'Choice', Choices: [{ Variable: text, StringMatches: text, Next: 'Entry' }], Default: 'Entry' },
    { Type: 'Pass', Comment: text, Result: text, End: true },
    { Type: 'Wait', TimestampPath: text, End: true },
  ]);
  const server = await serve();
  const { port } = server;
  let begun = 0;
  await times(places.length, async (index) => {
    const name = `m${index}`;
    const definition = JSON.stringify({ StartAt: 'Entry', States: { Entry: places[index] } });
    const input = JSON.stringify(Object.fromEntries([['a', [{ a: 1 }]], ...texts.map((text) => [text, text])]));
    await ask(port, 'ValidateStateMachineDefinition', { definition });
    await ask(port, 'TestState', { definition: JSON.stringify(places[index]), input, roleArn });
    const { stateMachineArn } = await ask(port, 'CreateStateMachine', { name, definition, roleArn });
    if (stateMachineArn === undefined) return;
    begun++;
    const { executionArn } = await ask(port, 'StartExecution', { stateMachineArn, input });
    await ask(port, 'StopExecution', { executionArn, error: texts[index % texts.length], cause: code });
    await ask(port, 'GetExecutionHistory', { executionArn });
  });
  for (const text of texts) {
    await ask(port, 'StartExecution', { stateMachineArn: text, name: text, input: text, traceHeader: text });
    await ask(port, 'SendTaskSuccess', { taskToken: text, output: text });
    await wire(port, { target: encodeURI(`AWSStepFunctions.${text}`), body: text });
  }
  expect(begun).toBeGreaterThan(texts.length);
  expect(existsSync(marker)).toBe(false);
  expect(await ask(port, 'ListActivities', {})).toEqual({ activities: [] });
  expect(await server.end('SIGINT')).toBe(0);
});

test('bodies of any size are refused, and nothing of them is kept', async () => {
  const server = await serve();
  const { port } = server;
  const send = (size: number, headers: Readonly<Record<string, string>>) =>
    wire(port, { target: 'AWSStepFunctions.ListActivities', body: Buffer.alloc(size, 0x20), headers });
  const chunked = { 'Transfer-Encoding': 'chunked' };
  await times(32, (index) => send(2_000_000, index % 2 === 0 ? {} : chunked));
  const before = await server.memory();
  await times(64, async (index) => {
    const answer = await send(1_048_577 + index * 500_000, index % 2 === 0 ? {} : chunked);
    expect([answer?.status, answer?.body]).toEqual([413, expect.stringContaining('longer than 1048576 bytes')]);
  });
  let after = await server.memory();
  // The buffers of sockets that are being closed go with them, on a busy machine some time later.
  for (let tries = 0; tries < 20 && after.heldBytes - before.heldBytes >= 5_000_000; tries++) after = await server.memory();
  expect(after.heldBytes - before.heldBytes).toBeLessThan(5_000_000);
  // A gigabyte has come in.
  expect(after.residentBytes - before.residentBytes).toBeLessThan(200_000_000);
  expect(await ask(port, 'ListActivities', {})).toEqual({ activities: [] });
  await server.end('SIGKILL');
});

test('what is refused, and Express executions, leave nothing behind', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-exposure-'));
  const server = await serve('--time', '60', '--state', join(directory, 'state.jsonl'));
  const { port } = server;
  const { stateMachineArn } = await ask(port, 'CreateStateMachine', {
    name: 'price',
    definition: JSON.stringify(price),
    roleArn,
    type: 'EXPRESS',
  });
  const use = (from: number, count: number): Promise<void> =>
    times(count, async (index) => {
      const operation = index % 2 === 0 ? 'StartSyncExecution' : 'StartExecution';
      expect(await ask(port, operation, { stateMachineArn, input: '{"a":1,"b":2}' })).toHaveProperty('executionArn');
      await sendBadRequest(port, randomFromSeed(`${from + index}`));
    });
  await use(0, 1000);
  const before = await server.memory();
  await use(1000, 4000);
  const after = await server.memory();
  // Of 4,000 executions and as many refusals: 500 bytes of each would be seen.
  expect(after.heldBytes - before.heldBytes).toBeLessThan(4_000_000);
  expect(readFileSync(join(directory, 'state.jsonl')).length).toBeLessThan(100_000);
  await server.end('SIGKILL');
});
