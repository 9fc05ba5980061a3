// npm run bench: measures what test/bench/benches.mjs lists, on dist/. `-- --json` for machines. The exit code is 1 if a target is missed.

import { benches } from '../test/bench/benches.mjs';
import { judge, renderReport, surroundings } from '../test/bench/report.mjs';

const json = process.argv.includes('--json');
const unknown = process.argv.slice(2).filter((argument) => argument !== '--json');
if (unknown.length > 0) {
  console.error(`bench: unknown argument ${unknown.join(' ')}. There is only --json.`);
  process.exit(2);
}

const measured = [];
for (const { title, notMeasured, measure } of benches) {
  if (!json) console.error(`measuring: ${title}`);
  measured.push({ title, notMeasured, rows: (await measure()).map(judge) });
}
const passed = measured.every(({ rows }) => rows.every(({ pass }) => pass !== false));
const report = { surroundings: surroundings(), benches: measured, passed };
console.log(json ? JSON.stringify(report, undefined, 2) : renderReport(report));
process.exitCode = passed ? 0 : 1;
