import type * as Esbuild from 'esbuild';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { SimulatorError } from '../../simulator/simulator-error';
import { functionEnvironment, withEnvironment } from './function-environment';
import type { FunctionEnvironment } from './function-environment';
import type { LambdaContext } from './lambda-context';
import { nameOf } from './lambda-function';
import type { AssetSource, EntrySource, Handler, HandlerSource, InlineSource, LambdaFunction } from './lambda-function';
import { createModuleRegistry, isEsModule, parseBeside } from './module-registry';

/** A handler with its modules loaded. */
export interface LoadedHandler {
  /** Runs with the function's environment, wherever its code looks for it. */
  readonly handler: Handler;
  /** The code's directory, as traces have it; undefined where the handler was given as a function. */
  readonly root: string | undefined;
  /** JSON.parse of the realm that the handler runs in: its `event instanceof Object` holds. */
  readonly parse: (text: string) => unknown;
}

/**
 * Loads the handler of a function's version with modules of its own: two functions with the same code share nothing, nor do two versions, and
 * each reads its own environment, at load and in every invocation.
 *
 * - An asset or inline code runs in a registry of its own, see `createModuleRegistry`.
 * - An entry of the project is required as the project itself is, so that breakpoints, types, transforms and mocks work: by Jest, by tsx,
 *   or by Node.js where it strips types; from fresh, and with `process.env` told apart by `withEnvironment`. Where TypeScript cannot be
 *   required it is bundled by esbuild, if the project has it, and runs as an asset does.
 *
 * @throws SimulatorError naming the function, what was looked for and what to do; also where the code itself throws while it loads
 */
export function loadHandler(lambda: LambdaFunction, version: string): LoadedHandler {
  const { code } = lambda;
  const environment = functionEnvironment(lambda, version);
  if (typeof code === 'function') {
    return {
      handler: lambda.environment === undefined ? code : inEnvironment(code, environment),
      root: undefined,
      parse: JSON.parse,
    };
  }
  const name = nameOf(lambda);
  try {
    const loaded = withEnvironment(environment, () => loadSource(name, code, environment));
    if ('runtime' in code) refuseCallback(name, code.runtime, loaded.handler);
    return { ...loaded, handler: inEnvironment(loaded.handler, environment) };
  } catch (error) {
    if (error instanceof SimulatorError) throw error;
    throw new SimulatorError(
      `The function "${name}" cannot be loaded, its code throws: ${String(error)}${firstLineOf(error)}. Correct it, give the function in the stack what it wants, or add a fake: lambda('${name}', …).`,
      { cause: error },
    );
  }
}

/** ` at /project/src/price.ts:3:9`, where the error says so. */
function firstLineOf(error: unknown): string {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  const [, place] = /^\s+at (?:.*\()?(\/[^()]*:\d+:\d+)\)?$/m.exec(stack) ?? [];
  return place === undefined || place.includes(`${sep}node_modules${sep}`) ? '' : ` at ${place}`;
}

/** The first major version of Node.js in which Lambda has no callbacks. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
const WITHOUT_CALLBACKS = 24;

/** @throws SimulatorError where Lambda takes a handler for one that calls back, in a runtime that knows of none */
function refuseCallback(functionName: string, runtime: string, handler: Handler): void {
  const major = Number(/^nodejs(\d+)/.exec(runtime)?.[1]);
  if (!(major >= WITHOUT_CALLBACKS) || handler.length < 3) return;
  throw new SimulatorError(
    `The handler of the function "${functionName}" has ${handler.length} parameters, so Lambda takes it for one that calls back, of which ${runtime} knows none: ` +
      'on AWS every invocation fails with Runtime.CallbackHandlerDeprecated. Have it return a promise, and take event and context only.',
  );
}

function loadSource(functionName: string, source: HandlerSource, environment: FunctionEnvironment): LoadedHandler {
  switch (source.kind) {
    case 'entry':
      return loadEntry(functionName, source, environment);
    case 'asset':
      return loadAsset(functionName, source, environment);
    case 'inline':
      return loadInline(functionName, source, environment);
  }
}

/** The number of parameters stays: a handler with three calls back. */
function inEnvironment(handler: Handler, environment: FunctionEnvironment): Handler {
  if (handler.length < 3) {
    const given = handler as (event: unknown, context: LambdaContext) => unknown;
    return (event, context) => withEnvironment(environment, () => given(event, context));
  }
  return (event, context, callback) => withEnvironment(environment, () => handler(event, context, callback));
}

function loadEntry(functionName: string, { file, exportName }: EntrySource, environment: FunctionEnvironment): LoadedHandler {
  if (!existsSync(file))
    throw new SimulatorError(`The function "${functionName}" has its source in ${file}, but there is no such file.`);
  const root = projectOf(file);
  if (!canRequire(file)) {
    const exports = createModuleRegistry(environment).evaluate(bundled(functionName, file), file);
    return { handler: findHandler(functionName, exports, exportName, file), root, parse: parseBeside };
  }
  return { handler: findHandler(functionName, requireFresh(file), exportName, file), root, parse: JSON.parse };
}

function loadAsset(functionName: string, source: AssetSource, environment: FunctionEnvironment): LoadedHandler {
  const { directory, handler } = source;
  const { file: name, exportPath } = handlerParts(functionName, source);
  const candidates = ['.js', '.cjs', '.mjs'].map((extension) => resolve(directory, `${name}${extension}`));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new SimulatorError(
      `The function "${functionName}" has the handler "${handler}", but its code in ${directory} has none of ${candidates.join(', ')}. ` +
        `If it is not bundled yet (the context aws:cdk:bundling-stacks leaves its stack out), bundle it, say where its source is with withEntry(…), or add a fake: lambda('${functionName}', …).`,
    );
  }
  const registry = createModuleRegistry(environment);
  const exports = isEsModule(file) ? registry.evaluate(bundled(functionName, file), file) : registry.load(file);
  return { handler: findHandler(functionName, exports, exportPath, file), root: resolve(directory), parse: parseBeside };
}

function loadInline(functionName: string, source: InlineSource, environment: FunctionEnvironment): LoadedHandler {
  const { exportPath } = handlerParts(functionName, source);
  const root = join(process.cwd(), '.inline', functionName);
  const file = join(root, 'index.js');
  const exports = createModuleRegistry(environment).evaluate(source.code, file);
  return { handler: findHandler(functionName, exports, exportPath, 'its inline code'), root, parse: parseBeside };
}

function handlerParts(functionName: string, { handler, runtime }: AssetSource | InlineSource) {
  if (!runtime.startsWith('nodejs')) {
    throw new SimulatorError(
      `The function "${functionName}" has the runtime ${runtime}, which does not run here: only Node.js does. Add a fake: lambda(…).`,
    );
  }
  const parts = /^(.*?[^./\\]+)\.([^/\\]+)$/.exec(handler);
  if (parts === null || handler.includes('..')) {
    throw new SimulatorError(
      `The function "${functionName}" has the handler "${handler}": it must be <file>.<export>, such as "index.handler".`,
    );
  }
  const [, file = '', exportPath = ''] = parts;
  return { file, exportPath };
}

function findHandler(functionName: string, exports: unknown, exportPath: string, where: string): Handler {
  const found = exportPath
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], exports);
  if (typeof found === 'function') return found as Handler;
  const names = typeof exports === 'object' && exports !== null ? Object.keys(exports).join(', ') : typeof exports;
  throw new SimulatorError(
    `The function "${functionName}" has no handler: "${exportPath}" is ${found === undefined ? 'not exported' : `a ${typeof found}`} in ${where} (exported are: ${names}).`,
  );
}

/** The nearest directory with a package.json. */
function projectOf(file: string): string {
  const directory = dirname(file);
  if (existsSync(join(directory, 'package.json')) || dirname(directory) === directory) return directory;
  return projectOf(directory);
}

/** Jest hands its object to every module that it loads. (Its environment variables are inherited by child processes, where there is no Jest.) */
declare const jest: { isolateModules(run: () => void): void } | undefined;
const IN_JEST = typeof jest !== 'undefined';

function canRequire(file: string): boolean {
  if (/\.(c?js|cts)$/.test(file) && !isEsModule(file)) return true;
  return file.endsWith('.ts') && (IN_JEST || require.extensions['.ts'] !== undefined);
}

/** Requires a file, and whatever it requires that is not in node_modules, anew. */
function requireFresh(file: string): unknown {
  if (typeof jest !== 'undefined') {
    let exports: unknown;
    jest.isolateModules(() => {
      exports = require(file) as unknown;
    });
    return exports;
  }
  const isOwn = (key: string) => !key.includes(`${sep}node_modules${sep}`);
  const before = Object.entries(require.cache).filter(([key]) => isOwn(key));
  const forget = () =>
    Object.keys(require.cache)
      .filter(isOwn)
      .forEach((key) => delete require.cache[key]);
  forget();
  try {
    return require(file) as unknown;
  } finally {
    forget();
    for (const [key, module] of before) require.cache[key] = module;
  }
}

/** What an ES module knows of its place, in CommonJS. */
const IMPORT_META_URL = 'importMetaUrl__';

/** The file with all it imports as one CommonJS text; what has been bundled and has not changed is bundled no second time. */
function bundled(functionName: string, file: string): string {
  const known = bundles.get(file);
  if (known !== undefined && [...known.inputs].every(([input, changedMs]) => changedAt(input) === changedMs)) return known.text;
  const made = bundle(functionName, file);
  bundles.set(file, made);
  return made.text;
}

interface Bundle {
  readonly text: string;
  /** When each file that is in it was changed. */
  readonly inputs: ReadonlyMap<string, number>;
}

const bundles = new Map<string, Bundle>();

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -1;

function bundle(functionName: string, file: string): Bundle {
  const project = createRequire(join(process.cwd(), 'package.json'));
  let esbuild: string;
  try {
    esbuild = project.resolve('esbuild');
  } catch (error) {
    throw new SimulatorError(
      `The function "${functionName}" has its code in ${file}, which cannot be required as it is. Install esbuild in the project (npm install --save-dev esbuild), run under Jest or tsx, or add a fake: lambda(…).`,
      { cause: error },
    );
  }
  const { buildSync } = project(esbuild) as typeof Esbuild;
  const { outputFiles, metafile } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: process.cwd(),
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['@aws-sdk/*'],
    define: { 'import.meta.url': IMPORT_META_URL },
    banner: { js: `const ${IMPORT_META_URL} = require('node:url').pathToFileURL(__filename).href;` },
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile.inputs).map((input) => resolve(input));
  return { text: outputFiles[0]?.text ?? '', inputs: new Map(inputs.map((input) => [input, changedAt(input)])) };
}
