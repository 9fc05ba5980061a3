import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { median } from './race.mjs';

const require = createRequire(import.meta.url);
const simulator = require.resolve('../../dist/lib/simulator.js');
const jest = join(dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');

const ROUNDS = 5;

const definition = { StartAt: 'Greet', States: { Greet: { Type: 'Pass', Result: 'hello', End: true } } };

/** What a test waits for before its first simulation. */
export const starting = {
  title: 'Before the first result, each time in a process of its own',
  notMeasured: ['synthesizing a stack: nothing here needs aws-cdk-lib', 'Jest’s own start'],
  async measure() {
    const rounds = Array.from({ length: ROUNDS });
    return [
      {
        name: "require('cdk-baton/simulator')",
        figure: median(rounds.map(requiring)),
        unit: 'ms',
        target: { atMost: 60 },
      },
      {
        name: 'first simulate() in a worker of Jest',
        figure: median(rounds.map(inJest)),
        unit: 'ms',
        target: { atMost: 300 },
      },
    ];
  },
};

function requiring() {
  const script = `const started = performance.now(); require(${JSON.stringify(simulator)}); console.log(performance.now() - started);`;
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

/** Requiring included. */
function inJest() {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  try {
    writeFileSync(join(folder, 'jest.config.json'), JSON.stringify({ rootDir: folder, transform: {} }));
    writeFileSync(
      join(folder, 'greet.test.js'),
      `test('greets', async () => {
        const started = performance.now();
        const { simulate } = require(${JSON.stringify(simulator)});
        const { output } = await simulate(${JSON.stringify(definition)});
        require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'figure'))}, String(performance.now() - started));
        expect(output).toBe('hello');
      });`,
    );
    execFileSync(process.execPath, [jest, '--config', join(folder, 'jest.config.json')], { cwd: folder, stdio: 'pipe' });
    return Number(readFileSync(join(folder, 'figure'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
