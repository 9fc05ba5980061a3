import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, files } from '../../package.json';
import { folder, PATIENT } from './run-baton';

const root = join(__dirname, '../..');

/** As in a terminal: what Jest and a CI put there is gone. */
const env = { ...process.env, JEST_WORKER_ID: undefined, CI: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined };

/** The command from its source. */
function command(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'bin/baton.ts'), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
}

const testing = JSON.stringify(join(root, 'lib/testing'));
const at = folder({
  'patient.json': PATIENT,
  'charge.json': {
    StartAt: 'A',
    States: { A: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', End: true } },
  },
  'fakes.ts': `import { lambda } from ${testing};
    console.log('loaded');
    export default [lambda('charge', async (order: { total: number }) => { console.log('charged'); return order.total; })];`,
});

test('the package has the command, and what it needs', () => {
  expect(bin).toEqual({ baton: './dist/bin/baton.js' });
  expect(files).toContain('dist/bin/baton.js');
  expect(readFileSync(join(root, 'bin/baton.ts'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('standard output has the run and nothing else: what fakes and handlers write goes to standard error', () => {
  const { status, stdout, stderr } = command(
    ['run', at('charge.json'), '--fakes', at('fakes.ts'), '-i', '-', '--json'],
    '{"total": 7}',
  );
  expect(JSON.parse(stdout)).toMatchObject({ status: 'SUCCEEDED', output: 7 });
  expect(stderr).toContain('loaded\ncharged\n');
  expect(status).toBe(0);
}, 30_000);

test('no colour where there is no terminal; the exit code is that of the process', () => {
  const { status, stdout, stderr } = command(['validate', at('patient.json'), 'nope.json']);
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: 'nope.json: there is no such file or directory.\n',
  });
}, 30_000);

test('a pipe that is closed early is no error', () => {
  const source = `node --import tsx bin/baton.ts run ${at('patient.json')} --json | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', source], { cwd: root, env, encoding: 'utf8' });
  expect(stdout).toBe('{\n0\n');
  expect(stderr).toBe('');
}, 30_000);
