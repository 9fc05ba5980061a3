import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import simulator from '../../../dist/lib/simulator.js';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');

const read = (file) => JSON.parse(readFileSync(join(root, 'examples/order-processing', file), 'utf8'));

/** The example's own input: an order that goes through. */
export const order = read('input.json');

/** Construct path of the state machine in the app of the examples. */
const MACHINE = 'Orders/Orders/StateMachine/Resource';

/** The app of the examples, synthesized in a process of its own into a directory that goes when this process does. */
function synthesize() {
  const assembly = mkdtempSync(join(tmpdir(), 'cdk-baton-bench-'));
  process.on('exit', () => rmSync(assembly, { recursive: true, force: true }));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`bin/app.ts cannot be synthesized:\n${stderr}`);
  return assembly;
}

let target;

/** The synthesized state machine, as `simulate` takes it. */
export const synthesizedTarget = () => (target ??= { assembly: synthesize(), machine: MACHINE });

/** The synthesized state machine, as `createWorld` takes it, with its definition. */
export function synthesizedMachine() {
  const cloud = simulator.cloudOf(synthesizedTarget());
  const { name, arn, roleArn } = cloud.machines.find(({ constructPath }) => constructPath === MACHINE);
  const definition = simulator.definitionOf(synthesizedTarget());
  return { name, arn, roleArn, definition, program: simulator.compile(definition) };
}
