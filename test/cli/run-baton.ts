import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { baton } from '../../lib/cli/baton';
import type { Surroundings } from '../../lib/cli/surroundings';

/** Exit code and what was printed. */
export async function runBaton(
  argv: readonly string[],
  options: Partial<Surroundings> & { readonly standardInput?: string | Buffer } = {},
) {
  const [lines, errors]: [string[], string[]] = [[], []];
  const { standardInput = '', ...surroundings } = options;
  const exitCode = await baton(argv, {
    print: (text) => lines.push(text),
    printError: (text) => errors.push(text),
    draw: undefined,
    readStandardInput: () => Buffer.from(standardInput),
    interrupted: () => Promise.resolve(),
    colour: false,
    width: 120,
    ...surroundings,
  });
  return { exitCode, output: lines.join('\n'), errors: errors.join('\n') };
}

/** A new folder with these files; what is no text is written as JSON. Returns what makes a path of a file's name. */
export function folder(files: Readonly<Record<string, unknown>>): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'baton-cli-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }
  return (name) => join(directory, name);
}

/** A cloud assembly with a stack whose state machines have these properties, by logical id. */
export const assembly = (machines: Readonly<Record<string, object>>): Readonly<Record<string, unknown>> => ({
  'cdk.out/manifest.json': {
    artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } } },
  },
  'cdk.out/Shop.template.json': {
    Resources: Object.fromEntries(
      Object.entries(machines).map(([logicalId, properties]) => [
        logicalId,
        {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { RoleArn: 'arn:aws:iam::123456789012:role/r', ...properties },
          Metadata: { 'aws:cdk:path': `Shop/${logicalId}/Resource` },
        },
      ]),
    ),
  },
});

/** Waits a day, then gives its input back. */
export const PATIENT = {
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Done' }, Done: { Type: 'Succeed' } },
};

/** Leads nowhere, in two ways. */
export const LOST = {
  StartAt: 'A',
  States: { A: { Type: 'Pass', Next: 'Nope' }, B: { Type: 'Pass', Ende: true, End: true } },
};
