import type * as Esbuild from 'esbuild';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { isEsModule } from '../services/lambda/module-registry';
import { UsageError } from './usage-error';

/**
 * What a module of the user's project exports. CommonJS is required, an ES module is imported. TypeScript is required where something stands ready for
 * it (tsx); else it is bundled by the esbuild of the project; else Node.js itself may strip its types.
 * @throws UsageError if nothing of all that is there, or the module throws while it loads
 */
export async function loadModule(path: string): Promise<unknown> {
  const file = resolve(path);
  try {
    return await load(file, path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Jest hands its object to every module that it loads. */
declare const jest: object | undefined;

function load(file: string, path: string): unknown {
  const isTypeScript = /\.[cm]?ts$/.test(file);
  if (!isTypeScript) return isEsModule(file) ? import(pathToFileURL(file).href) : require(file);
  if (typeof jest !== 'undefined' || require.extensions[extname(file) as '.ts'] !== undefined) return require(file) as unknown;
  const esbuild = tryEsbuild();
  if (esbuild !== undefined) return evaluate(bundled(esbuild, file), file);
  if ((process.features as { typescript?: unknown }).typescript !== undefined) return import(pathToFileURL(file).href);
  throw new UsageError(
    `${path} is TypeScript, which this Node.js does not read. Install esbuild in the project (npm install --save-dev esbuild), or write it in JavaScript.`,
  );
}

function tryEsbuild(): typeof Esbuild | undefined {
  const project = createRequire(join(process.cwd(), 'package.json'));
  try {
    return project('esbuild') as typeof Esbuild;
  } catch {
    return undefined;
  }
}

/** Packages stay outside: what the module imports of `cdk-baton` is what runs here. */
function bundled({ buildSync }: typeof Esbuild, file: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    packages: 'external',
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

function evaluate(code: string, file: string): unknown {
  const module = { exports: {} as unknown };
  const wrapper = compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: file }) as (
    ...values: readonly unknown[]
  ) => void;
  wrapper(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}
