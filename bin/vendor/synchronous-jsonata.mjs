// Makes the synchronous twin of jsonata from the text of the installed package: `async`, `await` and `Promise.all` are taken out, and
// clock, chance, patterns and whatever may grow go through a gate (lib/vendor/jsonata.ts), so that every expression ends and can be repeated.
// Every edit says how often it must fit. Another version of the package fails the build here, and not some expression later.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version that the edits were written for, and that its own test suite was run on. */
const VERSION = '2.2.2';

/** Applied one after the other; `times` is how often `find` must occur. */
const EDITS = [
  // Synchronous.
  { why: 'no async functions', find: /\basync (?=function\b|\()/g, put: '', times: 46 },
  { why: 'nothing to wait for', find: /\bawait /g, put: '', times: 105 },
  { why: 'nothing to wait for together', find: 'Promise.all(', put: '(', times: 2 },
  { why: 'no stack traces: they cost more than the evaluation', find: '(new Error()).stack', put: "''", times: 83 },

  // Clock and chance.
  { why: 'the time of the evaluation', find: 'timestamp = new Date();', put: 'timestamp = gate.now();', times: 2 },
  { why: '$random and $shuffle', find: 'Math.random()', put: 'gate.random()', times: 2 },
  { why: 'a timestamp without zone is in UTC', find: 'Date.parse(timestamp)', put: 'gate.parseTimestamp(timestamp)', times: 1 },

  // Steps and depth.
  {
    why: 'every evaluation is a step',
    find: /environment\.base\.depth\+\+;\s+environment\.base\.guardrails\(\);\s+var entryCallback = [^\n]+\s+if\(entryCallback\) \{[^}]+\}/g,
    put: 'gate.enter();',
    times: 1,
  },
  { why: 'no exit callback', find: /var exitCallback = [^\n]+\s+if\(exitCallback\) \{[^}]+\}/g, put: '', times: 1 },
  { why: 'the end of a step', find: 'environment.base.depth--;', put: 'gate.leave(result);', times: 1 },
  { why: 'no frame callback', find: /var framePushCallback = [^\n]+\s+if\(framePushCallback\) \{[^}]+\}/g, put: '', times: 1 },
];

/** The text of the twin, as a CommonJS module that exports `(gate) => jsonata`. @throws Error that names every edit that does not fit */
export function synchronousJsonata(source) {
  const misfits = [];
  const text = EDITS.reduce((before, { why, find, put, times }) => {
    const found = typeof find === 'string' ? before.split(find).length - 1 : [...before.matchAll(find)].length;
    if (found !== times) misfits.push(`"${why}" must fit ${times} times and fits ${found} times`);
    return before.replaceAll(find, () => put);
  }, source);
  if (misfits.length > 0) throw new Error(`The synchronous twin of jsonata cannot be made: ${misfits.join('; ')}.`);
  return `module.exports = (gate) => {\nconst module = { exports: {} };\nconst { exports } = module;\n${text}\nreturn module.exports;\n};\n`;
}

/** The esbuild plugin that puts the twin in the place of the package. */
export const jsonataTwin = {
  name: 'synchronous-jsonata',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]jsonata[\\/]jsonata\.js$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(join(dirname(path), 'package.json'), 'utf8'));
      if (version !== VERSION)
        throw new Error(
          `jsonata ${version} is installed, and its synchronous twin is made from ${VERSION}. Install that version; or go through the edits in bin/vendor/synchronous-jsonata.mjs, change VERSION there and run the test suite (npm run test:long).`,
        );
      return { contents: synchronousJsonata(readFileSync(path, 'utf8')), loader: 'js' };
    });
  },
};
