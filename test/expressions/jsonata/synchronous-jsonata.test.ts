import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const transform = join(__dirname, '../../../bin/vendor/synchronous-jsonata.mjs');
const installed = require.resolve('jsonata');

/** What the build makes of the package's text after `change`, or the message with which it fails. */
const made = (change: string): string => {
  const script = `
    import { readFileSync } from 'node:fs';
    const { synchronousJsonata } = await import(${JSON.stringify(transform)});
    const source = readFileSync(${JSON.stringify(installed)}, 'utf8');
    const change = ${change};
    try { process.stdout.write(synchronousJsonata(change(source))); } catch (error) { process.stdout.write('failed: ' + error.message); }`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', maxBuffer: 1e8 });
};

test('the twin waits for nothing and asks neither clock nor chance', () => {
  const text = made('(source) => source');
  expect(text).not.toMatch(/\bawait\b|\basync (function|\()|Promise\.all|Math\.random|new Date\(\)/);
  expect(text.length).toBeGreaterThan(readFileSync(installed, 'utf8').length / 2);
});

test('the build names every edit that does not fit another version', () => {
  expect(
    made("(source) => source.replace('async function evaluate(', 'function evaluate(').replaceAll('Math.random()', 'chance()')"),
  ).toBe(
    'failed: The synchronous twin of jsonata cannot be made: "no async functions" must fit 46 times and fits 45 times; "$random and $shuffle" must fit 2 times and fits 0 times.',
  );
});
