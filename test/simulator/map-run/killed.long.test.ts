import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ITEMS = 1_000_000;
const FAILED = ITEMS / 20;

const script = join(__dirname, 'killed-process.mjs');
const run = (what: string, folder: string) =>
  spawnSync(process.execPath, [script, what, folder, String(ITEMS)], { encoding: 'utf8', maxBuffer: 1e8 });

interface Told {
  readonly status: string;
  readonly error?: string;
  readonly itemCounts: Readonly<Record<'succeeded' | 'failed' | 'pending' | 'total', number>>;
}

/** How many records the files of a kind have; marks the items. @throws Error if one has been marked before */
async function records(folder: string, kind: string, isRedrive: boolean, marks: Uint8Array): Promise<number> {
  const files = readdirSync(join(folder, 'results'), { recursive: true, encoding: 'utf8' })
    .filter((file) => new RegExp(`/${kind}_\\d+\\.jsonl$`).test(file) && file.includes('/Redrive-1/') === isRedrive)
    .map((file) => join(folder, 'results', file));
  let count = 0;
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const index = Number(/objects\/(\d{8})/.exec(line)?.[1]);
      if (marks[index] !== 0) throw new Error(`${kind}: the item ${index} is there twice, or is none: ${line}`);
      marks[index] = 1;
      count++;
    }
  }
  return count;
}

test('a million items, one in twenty throttled, killed half-way, restarted and redriven: nothing is lost, nothing is there twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-killed-'));
  try {
    expect(run('begin', folder).signal).toBe('SIGKILL');
    const { stdout, stderr, status } = run('go-on', folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { failed, redriven, madeFirst, madeAgain } = JSON.parse(stdout) as {
      readonly failed: Told;
      readonly redriven: Told;
      readonly madeFirst: number;
      readonly madeAgain: number;
    };
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    const { succeeded, failed: failures, pending, total } = failed.itemCounts;
    expect([succeeded + failures + pending, total]).toEqual([ITEMS, ITEMS]);
    expect(failures).toBe(FAILED * 0.9 + 1);
    // Half was done before.
    expect(madeFirst).toBeLessThan(ITEMS * 0.45);
    expect(redriven).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { succeeded: ITEMS, failed: 0, pending: 0, total: ITEMS },
    });
    expect(madeAgain).toBe(failures + pending);

    const marks = new Uint8Array(ITEMS);
    expect(await records(folder, 'SUCCEEDED', false, marks)).toBe(succeeded);
    const first = marks.slice();
    expect(await records(folder, 'FAILED', false, marks)).toBe(failures);
    expect(await records(folder, 'PENDING', false, marks)).toBe(pending);
    expect(await records(folder, 'SUCCEEDED', true, first)).toBe(failures + pending);
    expect([marks, first].map((each) => each.every((mark) => mark === 1))).toEqual([true, true]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 600_000);
