import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../../lib/cli/exit-codes';
import { readFakes } from '../../lib/cli/read-fakes';
import { folder, runBaton } from './run-baton';

const COMMANDS = ['run', 'validate', 'graph', 'test-state'];

test('--help names every command and the exit codes', async () => {
  const { exitCode, output, errors } = await runBaton(['--help']);
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  for (const command of COMMANDS) expect(output).toMatch(new RegExp(`^  ${command} \\[options\\] <`, 'm'));
  for (const [code, meaning] of Object.entries(EXIT_CODES)) expect(output).toContain(`  ${code}  ${meaning}`);
});

test.each(COMMANDS)('%s --help says its options and the exit codes', async (command) => {
  const { exitCode, output } = await runBaton([command, '--help']);
  expect(exitCode).toBe(0);
  expect(output).toMatch(new RegExp(`^Usage: baton ${command} \\[options\\] <definitions?`));
  expect(output).toContain('  --json');
  expect(output).toContain(`  4  ${EXIT_CODES[4]}`);
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
  ]);
});
