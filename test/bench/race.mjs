/**
 * Times contenders in one process, in turns, so that what else the machine does meets them all.
 *
 * @param contenders name → { run: (index) => Promise, times: executions in a round }
 * @param warmUps rounds that are not counted: until then code is being optimized
 * @returns name → microseconds per execution, in each counted round
 */
export async function race(contenders, { rounds, warmUps }) {
  const microseconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, { run, times }] of Object.entries(contenders)) {
      // What others have left behind is theirs. (A full collection would throw away optimized code with the hidden classes it knows.)
      globalThis.gc?.({ type: 'minor' });
      const started = process.hrtime.bigint();
      for (let index = 0; index < times; index++) await run(index);
      const elapsed = Number(process.hrtime.bigint() - started) / 1e3 / times;
      if (round >= 0) microseconds[name].push(elapsed);
    }
  }
  return microseconds;
}

/** The middle one; of an even number, the upper of the two in the middle. */
export const median = (figures) => [...figures].sort((a, b) => a - b)[figures.length >> 1];

/** How many times as long `a` took as `b`: the median of the rounds' own ratios. */
export const ratio = (a, b) => median(a.map((figure, round) => figure / b[round]));
