import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../lib/asl/check';
import { RULES } from '../../../lib/asl/rules/index';
import { renderRules } from '../../../lib/asl/rules/render-rules';
import type { Example } from '../../../lib/asl/rules/rule';
import type { Problem } from '../../../lib/asl/problem';

const folder = join(__dirname, '..', '..', '..', 'lib', 'asl', 'rules');
const readme = join(folder, 'README.md');

const problemsOf = ({ definition, type, inputSchema }: Example): readonly Problem[] =>
  check(definition, { ...(type === undefined ? {} : { type }), ...(inputSchema === undefined ? {} : { inputSchema }) });

const ids = RULES.map(({ id }) => id);

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('warns of the failing example', () => {
    expect(problemsOf(rule.failing).map(({ code }) => code)).toContain(id);
  });

  test('says nothing of the corrected example, and neither does any other rule', () => {
    expect(problemsOf(rule.corrected)).toEqual([]);
  });

  test('says where it is and what to do', () => {
    const found = problemsOf(rule.failing).filter(({ code }) => code === id);
    for (const { severity, location, pointer, message, hint } of found) {
      expect(severity).toBe('WARNING');
      expect(location).toMatch(/^\/(?:States\/|TimeoutSeconds)/);
      expect(pointer).toMatch(/^\//);
      expect(message).not.toBe('');
      expect(hint).not.toBe('');
    }
  });

  test('has a file of its own name', () => {
    expect(existsSync(join(folder, `${id}.ts`))).toBe(true);
  });
});

test('ids are unique and in order', () => {
  expect(ids).toEqual([...new Set(ids)].toSorted());
});

test('every rule in the folder is in the table', () => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && readFileSync(join(folder, name), 'utf8').includes('export const rule: Rule'))
    .map((name) => name.slice(0, -3));
  expect(files.toSorted()).toEqual(ids.toSorted());
});

test('README.md says what the code says; `UPDATE_RULES=1 npx jest test/asl/rules` writes it', () => {
  const rendered = renderRules(RULES);
  if (process.env['UPDATE_RULES'] === '1') writeFileSync(readme, rendered);
  expect(readFileSync(readme, 'utf8')).toBe(rendered);
});
