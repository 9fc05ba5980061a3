// npm run build: lib/ → dist/lib and bin/baton.ts → dist/bin (tsc), the modules of dist/lib once more in one file → dist/lib/bundle.js, bundled
// libraries → dist/lib/vendor, every lambda/*/handler.ts → dist/lambda/*/index.js.
// Built beside and then moved into place, so that whoever reads dist/ meanwhile finds it whole. A type error fails the build, but what
// could be written is in place: tests run on it, and the message stands at the end.

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleModules } from './bundle-modules.mjs';
import { jsonataTwin } from './vendor/synchronous-jsonata.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const vendor = join(root, 'bin', 'vendor');
const scratch = join(root, 'node_modules', '.cache', 'cdk-baton', `build-${process.pid}`);

/**
 * Libraries that become part of the package: what bundles them, and where to. The licences stand beside.
 * dynalite does not survive a user's Jest as it is; its door, lib/vendor/dynalite.ts, needs the bundle also when run from source.
 * jsonata is asynchronous and bounded by real time only; its synchronous twin takes its place.
 * hyparquet and fzstd: the former is an ES module, and neither is needed by those who read no Parquet and no zstd.
 * dagre would be a dependency of its own otherwise; the bundle takes the place of its compiled door.
 */
const VENDORED = [
  { entry: 'bin/vendor/dynalite.cjs', outfile: 'lib/vendor/dynalite.bundle.js' },
  { entry: 'bin/vendor/jsonata.cjs', outfile: 'lib/vendor/jsonata.bundle.js' },
  { entry: 'bin/vendor/hyparquet.mjs', outfile: 'lib/vendor/hyparquet.bundle.js' },
  { entry: 'bin/vendor/fzstd.mjs', outfile: 'lib/vendor/fzstd.bundle.js' },
  { entry: 'lib/report/vendor/dagre.ts', outfile: 'lib/report/vendor/dagre.js' },
];

/** Free names in the bundled libraries → exports of bin/vendor/deterministic-globals.mjs. */
const DETERMINISTIC = {
  setImmediate: 'soon',
  'global.setImmediate': 'soon',
  queueMicrotask: 'soon',
  'process.nextTick': 'soon',
  setTimeout: 'later',
  clearTimeout: 'never',
  'Date.now': 'zero',
  'Math.random': 'zero',
  window: 'undefined', // also under jsdom
};

const common = { absWorkingDir: root, bundle: true, format: 'cjs', platform: 'node', target: 'node20', logLevel: 'warning' };

async function bundleLibrary({ entry, outfile }) {
  const { metafile } = await build({
    ...common,
    entryPoints: [join(root, entry)],
    outfile: join(scratch, outfile),
    legalComments: 'none', // the licences stand whole in the file beside the bundle
    metafile: true,
    alias: { level: join(vendor, 'no-level.cjs'), crypto: join(vendor, 'deterministic-crypto.mjs') },
    inject: [join(vendor, 'deterministic-globals.mjs')],
    plugins: [jsonataTwin],
    define: DETERMINISTIC,
  });
  writeFileSync(join(scratch, outfile.replace(/js$/, 'LICENSES.txt')), licencesOf(Object.keys(metafile.inputs)));
}

/** The licence of every package that any of the files belongs to. */
function licencesOf(files) {
  const folders = new Set(
    files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter((folder) => folder !== undefined),
  );
  return [...folders]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
      const holder = typeof author === 'string' ? author : (author?.name ?? 'its authors');
      const text =
        file === undefined
          ? `Declared in its package.json: ${typeof license === 'string' ? license : license.type}. Copyright ${holder}. It ships no licence file.`
          : readFileSync(join(root, folder, file), 'utf8').trim();
      return `${name} ${version}\n${'-'.repeat(80)}\n${text}\n`;
    })
    .join('\n\n');
}

async function bundleHandlers() {
  const lambda = join(root, 'lambda');
  const names = existsSync(lambda) ? readdirSync(lambda).filter((name) => existsSync(join(lambda, name, 'handler.ts'))) : [];
  mkdirSync(join(scratch, 'lambda'), { recursive: true });
  await Promise.all(
    names.map((name) =>
      build({
        ...common,
        entryPoints: [join(lambda, name, 'handler.ts')],
        outfile: join(scratch, 'lambda', name, 'index.js'),
        external: ['@aws-sdk/*'], // part of the Lambda runtime
      }),
    ),
  );
}

/** Resolves with tsc's exit code. */
function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const outDir = relative(root, scratch);
  return new Promise((done, failed) => {
    spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', outDir], { cwd: root, stdio: 'inherit' })
      .on('error', failed)
      .on('close', done);
  });
}

function moveIntoPlace() {
  const dist = join(root, 'dist');
  const old = `${scratch}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(scratch, dist);
  rmSync(old, { recursive: true, force: true });
}

try {
  mkdirSync(scratch, { recursive: true });
  const [exitCode] = await Promise.all([compile(), bundleHandlers()]);
  const lib = join(scratch, 'lib');
  const beside = VENDORED.map(({ outfile }) => relative('lib', outfile));
  await Promise.all([bundleModules(lib, beside), ...VENDORED.map(bundleLibrary)]);
  chmodSync(join(scratch, 'bin', 'baton.js'), 0o755);
  moveIntoPlace();
  if (exitCode !== 0) {
    console.error('build: type errors, see above. dist/ holds what could be written all the same.');
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
