import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const conformance = join(dirname(fileURLToPath(import.meta.url)), '..', 'conformance');
const recordings = resolve(conformance, '..', '..', '..', 'shared', 'conformance');

/** All recorded answers of AWS, as `npm run conformance` runs them. */
export const recorded = {
  title: 'The recorded answers of AWS',
  notMeasured: existsSync(recordings) ? ['building the package'] : ['anything: the recordings do not lie beside this checkout'],
  async measure() {
    if (!existsSync(recordings)) return [];
    const started = performance.now();
    const adapter = join(conformance, 'adapter.mjs');
    execFileSync(process.execPath, [join(recordings, 'run.mjs'), '--adapter', adapter, '--set', join(recordings, 'open')], {
      maxBuffer: 1 << 26,
    });
    return [
      {
        name: 'the whole open set, Node.js included',
        figure: (performance.now() - started) / 1000,
        unit: 's',
        target: { atMost: 60 },
      },
    ];
  },
};
