import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { simulate } from '../../../lib/testing';
import { HandlersStack } from './stack';

/** A handler that puts its name into its table. */
export const SOURCE = join(__dirname, 'fixtures', 'put-name.ts');

/** What two functions answer that are deployed with the SDK in one minified file. */
export async function answersOfBundled(format: 'cjs' | 'esm'): Promise<unknown> {
  const assets = mkdtempSync(join(tmpdir(), 'asset-'));
  try {
    buildSync({
      entryPoints: [SOURCE],
      outfile: join(assets, format === 'esm' ? 'index.mjs' : 'index.js'),
      bundle: true,
      minify: true,
      format,
      platform: 'node',
      logLevel: 'error',
      ...(format === 'esm'
        ? { banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } }
        : {}),
    });
    const code = Code.fromAsset(assets);
    const run = await simulate(new HandlersStack([code, code]).machine);
    return run.status === 'SUCCEEDED' ? run.output : run;
  } finally {
    rmSync(assets, { recursive: true });
  }
}
