import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../../lib/cli/exit-codes';
import { readFakes } from '../../lib/cli/read-fakes';
import { version } from '../../package.json';
import { folder, LOST, runBaton } from './run-baton';

const COMMANDS = ['run', 'validate', 'graph', 'test-state', 'serve'];

test('--help names every command and the exit codes', async () => {
  const { exitCode, output, errors } = await runBaton(['--help']);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  for (const command of COMMANDS) expect(output).toMatch(new RegExp(`^  ${command} \\[options\\] [<[]`, 'm'));
  for (const [code, meaning] of Object.entries(EXIT_CODES)) expect(output).toContain(`  ${code}  ${meaning}`);
});

test.each(COMMANDS)('%s --help says its options and the exit codes', async (command) => {
  const { exitCode, output } = await runBaton([command, '--help']);
  expect(exitCode).toBe(0);
  expect(output).toMatch(new RegExp(`^Usage: baton ${command} \\[options\\] [<[]definitions?`));
  expect(output).toContain('  --json');
  expect(output).toContain(`  4  ${EXIT_CODES[4]}`);
});

test('help is the same, and help <command> that of the command', async () => {
  expect(await runBaton(['help'])).toEqual(await runBaton(['--help']));
  for (const command of COMMANDS) expect(await runBaton(['help', command])).toEqual(await runBaton([command, '--help']));
  expect((await runBaton(['--help'])).output).toMatch(/-V, --version[^]*-h, --help[^]*^ {2}help \[command\]/m);
});

test('help for a command that there is not: exit code 2, and the one that was meant', async () => {
  const { exitCode, output, errors } = await runBaton(['help', 'valdate']);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toMatch(/unknown command 'valdate'\n\(Did you mean validate\?\)/);
});

test.each(['--version', '-V'])('%s prints the version of the package', async (option) => {
  expect(await runBaton([option])).toEqual({ exitCode: 0, output: version, errors: '' });
});

describe('--json prints why a command cannot be carried out', () => {
  const at = folder({
    'lost.json': LOST,
    'call.json': {
      StartAt: 'Call',
      States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:polly:describeVoices', Parameters: {}, End: true } },
    },
    'pass.json': { Type: 'Pass', End: true },
  });

  test.each<[string, readonly string[], number, object]>([
    ['a missing file', ['run', 'no.json'], 2, { error: 'UsageError', message: 'no.json: there is no such file or directory.' }],
    [
      'an unknown option',
      ['run', at('call.json'), '--foo'],
      2,
      { error: 'UsageError', message: "error: unknown option '--foo'" },
    ],
    ['no fake', ['run', at('call.json')], 4, { error: 'SimulatorError', message: expect.stringContaining('Add a fake') }],
    [
      'an invalid definition',
      ['run', at('lost.json')],
      3,
      {
        error: 'InvalidDefinition',
        problems: expect.arrayContaining([
          expect.objectContaining({ code: 'MISSING_TRANSITION_TARGET', location: '/States/A/Next', line: 1, column: 45 }),
        ]),
      },
    ],
    ['an invalid definition, of a picture', ['graph', at('lost.json')], 3, { error: 'InvalidDefinition' }],
    ['what TestState refuses', ['test-state', at('pass.json'), '--mock', '{"result": 1}'], 2, { error: 'ValidationException' }],
  ])('%s', async (_why, argv, exitCode, refusal) => {
    const found = await runBaton([...argv, '--json']);
    expect(found.exitCode).toBe(exitCode);
    expect(JSON.parse(found.output)).toMatchObject({ ...refusal, exitCode });
    // People read it where they read it without --json.
    expect(found.errors).toBe((await runBaton(argv)).errors);
    expect((await runBaton(argv)).output).toBe('');
  });
});

test('no command: exit code 2, and the help on standard error', async () => {
  const { exitCode, output, errors } = await runBaton([]);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toMatch(/^Usage: baton /);
});

test('an unknown command: exit code 2, and the one that was meant; what the terminal would obey is escaped', async () => {
  const { exitCode, output, errors } = await runBaton(['valdate\u001b[2J']);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toMatch(/^error: unknown command 'valdate\\u001b\[2J'/);
  expect((await runBaton(['valdate'])).errors).toMatch(/Did you mean validate\?\)\nSee: baton --help$/);
});

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const section = /^## `baton`$[^]*?(?=^## )/m.exec(readme)?.[0] ?? '';

test('the README has every command and the table of exit codes', () => {
  const rows = [...section.matchAll(/^\| (\d) +\| (.*?) +\|$/gm)].map(([, code, meaning]) => [code, meaning]);
  expect(rows).toEqual(Object.entries(EXIT_CODES));
  for (const command of COMMANDS) expect(section).toContain(`npx baton ${command} `);
});

test('the options that the README names are there', async () => {
  const lines = [...section.matchAll(/npx baton ([\w-]+) ([^|\n]*)/g)].map(([, command = '', line = '']) => ({
    command,
    options: line.match(/--\w+/g) ?? [],
  }));
  expect(lines.length).toBeGreaterThanOrEqual(5);
  for (const { command, options } of lines) {
    const { output } = await runBaton([command, '--help']);
    for (const option of options) expect(output).toContain(` ${option}`);
  }
});

test('the fakes in the README are right', async () => {
  const [, json = ''] = /^```json\n([^]*?)^```/m.exec(section) ?? [];
  const fakes = await readFakes(folder({ 'fakes.json': json })('fakes.json'));
  expect(fakes.map(({ label }) => label)).toEqual([
    "lambda('charge-card')",
    "activity('pack-parcel')",
    "service('sqs:sendMessage')",
    "service('aws-sdk:ses:sendEmail')",
    "callback('WaitForApproval')",
  ]);
});
