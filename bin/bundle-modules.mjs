// Part of npm run build: the modules of dist/lib once more, in one file.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** What is loaded from outside, below dist/lib. */
const DOORS = ['index', 'simulator', 'testing', 'testing/jest', 'cli/baton', 'cli/colours', 'cli/progress'];

/** Of these a test uses a few things: what is behind a name is made when it is first asked for. */
const WIDE_DOORS = ['simulator', 'testing'];

/** Takes the real timers, before a test puts others in their place: it stays by itself, and is loaded at once. */
const EAGER = 'simulator/real-time.js';

/**
 * Jest gives its tests a global object of its own, where every look at a name costs a call: the bundle looks once. Not at what a test may replace:
 * time, `process`, `console`, `fetch`.
 */
const GLOBALS = `
  Array ArrayBuffer BigInt Buffer DataView Error Function Infinity JSON Map Math NaN Number Object Promise Proxy
  RangeError Reflect RegExp Set String Symbol TextDecoder TypeError URL Uint32Array Uint8Array WeakMap WeakSet
  decodeURIComponent encodeURIComponent isFinite isNaN parseInt`
  .trim()
  .split(/\s+/);

/**
 * All modules of the package in one file, for six hundred take half a second to be found and read, in every worker of Jest again. They are made
 * when they are first required, as before. The doors lead there.
 *
 * @param lib folder of what tsc has made
 * @param beside files in it that are bundles themselves: they stay, and are loaded when they are needed
 */
export async function bundleModules(lib, beside) {
  const outfile = join(lib, 'bundle.js');
  await build({
    absWorkingDir: dirname(lib),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    stdin: {
      contents: DOORS.map((door) => `exports['${door}'] = () => require('./${door}.js');`).join('\n'),
      resolveDir: lib,
    },
    outfile,
    packages: 'external',
    define: { __dirname: 'moduleFolder' },
    banner: { js: `((${GLOBALS.join(', ')}) => {\nconst folderOf = (path) => require('node:path').join(__dirname, path);` },
    footer: { js: `})(${GLOBALS.join(', ')});` },
    plugins: [modulesOf(lib, [...beside, EAGER])],
    legalComments: 'none',
    logOverride: { 'indirect-require': 'silent' }, // what a user names is not known here
  });
  const names = new Map(DOORS.map((door) => [door, exportsOf(join(lib, `${door}.js`))]));
  for (const [door, exported] of names) writeFileSync(join(lib, `${door}.js`), doorTo(door, exported));
}

/** The last line is for importers in ES modules, who read the names without running anything. */
function doorTo(door, names) {
  const up = '../'.repeat(door.split('/').length - 1) || './';
  const behind = `require('${up}bundle.js')['${door}']()`;
  const opened = WIDE_DOORS.includes(door)
    ? `require('./${EAGER}');
Object.defineProperty(exports, '__esModule', { value: true });
for (const name of ${JSON.stringify(names)})
  Object.defineProperty(exports, name, { enumerable: true, get: () => ${behind}[name] });`
    : `module.exports = ${behind};`;
  return `'use strict';\n${opened}\n0 && (module.exports = { ${names.join(', ')} });\n`;
}

/** Modules of Node.js that take their time to be made: they are when somebody uses them. */
const SLOW = /^node:(crypto|dgram|dns|http|http2|https|net|zlib)$/;

/** `const a_1 = require("./a"), … a_1.b` of tsc, so that the module is made at its first use. */
function lazily(code, isLazy) {
  const pattern = /^(?:const|var) (\w+) = ((?:__import\w+\()?require\("([^"]+)"\)\)?);$/gm;
  return [...code.matchAll(pattern)]
    .filter(([, , , from]) => isLazy(from))
    .reduce(
      (text, [statement, name, made]) =>
        text
          .replace(statement, '')
          .replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `(${name}())`)
          .concat(`\nvar ${name}_made; function ${name}() { return (${name}_made ??= ${made}); }\n`),
      code,
    );
}

/** In the bundle, `__dirname` is still the folder of the module. */
const modulesOf = (lib, beside) => ({
  name: 'modules',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = `${relative(lib, join(resolveDir, path))}.js`;
      return beside.includes(file) ? { path: `./${file}`, external: true } : undefined;
    });
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const isWide = WIDE_DOORS.includes(relative(lib, path).replace(/\.js$/, ''));
      const code = lazily(readFileSync(path, 'utf8'), (from) => isWide || SLOW.test(from));
      const folder = JSON.stringify(relative(lib, dirname(path)));
      return { contents: code.includes('__dirname') ? `const moduleFolder = folderOf(${folder});\n${code}` : code, loader: 'js' };
    });
  },
});

/** The names that a module of tsc exports. */
function exportsOf(file) {
  const code = readFileSync(file, 'utf8');
  const own = [...code.matchAll(/^exports\.(\w+) = |Object\.defineProperty\(exports, "(?!__esModule)(\w+)"/gm)].map(
    ([, a, b]) => a ?? b,
  );
  const others = [...code.matchAll(/__exportStar\(require\("(.+?)"\), exports\)/g)].flatMap(([, from]) =>
    exportsOf(join(dirname(file), `${from}.js`)),
  );
  const first = [...(/^exports\..* = void 0;$/m.exec(code)?.[0].matchAll(/exports\.(\w+)/g) ?? [])].map(([, name]) => name);
  return [...new Set([...first, ...own, ...others])];
}
