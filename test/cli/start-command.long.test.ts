import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readExample } from '../../lib/cli/read-example';
import { scripts } from '../../package.json';

const root = join(__dirname, '../..');
const directory = join(root, 'examples/order-processing');

/** What `npm start` runs after the build. */
function command(...args: string[]) {
  // As in a terminal: what Jest and a CI put there is gone.
  const env = { ...process.env, JEST_WORKER_ID: undefined, CI: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/start.ts', ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('npm start builds and then runs bin/start.ts', () => {
  expect(scripts.start).toMatch(/^npm run --silent build && tsx bin\/start\.ts$/);
});

test('every example order ends as the example says', () => {
  const names = readExample(directory).inputs.map(({ name }) => name);
  const pictures = names.map((name) => join(root, '.baton', `${name}.svg`));
  for (const picture of pictures) rmSync(picture, { force: true });

  const { status, stdout, stderr } = command('all');

  expect(stderr).not.toContain('✗');
  expect(stdout).toContain(`${names.length} of ${names.length} ended as the example says.`);
  expect(stdout).toContain('p-kettle  Quantity 12 → 10');
  expect(stdout).toContain('Subject: Your order o-1001');
  expect(stdout).not.toContain('\u001b');
  expect(pictures.filter((picture) => !existsSync(picture))).toEqual([]);
  expect(status).toBe(0);
}, 60_000);

test('an unknown input: exit code 2', () => {
  const { status, stdout, stderr } = command('nope');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('There is no input "nope". There are: input, out-of-stock,');
}, 30_000);

test('every input of the example is named in its example.json', () => {
  const files = readdirSync(join(directory, 'inputs')).map((file) => file.replace(/\.json$/, ''));
  const named = readExample(directory).inputs.map(({ name }) => name);
  expect(named.toSorted()).toEqual(['input', ...files].sort());
  expect(readFileSync(join(directory, 'input.json'), 'utf8')).toContain('orderId');
});
