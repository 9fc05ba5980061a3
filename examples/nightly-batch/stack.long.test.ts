import '../../lib/testing/jest';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directory, simulate } from '../../lib/testing';
import input from './input.json';
import { night } from './night';

const TRANSACTIONS = 1_000_000;

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
    const ids = files.flatMap((file) =>
      [...readFileSync(join(results, file), 'latin1').matchAll(/"Input":"\{\\"id\\":\\"t-(\d+)/g)].map(([, id]) => Number(id)),
    );
    expect(ids).toHaveLength(TRANSACTIONS);
    expect(new Set(ids).size).toBe(TRANSACTIONS);
  } finally {
    rmSync(results, { recursive: true });
  }
}, 900_000);
