import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

// Jest loads handlers in lambda.test.ts; here are the other two ways, each in a process of its own.

const root = resolve(__dirname, '../../..');
const greet = join(__dirname, 'fixtures', 'greet.ts');

/** Two functions with the same source and different environments, invoked at the same time. */
const script = (lib: string): string => `
  const { createLambda } = require(${JSON.stringify(join(root, lib, 'services/lambda/lambda'))});
  const code = { kind: 'entry', file: ${JSON.stringify(greet)}, exportName: 'handler' };
  const arnOf = (name) => 'arn:aws:lambda:eu-central-1:123456789012:function:' + name;
  const functions = ['Hello', 'Salut'].map((GREETING) => ({ arn: arnOf(GREETING), code, environment: { GREETING } }));
  const world = { epochMs: 0, after() {}, errand() {}, doors: () => new Map(), fakeOf: () => undefined, patienceMs: 1000 };
  const [{ actions }] = createLambda(functions, world).services;
  const call = (FunctionName) => ({
    parameters: { FunctionName, Payload: { name: 'Ann' } },
    state: 'Ask', region: 'eu-central-1', epochMs: 0, executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:m:e',
    uuid: () => '00000000-0000-4000-8000-000000000001',
  });
  Promise.all(['Hello', 'Salut', 'Hello'].map((name) => actions.invoke.run(call(name)))).then(
    (answers) => console.log(JSON.stringify(answers.map(({ Payload }) => Payload))),
    (error) => console.log(JSON.stringify(error.message)),
  );`;

function run(args: readonly string[], cwd = root): unknown {
  const env = { ...process.env, JEST_WORKER_ID: undefined, NODE_OPTIONS: undefined };
  return JSON.parse(execFileSync(process.execPath, args, { cwd, encoding: 'utf8', env })) as unknown;
}

const answer = (greeting: string, invocations: number) => ({
  atLoad: greeting,
  seen: Array<string>(6).fill(greeting),
  invocations,
  text: `${greeting}, Ann`,
});
const answers = [answer('Hello', 2), answer('Salut', 1), answer('Hello', 2)];

test('under tsx each function has modules and an environment of its own', () => {
  expect(run([join(root, 'node_modules/tsx/dist/cli.mjs'), '-e', script('lib')])).toEqual(answers);
});

test('where Node.js cannot load TypeScript, esbuild bundles it', () => {
  expect(run(['--no-experimental-strip-types', '-e', script('dist/lib')].slice(canStripTypes() ? 0 : 1))).toEqual(answers);
});

test('without esbuild it is refused, and the message says what to do', () => {
  const args = ['--no-experimental-strip-types', '-e', script('dist/lib')].slice(canStripTypes() ? 0 : 1);
  expect(run(args, '/')).toMatch(
    /^The function "Hello" has its code in .*greet\.ts, which cannot be required as it is\. Install esbuild in the project .*, run under Jest or tsx, or add a fake: lambda\(…\)\.$/,
  );
});

/** Node.js 22.18 and later load TypeScript by themselves. */
function canStripTypes(): boolean {
  return 'typescript' in process.features && process.features.typescript !== false;
}
