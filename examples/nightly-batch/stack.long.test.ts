import '../../lib/testing/jest';
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directory, simulate } from '../../lib/testing';
import input from './input.json';
import { night } from './night';

const TRANSACTIONS = 1_000_000;

/** Ids of the transactions that a file of results is about, which is too long to be read at once. */
async function* idsIn(file: string): AsyncGenerator<number> {
  let rest = '';
  for await (const piece of createReadStream(file, { encoding: 'latin1', highWaterMark: 1024 ** 2 }) as AsyncIterable<string>) {
    const text = rest + piece;
    let end = 0;
    for (const { 0: found, 1: id, index } of text.matchAll(/"Input":"\{\\"id\\":\\"t-(\d+)\\"/g)) {
      end = index + found.length;
      yield Number(id);
    }
    rest = text.slice(end);
  }
}

test('a million transactions, of which 5,000 fail: each is in one file, and the redrive settles the 5,000', async () => {
  const results = mkdtempSync(join(tmpdir(), 'baton-nightly-'));
  try {
    const { stack, world, calm } = night(TRANSACTIONS, 0.4, directory(results, { writable: true }));
    const run = await simulate(stack, { world, input });
    expect(run).toFailWith('States.ExceedToleratedFailureThreshold');
    expect(run.mapRuns).toMatchObject([{ itemCounts: { total: TRANSACTIONS, succeeded: 995_000, failed: 5_000 } }]);

    const again = await run.redrive({ fakes: [calm] });
    expect(again.mapRuns).toMatchObject([{ status: 'SUCCEEDED', itemCounts: { total: TRANSACTIONS, succeeded: TRANSACTIONS } }]);
    expect(calm).toHaveBeenCalledTimes(5_000);

    const files = readdirSync(results, { recursive: true, encoding: 'utf8' }).filter((file) => /SUCCEEDED_\d+\.json$/.test(file));
    const seen = new Uint8Array(TRANSACTIONS);
    for (const file of files) for await (const id of idsIn(join(results, file))) seen[id]!++;
    expect(seen.every((times) => times === 1)).toBe(true);
  } finally {
    rmSync(results, { recursive: true });
  }
}, 900_000);
