import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryFindClientPackage } from '../../lib/aws-sdk/client-package';

test('an installed client tells its operations', () => {
  const { name, operations } = tryFindClientPackage('secretsmanager') ?? {};
  expect(name).toBe('secrets-manager');
  expect([...(operations ?? [])]).toEqual(expect.arrayContaining(['GetSecretValue', 'ListSecrets']));
  expect([...(operations ?? [])].filter((operation) => /Command|index/.test(operation))).toEqual([]);
});

test('one that is not installed is not there', () => {
  expect(tryFindClientPackage('polly')).toBeUndefined();
});

test('one without declarations does not tell', () => {
  const project = mkdtempSync(join(tmpdir(), 'cdk-baton-sdk-'));
  const folder = join(project, 'node_modules', '@aws-sdk', 'client-bare-service');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  const cwd = jest.spyOn(process, 'cwd').mockReturnValue(project);
  try {
    expect(tryFindClientPackage('bareservice')).toMatchObject({ name: 'bare-service', operations: undefined });
  } finally {
    cwd.mockRestore();
    rmSync(project, { recursive: true });
  }
});
