import { existsSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import { constants, Script, runInThisContext } from 'node:vm';
import { SimulatorError } from '../../simulator/simulator-error';
import type { FunctionEnvironment } from './function-environment';
import { shared } from './shared';

/** Loads deployed code: CommonJS files, each evaluated once per registry. */
export interface ModuleRegistry {
  /** The exports of a file. @throws SimulatorError for an ES module */
  load(file: string): unknown;
  /** The exports of code that has no file. `file` is its name in traces, and where it requires from. */
  evaluate(code: string, file: string): unknown;
}

/**
 * A registry of a function's own, so that two functions deployed from the same directory share no module, as on AWS. Its code runs as
 * Node.js runs it, beside the test framework: not transformed, with the real globals (a framework's fake timers do not hang it), and with
 * a `process` whose `env` is the function's. `console` is the test's.
 */
export function createModuleRegistry(environment: FunctionEnvironment): ModuleRegistry {
  const loaded = new Map<string, { exports: unknown }>();
  const functionProcess = processWith(environment);

  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    switch (extname(file)) {
      case '.json':
        return JSON.parse(readFileSync(file, 'utf8')) as unknown;
      case '.node':
        return createRequire(file)(file) as unknown;
      default:
        return run(scriptOf(file), file);
    }
  };

  const run = (script: Script, file: string): unknown => {
    const module = { exports: {} as unknown, id: file, filename: file };
    loaded.set(file, module);
    const require = (request: string): unknown => {
      if (request === 'process' || request === 'node:process') return functionProcess;
      return isBuiltin(request) ? (createRequire(file)(request) as unknown) : load(resolve(request, file));
    };
    Object.assign(require, { resolve: (request: string) => (isBuiltin(request) ? request : resolve(request, file)) });
    try {
      const wrapper = script.runInThisContext() as Wrapper;
      wrapper(module.exports, require, module, file, dirname(file), functionProcess, console);
    } catch (error) {
      loaded.delete(file);
      throw error;
    }
    return module.exports;
  };

  return { load, evaluate: (code, file) => run(compile(code, file), file) };
}

/** JSON.parse of the realm that registries run code in. */
export const parseBeside = runInThisContext('JSON.parse') as (text: string) => unknown;

/** What is known of installed modules. They are the same as long as the process runs, and the AWS SDK has hundreds of them. */
const installed = shared(Symbol.for('cdk-baton: installed modules'), () => ({
  /** By file. */
  scripts: new Map<string, Script>(),
  /** By what requires, and what it requires. */
  resolved: new Map<string, string>(),
}));

const isInstalled = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

function resolve(request: string, from: string): string {
  if (!isInstalled(from)) return resolveNow(request, from);
  const key = `${dirname(from)}\0${request}`;
  let file = installed.resolved.get(key);
  if (file === undefined) installed.resolved.set(key, (file = resolveNow(request, from)));
  return file;
}

/** A module's own `require` first; then this project's, as the SDK that the runtime brings is not part of what is deployed. */
function resolveNow(request: string, from: string): string {
  try {
    return createRequire(from).resolve(request);
  } catch (error) {
    if (request.startsWith('.') || request.startsWith('/')) throw error;
    return createRequire(join(process.cwd(), 'package.json')).resolve(request);
  }
}

/** @throws SimulatorError for an ES module */
function scriptOf(file: string): Script {
  const known = installed.scripts.get(file);
  if (known !== undefined) return known;
  if (isEsModule(file))
    throw new SimulatorError(`${file} is an ES module. Install esbuild beside this package, or deploy CommonJS.`);
  const script = compile(readFileSync(file, 'utf8'), file);
  if (isInstalled(file)) installed.scripts.set(file, script);
  return script;
}

/** True for a file that Node.js loads as an ES module. */
export function isEsModule(file: string): boolean {
  if (file.endsWith('.mjs')) return true;
  return file.endsWith('.js') && packageType(dirname(file)) === 'module';
}

function packageType(directory: string): unknown {
  const file = join(directory, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown }).type;
  const parent = dirname(directory);
  return parent === directory || directory.endsWith('node_modules') ? undefined : packageType(parent);
}

type Wrapper = (
  exports: unknown,
  require: (request: string) => unknown,
  module: { exports: unknown },
  filename: string,
  directory: string,
  process: NodeJS.Process,
  console: Console,
) => void;

const WRAPPER = '(function (exports, require, module, __filename, __dirname, process, console) { ';

/** Compiled code by file: a world that loads what another has loaded compiles nothing. */
const compiled = new Map<string, { readonly code: string; readonly script: Script }>();

function compile(code: string, file: string): Script {
  const known = compiled.get(file);
  if (known?.code === code) return known.script;
  const script = new Script(`${WRAPPER}${code.replace(/^#!/, '//')}\n})`, {
    filename: file,
    columnOffset: -WRAPPER.length,
    // `import()` finds what Node.js finds. (Node.js has that since 20.12.)
    importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  compiled.set(file, { code, script });
  return script;
}

function processWith(environment: FunctionEnvironment): NodeJS.Process {
  const real = runInThisContext('process') as NodeJS.Process;
  return new Proxy(real, { get: (target, key) => (key === 'env' ? environment : (Reflect.get(target, key) as unknown)) });
}
