import {
  CreateActivityCommand,
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess } from './soak/server-process';
import { Soak } from './soak/soak';
import { approval, FAKES, price, STANDARD } from './soak/workflows';

// The same ones each time, so that a change is to blame for what fails. Others, and more, by hand:
// SOAK=100000 SOAK_SEED=$RANDOM npm run test:long -- test/server/soak
const EXECUTIONS = Number(process.env['SOAK'] ?? 10_000);
const SEED = process.env['SOAK_SEED'] ?? 'soak';
const CLIENTS = 64;

const directory = mkdtempSync(join(tmpdir(), 'baton-soak-'));
const fakes = join(directory, 'fakes.json');
writeFileSync(fakes, JSON.stringify(FAKES));
/** A second is a minute. */
const start = (port: number): Promise<ServerProcess> =>
  startServerProcess(['--port', String(port), '--time', '60', '--fakes', fakes, '--state', join(directory, 'state.jsonl')]);

/** State machines, three versions and an alias, an activity. */
async function furnish(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new SFNClient({ endpoint, region: 'us-east-1', credentials });
  const roleArn = 'arn:aws:iam::123456789012:role/role';
  await client.send(new CreateActivityCommand({ name: 'pack' }));
  for (const [name, definition] of Object.entries(STANDARD))
    await client.send(
      new CreateStateMachineCommand({ name, definition: JSON.stringify(definition), roleArn, publish: name === 'approval' }),
    );
  await client.send(
    new CreateStateMachineCommand({ name: 'price', definition: JSON.stringify(price), roleArn, type: 'EXPRESS' }),
  );
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:approval';
  for (const version of [2, 3])
    await client.send(
      new UpdateStateMachineCommand({ stateMachineArn, definition: JSON.stringify(approval(version)), publish: true }),
    );
  const routingConfiguration = [1, 3].map((version) => ({ stateMachineVersionArn: `${stateMachineArn}:${version}`, weight: 50 }));
  await client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
  client.destroy();
}

/** What an execution that has ended may keep: its history, its input and its output. */
const MOST_BYTES_KEPT = 20_000;

test(
  `${EXECUTIONS} executions by ${CLIENTS} clients, through two kills`,
  async () => {
    let server = await start(0);
    const { port } = server;
    let back = Promise.resolve();
    let errors = '';
    const soak = new Soak(SEED, port, () => back, CLIENTS);
    const restart = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
      await server.end(signal);
      errors += server.errors();
      server = await start(port);
    };
    const kills = [Math.floor(EXECUTIONS / 4), Math.floor(EXECUTIONS / 2)];
    try {
      await furnish(server.url);
      const half = EXECUTIONS / 2;
      await soak.run(0, half + 1, (number) => {
        if (kills.includes(number)) back = restart('SIGKILL');
      });
      const before = await server.memory();
      await soak.run(half + 1, EXECUTIONS);
      await soak.finish();
      const after = await server.memory();
      const wrong = [...soak.wrong, ...(await soak.audit())];
      expect({ count: wrong.length, wrong: wrong.slice(0, 10) }).toEqual({ count: 0, wrong: [] });
      const kept = await soak.list('approval');
      // Ended in order, and begun anew, it shows the same.
      back = restart('SIGINT');
      await back;
      expect(await soak.list('approval')).toEqual(kept);
      expect((after.heldBytes - before.heldBytes) / (EXECUTIONS - half)).toBeLessThan(MOST_BYTES_KEPT);
      expect(soak.badRequests).toBe(Math.ceil(EXECUTIONS / 2));
      expect(errors + server.errors()).toBe('');
    } catch (error) {
      (error as Error).message = `The soak with SOAK_SEED=${SEED} has failed: ${(error as Error).message}`;
      throw error;
    } finally {
      soak.close();
      await server.end('SIGKILL');
    }
  },
  60_000 + EXECUTIONS * 30,
);
