import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { exports as entryPoints } from '../package.json';

const root = resolve(__dirname, '..');
const lib = join(root, 'lib');

/** Folders of lib by layer: an import goes to a lower layer, or stays in its folder. `vendor` holds no code of ours and is for everybody. */
const LAYERS: Readonly<Record<string, number>> = {
  vendor: -1,
  json: 0,
  names: 0,
  'aws-sdk': 1,
  'item-formats': 1,
  expressions: 1,
  asl: 2,
  simulator: 3,
  flow: 3,
  services: 4,
  constructs: 4,
  cloud: 5,
  'test-state': 5,
  report: 6,
  testing: 6,
  server: 6,
  cli: 7,
};
const ENTRY = 8;
/** Matchers and fakes print timelines; a server's world is a test's. */
const SIDEWAYS = ['testing → report', 'server → testing'];
/** The two halves of the package meet in testing. */
const CDK_SIDE = ['flow', 'constructs'];
const SIMULATOR_SIDE = [
  'expressions',
  'item-formats',
  'simulator',
  'services',
  'cloud',
  'test-state',
  'report',
  'server',
  'testing',
  'cli',
];
/** Layers that know neither clock nor chance, and the one file that may wait in real time. */
const PURE = ['json', 'names', 'aws-sdk', 'item-formats', 'expressions', 'asl', 'simulator', 'services'];
const REAL_TIME = 'lib/simulator/real-time.ts';

interface SourceFile {
  /** From the project's root. */
  readonly path: string;
  /** Folder in lib; the file's own name where it is an entry point. */
  readonly folder: string;
  readonly text: string;
  /** Without comments and without what strings say. */
  readonly code: string;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const text = readFileSync(join(lib, name), 'utf8');
    return { path: `lib/${name}`, folder: name.split('/')[0] as string, text, code: bare(text), imports: importsOf(text) };
  });

/** Comments and strings taken out; what stands in `${}` goes with its template. */
function bare(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, (found) =>
    found.startsWith('/') ? '' : "''",
  );
}

function importsOf(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/[^\n]*/gm, '');
  return [...code.matchAll(/\bfrom\s+'([^']+)'|\b(?:import|require)\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm)].map(
    ([, from, called, bareImport]) => (from ?? called ?? bareImport) as string,
  );
}

/** The folder in lib that a relative import leads to; undefined: out of lib. */
function folderOf(file: SourceFile, specifier: string): string | undefined {
  const target = relative(lib, resolve(dirname(join(root, file.path)), specifier));
  return target.startsWith('..') ? undefined : target.split('/')[0];
}

const layerOf = (folder: string): number => LAYERS[folder] ?? ENTRY;

const relativeImports = (file: SourceFile): readonly string[] =>
  file.imports.filter((specifier) => specifier.startsWith('.')).flatMap((specifier) => folderOf(file, specifier) ?? []);

test('every folder of lib has its layer', () => {
  const folders = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => LAYERS[name] === undefined)).toEqual([]);
});

test('imports go downward only', () => {
  const upward = files.flatMap((file) =>
    relativeImports(file)
      .filter((folder) => folder !== file.folder && layerOf(folder) >= layerOf(file.folder))
      .filter((folder) => !SIDEWAYS.includes(`${file.folder} → ${folder}`))
      .map((folder) => `${file.path} imports from lib/${folder}`),
  );
  expect(upward).toEqual([]);
});

test('the constructs know nothing of the simulator, and the simulator nothing of the constructs', () => {
  const crossing = files.flatMap((file) => {
    const forbidden = CDK_SIDE.includes(file.folder) ? SIMULATOR_SIDE : file.folder === 'testing' ? [] : CDK_SIDE;
    return layerOf(file.folder) === ENTRY
      ? []
      : relativeImports(file)
          .filter((folder) => forbidden.includes(folder))
          .map((folder) => `${file.path} imports from lib/${folder}`);
  });
  expect(crossing).toEqual([]);
});

test('aws-cdk-lib and constructs are named by the constructs alone', () => {
  const naming = files
    .filter(({ folder }) => !CDK_SIDE.includes(folder) && layerOf(folder) !== ENTRY && folder !== 'testing')
    .filter(({ imports }) => imports.some((specifier) => /^(aws-cdk-lib|constructs)(\/|$)/.test(specifier)));
  expect(naming.map(({ path }) => path)).toEqual([]);
});

test('the test framework’s expect is named in testing alone', () => {
  // A parser may have an `expect` of its own.
  const own = /\b(?:const|function)\s+expect\b|import\s*\{[^}]*\bexpect\b[^}]*\}\s*from\s*'\./;
  const naming = files.filter(({ folder, code, text }) => folder !== 'testing' && /\bexpect\b/.test(code) && !own.test(text));
  expect(naming.map(({ path }) => path)).toEqual([]);
});

test('the pure layers name no clock, no timer and no source of chance', () => {
  const impure =
    /\b(?:Date\.now|new Date\(\s*\)|Math\.random|performance\.now|setTimeout|setInterval|setImmediate|hrtime|randomUUID|randomBytes|getRandomValues)\b|\bnew Date\(\s*\)/;
  const naming = files.filter(({ path, folder, code }) => PURE.includes(folder) && path !== REAL_TIME && impure.test(code));
  expect(naming.map(({ path }) => path)).toEqual([]);
});

describe('the check of sources sees through', () => {
  test.each([
    ['a call', 'const a = Date.now();', 'const a = Date.now();'],
    ['a comment', '/* Date.now */ x; // Date.now\ny;', ' x; \ny;'],
    ['a string', "say('Date.now', \"it's\", `${Date.now()}`);", "say('', '', '');"],
  ])('%s', (_, text, code) => expect(bare(text)).toBe(code));
  test('imports', () => {
    const text =
      "import 'a';\nimport type { B } from 'b';\nexport * from 'c';\nconst d = require('d');\n// from 'e'\n/** from 'f' */\nawait import('g')";
    expect(importsOf(text)).toEqual(['a', 'b', 'c', 'd', 'g']);
  });
});

describe('built entry points', () => {
  const entries = Object.entries(entryPoints).flatMap(([name, entry]) =>
    typeof entry === 'string' ? [] : [[name, entry.default] as const],
  );

  /** Files that requiring an entry loads, in a process of its own. */
  function loadedBy(entry: string): readonly string[] {
    const script = `require(${JSON.stringify(join(root, entry))}); console.log(JSON.stringify(Object.keys(require.cache)));`;
    const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: root });
    return (JSON.parse(output) as string[]).map((file) => relative(root, file));
  }
  const loadedFrom = (entry: string, what: RegExp) => loadedBy(entry).filter((file) => what.test(file));

  test.each(entries)('%s is built', (_, entry) => {
    expect([entry, existsSync(join(root, entry)) ? 'built' : 'missing: run npm run build']).toEqual([entry, 'built']);
  });

  test('cdk-baton/simulator loads no package, no CDK, no Jest', () => {
    const { default: entry } = entryPoints['./simulator'];
    expect(loadedFrom(entry, /node_modules|\.bundle\.js$|lib\/(constructs|flow)/)).toEqual([]);
  });

  test('cdk-baton loads neither the simulator nor Jest', () => {
    const { default: entry } = entryPoints['.'];
    expect(loadedFrom(entry, /node_modules\/(@?jest)|dist\/lib\/(simulator|services|cloud|testing|report|vendor)/)).toEqual([]);
  });
});

describe('every exported name of the entry points has a doc comment', () => {
  const DECLARATION = /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|class|interface|type|enum) (\w+)/;

  /** Names that a file exports, each with the file that declares it. */
  function declared(
    path: string,
    seen = new Set<string>(),
  ): ReadonlyMap<string, { readonly file: string; readonly documented: boolean }> {
    const found = new Map<string, { readonly file: string; readonly documented: boolean }>();
    if (seen.has(path)) return found;
    seen.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      const name = DECLARATION.exec(line)?.[1];
      // An overload's comment stands at its first signature.
      if (name !== undefined && !found.has(name))
        found.set(name, { file: path, documented: lines[index - 1]?.trimEnd().endsWith('*/') === true });
    });
    for (const [, names, specifier] of text.matchAll(/^export (?:type )?(\*|\{[^}]*\}) from '(\.[^']+)'/gm)) {
      const target = fileOf(resolve(dirname(join(root, path)), specifier as string));
      const theirs = declared(target, seen);
      if (names === '*') theirs.forEach((value, name) => found.set(name, value));
      else
        for (const [original, exported] of namesIn(names as string))
          found.set(exported, theirs.get(original) ?? { file: target, documented: false });
    }
    return found;
  }

  const fileOf = (module: string): string =>
    relative(root, existsSync(`${module}.ts`) ? `${module}.ts` : join(module, 'index.ts'));

  const namesIn = (list: string): readonly (readonly [original: string, exported: string])[] =>
    list
      .slice(1, -1)
      .split(',')
      .map((item) => item.trim().replace(/^type /, ''))
      .filter((item) => item !== '')
      .map((item) => item.split(/\s+as\s+/))
      .map(([original = '', exported = original]) => [original, exported]);

  const sources = Object.values(entryPoints)
    .flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default.replace('./dist/', '').replace(/\.js$/, '.ts')]))
    .map((path) => [path] as const);

  test.each(sources)('%s', (path) => {
    const names = declared(path);
    // An entry may be there for its effect alone.
    expect(names.size > 0).toBe(/^export /m.test(readFileSync(join(root, path), 'utf8')));
    const bareNames = [...names].filter(([, { documented }]) => !documented).map(([name, { file }]) => `${name} in ${file}`);
    expect(bareNames).toEqual([]);
  });
});
