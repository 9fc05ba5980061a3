// npm run conformance: runs AWS's recordings, where they lie beside the project, and compares every category with floors.json.
// A figure below its floor fails. `-- --raise` writes the figures into floors.json; floors never fall.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const recordings = resolve(here, '..', '..', '..', 'shared', 'conformance');
const floorsFile = join(here, 'floors.json');

if (!existsSync(recordings)) {
  console.log('conformance: no recordings beside this checkout; nothing to run');
  process.exit(0);
}

const open = join(recordings, 'open');
const scratch = mkdtempSync(join(tmpdir(), 'baton-conformance-'));
const failsFile = join(scratch, 'fails.json');
const printed = execFileSync(
  process.execPath,
  [join(recordings, 'run.mjs'), '--adapter', join(here, 'adapter.mjs'), '--set', open, '--fails', failsFile],
  { encoding: 'utf8', maxBuffer: 1 << 26 },
);
process.stdout.write(printed);
const fails = new Map(JSON.parse(readFileSync(failsFile, 'utf8')).map((fail) => [fail.id, fail]));
rmSync(scratch, { recursive: true });

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

figures['executions without Distributed Map'] = withoutDistributedMap();

/** The levels of all executions in which no Map is distributed; printed with their shares, of L2 and L3 among those with events. */
function withoutDistributedMap() {
  const records = readdirSync(open)
    .flatMap((file) => JSON.parse(readFileSync(join(open, file), 'utf8')))
    .filter(({ kind, definition }) => kind === 'execution' && !JSON.stringify(definition).includes('"DISTRIBUTED"'));
  const withEvents = records.filter(({ expected }) => Array.isArray(expected.events));
  const reached = (level, among) => among.filter(({ id }) => fails.get(id)?.[level] ?? true).length;
  const levels = Object.entries({ L1: records, L1c: records, L2s: withEvents, L2: withEvents, L3: withEvents });
  const shares = levels.map(([level, among]) => `${level} ${((100 * reached(level, among)) / among.length).toFixed(1)} %`);
  console.log(
    `${records.length} executions without Distributed Map, ${withEvents.length} of them with events: ${shares.join(', ')}`,
  );
  return Object.fromEntries(levels.map(([level, among]) => [level, reached(level, among)]));
}

const floors = JSON.parse(readFileSync(floorsFile, 'utf8'));
const fallen = [];
const raised = structuredClone(floors);
for (const [category, levels] of Object.entries(figures)) {
  for (const [level, figure] of Object.entries(levels)) {
    const floor = floors[category]?.[level] ?? 0;
    if (figure < floor) fallen.push({ category, what: `${level}: ${figure}, floor ${floor}` });
    if (figure > floor) (raised[category] ??= {})[level] = figure;
  }
}
for (const category of Object.keys(floors)) if (!(category in figures)) fallen.push({ category, what: 'not run' });

if (process.argv.includes('--raise')) {
  writeFileSync(floorsFile, `${JSON.stringify(raised, undefined, 2)}\n`);
  console.log('floors.json holds the higher of old and new');
} else if (JSON.stringify(raised) !== JSON.stringify(floors)) {
  console.log('some figures are above their floors: npm run conformance -- --raise');
}
const categories = Object.keys(figures).length;
const failed = new Set(fallen.map(({ category }) => category)).size;
for (const { category, what } of fallen) console.error(`below the floor: ${category}, ${what}`);
console.log(`conformance: ${categories - failed} passed, ${failed} failed`);
process.exit(fallen.length === 0 ? 0 : 1);
