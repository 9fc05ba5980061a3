import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

/** Packages whose versions the figures depend on. */
const PACKAGES = ['cdk-baton', 'aws-local-stepfunctions', 'dynalite'];

const require = createRequire(import.meta.url);
const root = dirname(require.resolve('cdk-baton/package.json'));

const versionOf = (name) => {
  const file = name === 'cdk-baton' ? join(root, 'package.json') : join(root, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
};

/** What the figures hold for. */
export const surroundings = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
});

/** A row with its verdict: true or false, null without a target. */
export const judge = ({ target, ...row }) => ({
  ...row,
  target: target ?? null,
  pass: target === undefined ? null : 'atLeast' in target ? row.figure >= target.atLeast : row.figure <= target.atMost,
});

/** Benches with their judged rows, as text. */
export function renderReport({ surroundings: { cpu, cores, memoryGiB, node, packages }, benches }) {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const head = [`${cpu}, ${cores} cores, ${memoryGiB} GiB, Node.js ${node}`, versions.join(', ')];
  return [...head, ...benches.flatMap(renderBench)].join('\n');
}

const renderBench = ({ title, notMeasured, rows }) => [
  '',
  title,
  ...rows.map(renderRow),
  ...notMeasured.map((text, index) => `  ${index === 0 ? 'Not measured: ' : '              '}${text}`),
];

const renderRow = ({ name, figure, unit, target, pass }) => {
  const wanted = target === null ? '' : `  target ${renderTarget(target)}  ${pass ? 'pass' : 'FAIL'}`;
  return `  ${name.padEnd(38)}${renderFigure(figure).padStart(12)} ${unit.padEnd(15)}${wanted}`.trimEnd();
};

const renderTarget = ({ atLeast, atMost }) => (atLeast === undefined ? `at most ${renderFigure(atMost)}` : renderFigure(atLeast));

/** Cut off, not rounded: what is missed does not look met. */
const renderFigure = (figure) =>
  figure >= 100 ? Math.floor(figure).toLocaleString('en-US') : (Math.floor(figure * 1000) / 1000).toFixed(3);
