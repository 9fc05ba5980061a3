import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

/** Synthesizes bin/app.ts as the CDK CLI does, with the context of cdk.json. Template validation takes seconds: once is enough. */
async function synth(validation: 'true' | 'false'): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'baton-synth-'));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_VALIDATION: validation, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return outdir;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
const bytesOf = (folder: string) =>
  filesIn(folder)
    .filter((file) => !file.endsWith('validation-report.json'))
    .map((file) => [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]);
const jsonOf = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

let folders: readonly string[];
beforeAll(async () => {
  folders = await Promise.all([synth('true'), synth('false')]);
}, 60_000);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

test('aws-cdk-lib finds nothing wrong with the templates', () => {
  expect(jsonOf(folders[0]!, 'validation-report.json').pluginReports.flatMap(({ violations = [] }) => violations)).toEqual([]);
});

test('two synths give the same bytes', () => {
  expect(bytesOf(folders[0]!)).toEqual(bytesOf(folders[1]!));
});

test('every asset is there', () => {
  const manifests = filesIn(folders[0]!).filter((file) => file.endsWith('.assets.json'));
  const paths = manifests.flatMap((file) =>
    Object.values<{ source: { path: string } }>(JSON.parse(readFileSync(file, 'utf8')).files).map(({ source }) => source.path),
  );
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) expect([path, existsSync(join(folders[0]!, path))]).toEqual([path, true]);
});

test('the assembly says where the sources of the functions are, and the template does not', () => {
  const assembly = filesIn(folders[0]!)
    .filter((file) => /(manifest|metadata)\.json$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join();
  for (const name of ['validate-order', 'process-payment', 'refund-payment'])
    expect(assembly).toContain(`lambda/${name}/handler.ts`);
  expect(readFileSync(join(folders[0]!, 'Orders.template.json'), 'utf8')).not.toContain('handler.ts');
});
