// npm run bench: measures what test/bench/benches.mjs lists, on dist/, each in a process of its own: code that V8 has shaped for one would
// be slower for the next. `-- --json` for machines. The exit code is 1 if a target is missed.

import { execFileSync } from 'node:child_process';
import { benches } from '../test/bench/benches.mjs';
import { judge, renderReport, surroundings } from '../test/bench/report.mjs';

const measureIn = process.env['BENCH_CHILD'];
if (measureIn !== undefined) {
  console.log(JSON.stringify(await benches[Number(measureIn)].measure()));
  process.exit(0);
}

const json = process.argv.includes('--json');
const unknown = process.argv.slice(2).filter((argument) => argument !== '--json');
if (unknown.length > 0) {
  console.error(`bench: unknown argument ${unknown.join(' ')}. There is only --json.`);
  process.exit(2);
}

const measured = [];
for (const [index, { title, notMeasured }] of benches.entries()) {
  if (!json) console.error(`measuring: ${title}`);
  measured.push({ title, notMeasured, rows: measure(index).map(judge) });
}

function measure(index) {
  const env = { ...process.env, BENCH_CHILD: String(index) };
  const printed = execFileSync(process.execPath, [...process.execArgv, process.argv[1]], { env, encoding: 'utf8' });
  return JSON.parse(printed.trim().split('\n').at(-1));
}
const passed = measured.every(({ rows }) => rows.every(({ pass }) => pass !== false));
const report = { surroundings: surroundings(), benches: measured, passed };
console.log(json ? JSON.stringify(report, undefined, 2) : renderReport(report));
process.exitCode = passed ? 0 : 1;
