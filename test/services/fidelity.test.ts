import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIDELITIES } from '../../lib/services/fidelities';
import { renderFidelity } from '../../lib/services/render-fidelity';

const folder = join(__dirname, '..', '..', 'lib', 'services');
const readme = join(folder, 'README.md');

test('README.md says what the code says; `UPDATE_FIDELITY=1 npx jest test/services/fidelity` writes it', () => {
  const rendered = renderFidelity(FIDELITIES);
  if (process.env['UPDATE_FIDELITY'] === '1') writeFileSync(readme, rendered);
  expect(existsSync(readme) ? readFileSync(readme, 'utf8') : '').toBe(rendered);
});

test('every folder with a fidelity.ts has its row', () => {
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'fidelity.ts')))
    .map(({ name }) => name);
  expect(FIDELITIES).toHaveLength(folders.length);
});

test('every folder that has integrations says how true they are', () => {
  const makers = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .filter(({ name }) =>
      readdirSync(join(folder, name)).some(
        (file) => file.endsWith('.ts') && /: (?:readonly )?Service\b/.test(readFileSync(join(folder, name, file), 'utf8')),
      ),
    )
    .map(({ name }) => name);
  expect(makers.filter((name) => !existsSync(join(folder, name, 'fidelity.ts')))).toEqual([]);
});

test('no integration is claimed twice, and each row says what is done and what is not', () => {
  const types = FIDELITIES.flatMap(({ integrations }) => integrations().map(({ resourceType }) => resourceType));
  expect(types).toEqual([...new Set(types)]);
  for (const { does, gaps } of FIDELITIES) expect([does.length, gaps.length].every((count) => count > 0)).toBe(true);
});
