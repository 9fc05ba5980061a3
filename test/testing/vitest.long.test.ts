import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

test('the matchers, the serializer and the fakes are right in Vitest', () => {
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      join(__dirname, 'vitest'),
      '--reporter',
      'json',
      '--no-color',
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined } },
  );
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly {
        readonly title: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  };
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(results.map(({ title, status }) => ({ title, status }))).toEqual([
    { title: 'runs on virtual time, with fakes that count their calls', status: 'passed' },
    { title: 'sees failures', status: 'passed' },
    { title: 'takes snapshots without noise', status: 'passed' },
    { title: 'is meant to fail, so that somebody sees what is said', status: 'failed' },
  ]);
  expect(results.at(-1)?.failureMessages.join('\n')).toContain('Expected the execution to succeed with 2.\nIt succeeded with 1');
});
