// npm run conformance: runs AWS's recordings, where they lie beside the project, and compares every category with floors.json.
// A figure below its floor fails. `-- --raise` writes the figures into floors.json; floors never fall.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const recordings = resolve(here, '..', '..', '..', 'shared', 'conformance');
const floorsFile = join(here, 'floors.json');

if (!existsSync(recordings)) {
  console.log('conformance: no recordings beside this checkout; nothing to run');
  process.exit(0);
}

const printed = execFileSync(
  process.execPath,
  [join(recordings, 'run.mjs'), '--adapter', join(here, 'adapter.mjs'), '--set', join(recordings, 'open')],
  { encoding: 'utf8', maxBuffer: 1 << 26 },
);
process.stdout.write(printed);

/** A row of the runner's table: category, then n, L1, L1+cause, with events, L2s, L2, L3; `-` where a level does not apply. */
const figures = {};
for (const line of printed.split('\n')) {
  const match = /^(\S.*?) {2,}(\d+)((?: +(?:\d+|-)){6})$/.exec(line);
  if (match === null || match[1].startsWith('TOTAL')) continue;
  const [L1, L1c, , L2s, L2, L3] = match[3].trim().split(/ +/);
  figures[match[1]] = Object.fromEntries(
    Object.entries({ L1, L1c, L2s, L2, L3 }).flatMap(([level, n]) => (n === '-' ? [] : [[level, Number(n)]])),
  );
}

const floors = JSON.parse(readFileSync(floorsFile, 'utf8'));
const fallen = [];
const raised = structuredClone(floors);
for (const [category, levels] of Object.entries(figures)) {
  for (const [level, figure] of Object.entries(levels)) {
    const floor = floors[category]?.[level] ?? 0;
    if (figure < floor) fallen.push(`${category} ${level}: ${figure}, floor ${floor}`);
    if (figure > floor) (raised[category] ??= {})[level] = figure;
  }
}
for (const category of Object.keys(floors)) if (!(category in figures)) fallen.push(`${category}: not run`);

if (process.argv.includes('--raise')) {
  writeFileSync(floorsFile, `${JSON.stringify(raised, undefined, 2)}\n`);
  console.log('floors.json holds the higher of old and new');
} else if (JSON.stringify(raised) !== JSON.stringify(floors)) {
  console.log('some figures are above their floors: npm run conformance -- --raise');
}
const categories = Object.keys(figures).length;
const failed = new Set(fallen.map((text) => text.split(/ |:/)[0])).size;
for (const text of fallen) console.error(`below the floor: ${text}`);
console.log(`conformance: ${categories - failed} passed, ${failed} failed`);
process.exit(fallen.length === 0 ? 0 : 1);
