import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// The package as npm would publish it, beside the peers that this project has installed, used as its users use it.

const root = resolve(__dirname, '..');
const modules = join(root, 'node_modules');
let scratch: string;
let tarball: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'cdk-baton-pack-'));
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [packed] = JSON.parse(output) as readonly { readonly filename: string }[];
  if (packed === undefined) throw new Error(`npm pack said: ${output}`);
  tarball = join(scratch, packed.filename);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A project with the package unpacked in node_modules, and these of our own packages linked beside it. */
function project(name: string, files: Readonly<Record<string, string>>, peers: readonly string[] = []): string {
  const directory = join(scratch, name);
  const installed = join(directory, 'node_modules', 'cdk-baton');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const peer of peers) {
    const link = join(directory, 'node_modules', peer);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, peer), link);
  }
  for (const [file, text] of Object.entries({ 'package.json': '{ "name": "app", "private": true }', ...files })) {
    writeFileSync(join(directory, file), text);
  }
  return directory;
}

function run(directory: string, file: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, CDK_VALIDATION: 'false', JEST_WORKER_ID: undefined, NODE_OPTIONS: undefined },
  });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} exits with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

const CDK = ['aws-cdk-lib', 'constructs'];

const MACHINE = `{
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', Seconds: 3600, Next: 'Done' },
    Done: { Type: 'Pass', Result: 'done', End: true },
  },
}`;

/** Simulates, and draws, with no peer at all. */
const useSimulator = `
  simulate(${MACHINE}).then((run) => {
    const svg = renderSvg(run.definition, run.events);
    if (!svg.startsWith('<svg')) throw new Error(svg.slice(0, 100));
    console.log(run.status, run.output, run.durationMs);
  });
`;

const useConstructs = `
  const stack = new Stack(new App(), 'Shop');
  const orders = new OrderProcessing(stack, 'Orders', { senderAddress: 'shop@example.com' });
  const { Resources } = Template.fromStack(stack).toJSON();
  const types = Object.values(Resources).map(({ Type }) => Type);
  console.log(types.includes('AWS::StepFunctions::StateMachineAlias'), orders.stateMachine.node.path);
`;

describe('the tarball', () => {
  const filesOf = (directory: string): readonly string[] =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => lstatSync(join(directory, file)).isFile());

  test('holds the built package, its licence and those of what is bundled, and nothing else', () => {
    const files = filesOf(join(project('content', {}), 'node_modules', 'cdk-baton'));
    const foreign = files.filter(
      (file) => !/^dist\/(lib|lambda)\/|^dist\/bin\/baton\.js$|^(package\.json|LICENSE|README\.md|lib\/README\.md)$/.test(file),
    );
    expect(foreign).toEqual([]);
    expect(files.filter((file) => /\.test\.|\.map$|(?<!\.d)\.ts$|\.node$/.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'dist/lib/vendor/dynalite.bundle.js',
        'dist/lib/vendor/dynalite.bundle.LICENSES.txt',
        'dist/lib/report/vendor/dagre.LICENSES.txt',
      ]),
    );
  });

  test('has the bundled code of every handler', () => {
    const installed = join(project('handlers', {}), 'node_modules', 'cdk-baton');
    const sources = readdirSync(join(root, 'lambda')).filter((name) =>
      filesOfFolder(join(root, 'lambda', name)).includes('handler.ts'),
    );
    expect(sources.length).toBeGreaterThan(0);
    for (const name of sources) expect(filesOf(join(installed, 'dist', 'lambda', name))).toEqual(['index.js']);
  });

  test('installs with less than 20 MB: it depends on what the command and YAML need, which depend on nothing', () => {
    const installed = join(project('size', {}), 'node_modules', 'cdk-baton');
    const dependenciesOf = (directory: string): readonly string[] => {
      const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { dependencies?: object };
      return Object.keys(manifest.dependencies ?? {});
    };
    expect(dependenciesOf(installed)).toEqual(['commander', 'yaml']);
    for (const name of dependenciesOf(installed)) expect(dependenciesOf(join(modules, name))).toEqual([]);
    const sizeBytes = filesOf(installed).reduce((sum, file) => sum + lstatSync(join(installed, file)).size, 0);
    expect(sizeBytes).toBeLessThan(20_000_000);
  });

  test('names no path of the machine that built it', () => {
    const installed = join(project('paths', {}), 'node_modules', 'cdk-baton');
    const naming = filesOf(installed).filter((file) => readFileSync(join(installed, file), 'utf8').includes(`${root}/`));
    expect(naming).toEqual([]);
  });
});

const filesOfFolder = (directory: string): readonly string[] =>
  lstatSync(directory).isDirectory() ? readdirSync(directory) : [];

describe('cdk-baton/simulator, with no other package installed', () => {
  test('from CommonJS', () => {
    const files = { 'main.js': `const { simulate, renderSvg } = require('cdk-baton/simulator');${useSimulator}` };
    expect(run(project('simulator-cjs', files), 'main.js')).toBe('SUCCEEDED done 3600000\n');
  });
  test('from ESM', () => {
    const files = { 'main.mjs': `import { simulate, renderSvg } from 'cdk-baton/simulator';${useSimulator}` };
    expect(run(project('simulator-esm', files), 'main.mjs')).toBe('SUCCEEDED done 3600000\n');
  });
});

describe('cdk-baton, beside aws-cdk-lib and constructs', () => {
  test('from CommonJS', () => {
    const files = {
      'main.js': `
        const { App, Stack } = require('aws-cdk-lib');
        const { Template } = require('aws-cdk-lib/assertions');
        const { OrderProcessing } = require('cdk-baton');${useConstructs}`,
    };
    expect(run(project('constructs-cjs', files, CDK), 'main.js')).toBe('true Shop/Orders/StateMachine\n');
  });
  test('from ESM', () => {
    const files = {
      'main.mjs': `
        import { App, Stack } from 'aws-cdk-lib';
        import { Template } from 'aws-cdk-lib/assertions';
        import { OrderProcessing } from 'cdk-baton';${useConstructs}`,
    };
    expect(run(project('constructs-esm', files, CDK), 'main.mjs')).toBe('true Shop/Orders/StateMachine\n');
  });
  test('without its peers says what is missing', () => {
    const files = { 'main.js': "require('cdk-baton')" };
    expect(() => run(project('constructs-alone', files), 'main.js')).toThrow(/Cannot find module '(aws-cdk-lib|constructs)/);
  });
});

describe('the command baton', () => {
  const ask =
    '{ Type: Task, Resource: arn:aws:states:::sqs:sendMessage, Parameters: { QueueUrl: q, MessageBody: b }, End: true }';
  const definition = `StartAt: Ask\nStates: { Ask: ${ask} }`;
  const fakes = (syntax: string) => `${syntax}
    export default [service('sqs:sendMessage', fails('Busy').then({ MessageId: 'm-1' }))];`;
  const IMPORT = "import { fails, service } from 'cdk-baton/testing';";
  const BATON = join('node_modules', 'cdk-baton', 'dist', 'bin', 'baton.js');

  test.each([
    ['fakes.mjs', fakes(IMPORT), []],
    ['fakes.ts', fakes(`${IMPORT} const unused: number = 1;`), ['esbuild']],
    ['fakes.json', '{ "services": { "sqs:sendMessage": { "error": "Busy" } } }', []],
  ])('runs a definition in YAML with %s', (name, text, peers) => {
    const files = { 'ask.asl.yaml': definition, [name]: text };
    const directory = project(`baton-${name}`, files, ['commander', 'yaml', ...peers]);
    const { status, stdout, stderr } = spawnSync(process.execPath, [BATON, 'run', 'ask.asl.yaml', '--fakes', name, '--json'], {
      cwd: directory,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'FAILED', error: 'Busy' });
    expect(status).toBe(1);
  });
});

describe('cdk-baton/testing, in a user’s Jest', () => {
  const JEST = join(modules, 'jest', 'bin', 'jest.js');
  const config = `module.exports = { testEnvironment: 'node', setupFilesAfterEnv: ['cdk-baton/testing/jest'] };`;

  test('simulates a construct with the handlers and tables of its stack, also under fake timers', () => {
    const files = {
      'jest.config.js': config,
      'orders.test.js': `
        const { App, Stack } = require('aws-cdk-lib');
        const { OrderProcessing } = require('cdk-baton');
        const { createTestWorld, simulate } = require('cdk-baton/testing');

        const stack = new Stack(new App(), 'Shop');
        const orders = new OrderProcessing(stack, 'Orders', { senderAddress: 'shop@example.com' });
        const input = ${readFileSync(join(root, 'examples', 'order-processing', 'input.json'), 'utf8')};
        const items = ${readFileSync(join(root, 'examples', 'order-processing', 'inventory.json'), 'utf8')};

        test.each(['real', 'fake'])('an order is fulfilled under %s timers', async (timers) => {
          if (timers === 'fake') jest.useFakeTimers();
          const world = createTestWorld(orders);
          await world.seedTable(orders.inventory, items);
          const run = await simulate(orders, { input, world });
          jest.useRealTimers();
          expect(run).toHaveVisited('ProcessPayment', 'FulfillOrder');
          expect(run).not.toFailWith('States.ALL');
          expect(run.status).toBe('SUCCEEDED');
          expect(world.outbox).toHaveLength(1);
        });

        test('a matcher that fails prints the timeline', async () => {
          const run = await simulate(${MACHINE});
          expect(() => expect(run).toSucceedWith('something else')).toThrow(/Wait/);
        });
      `,
    };
    const directory = project('jest', files, [...CDK, 'jest']);
    expect(() => run(directory, JEST, '--rootDir', directory, '--ci')).not.toThrow();
  });
});

describe('cdk-baton/testing, in a user’s Vitest', () => {
  test('simulates with matchers, and runs a handler from its TypeScript source', () => {
    const files = {
      'greet.ts': "export const handler = async (event: { name: string }) => `${process.env['GREETING']}, ${event.name}`;",
      'greet.test.mts': `
        import { App, Stack } from 'aws-cdk-lib';
        import { Code, Function as Fn, Runtime } from 'aws-cdk-lib/aws-lambda';
        import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
        import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
        import { withEntry } from 'cdk-baton';
        import { matchers, simulate } from 'cdk-baton/testing';
        import { expect, test } from 'vitest';

        expect.extend(matchers);

        test('greets', async () => {
          const stack = new Stack(new App(), 'Greetings');
          const greet = new Fn(stack, 'Greet', {
            code: Code.fromInline('exports.handler = async () => "the inline code"'),
            handler: 'index.handler',
            runtime: Runtime.NODEJS_22_X,
            environment: { GREETING: 'Hello' },
          });
          withEntry(greet, { entry: new URL('greet.ts', import.meta.url).pathname, handler: 'handler' });
          const task = new LambdaInvoke(stack, 'Ask', { lambdaFunction: greet, payloadResponseOnly: true });
          const machine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
          expect(await simulate(machine, { input: { name: 'Ann' } })).toSucceedWith('Hello, Ann');
        });
      `,
    };
    const directory = project('vitest', files, [...CDK, 'vitest', 'esbuild']);
    expect(() => run(directory, join(modules, 'vitest', 'vitest.mjs'), 'run', '--root', directory)).not.toThrow();
  });
});

describe('TypeScript', () => {
  const TSC = join(modules, 'typescript', 'bin', 'tsc');
  const main = `
    import { App, Stack } from 'aws-cdk-lib';
    import { OrderProcessing, type OrderProcessingProps } from 'cdk-baton';
    import { simulate, lambda, type Fake, type SimulatedRun } from 'cdk-baton/testing';
    import 'cdk-baton/testing/jest';
    import { createWorld, type World } from 'cdk-baton/simulator';

    const props: OrderProcessingProps = { senderAddress: 'shop@example.com' };
    const orders = new OrderProcessing(new Stack(new App(), 'Shop'), 'Orders', props);
    const fakes: readonly Fake[] = [lambda(orders.processPayment, { paymentId: 'p-1' })];

    test('types', async () => {
      const run: SimulatedRun = await simulate(orders, { input: { orderId: 'o-1' }, fakes });
      expect(run).toSucceedWith({});
      expect(run).not.toFailWith('X');
      expect(run).toHaveVisited('A', 'B');
      // @ts-expect-error a run has no such status
      if (run.status === 'DONE') throw run;
      if (run.status === 'FAILED') console.log(run.error?.length);
    });
    export const use = (world: World): typeof createWorld | World => world;
  `;
  const simulatorOnly = `
    import { compile, simulate, type Run } from 'cdk-baton/simulator';
    export const run: Promise<Run> = simulate({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    export const compiled: unknown = compile;
  `;
  interface Check {
    readonly name: string;
    readonly file: string;
    readonly text: string;
    readonly peers: readonly string[];
    readonly options: object;
    /** Changes the project before it is compiled. */
    readonly spoil?: (directory: string) => void;
  }
  const check = ({ name, file, text, peers, options, spoil }: Check): readonly string[] => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'ES2022',
      lib: ['ES2022'],
      skipLibCheck: false,
      noUncheckedIndexedAccess: true,
      ...options,
    };
    const directory = project(name, { [file]: text, 'tsconfig.json': JSON.stringify({ compilerOptions, files: [file] }) }, peers);
    spoil?.(directory);
    const { stdout, status } = spawnSync(process.execPath, [TSC, '-p', '.', '--pretty', 'false'], {
      cwd: directory,
      encoding: 'utf8',
    });
    if (status === null) throw new Error('tsc did not run');
    // Not ours: aws-cdk-lib itself needs skipLibCheck.
    return stdout
      .split('\n')
      .filter((line) => /error TS/.test(line))
      .filter((line) => line.startsWith(file) || line.includes('node_modules/cdk-baton/') || !line.includes('('));
  };

  const kinds = [
    ['NodeNext', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
    ['a bundler', { module: 'ESNext', moduleResolution: 'bundler' }],
  ] as const;
  describe.each(kinds)('resolved as %s does', (_, resolution) => {
    describe.each([false, true])('exactOptionalPropertyTypes: %s', (exactOptionalPropertyTypes) => {
      const options = { ...resolution, exactOptionalPropertyTypes };
      const suffix = `${resolution.module}-${exactOptionalPropertyTypes}`;

      test('all entry points, no error in our declarations', () => {
        const peers = [...CDK, '@types/node', '@types/jest', 'jest', 'expect', 'pretty-format'];
        expect(
          check({ name: `ts-${suffix}`, file: 'main.ts', text: main, peers, options: { ...options, types: ['node', 'jest'] } }),
        ).toEqual([]);
      });
      test.each(['main.ts', 'main.mts'])('%s: the simulator with no other package but the types of Node.js', (file) => {
        const name = `ts-simulator-${suffix}-${file}`;
        expect(
          check({ name, file, text: simulatorOnly, peers: ['@types/node'], options: { ...options, types: ['node'] } }),
        ).toEqual([]);
      });
    });
  });

  test('the check sees an error in our declarations', () => {
    const [[, options]] = kinds;
    const spoil = (directory: string) =>
      appendFileSync(join(directory, 'node_modules/cdk-baton/dist/lib/simulator.d.ts'), "export * from './missing';\n");
    const errors = check({
      name: 'ts-spoilt',
      file: 'main.ts',
      text: simulatorOnly,
      peers: ['@types/node'],
      options: { ...options, types: ['node'] },
      spoil,
    });
    expect(errors).toEqual([
      expect.stringMatching(/^node_modules\/cdk-baton\/dist\/lib\/simulator\.d\.ts.*Cannot find module '\.\/missing'/),
    ]);
  });
});
