import type { Json } from '../../../lib/testing';
import { differences } from './differences';
import { topics } from './topics';
import { inJsonata, inJsonataByState, type Observed, runTwin } from './run-twin';
import { Failed } from './twins';

describe.each(Object.entries(topics))('%s', (_topic, allTwins) => {
  const runs = allTwins.flatMap((twins) => twins.runs.map((run) => [twins.name, shortened(run[0]), twins, run] as const));

  test.each(runs)('%s, given %s', async (_name, _input, twins, [input, ending, seconds]) => {
    const jsonPath = await runTwin(twins.jsonPath, twins, input);
    const jsonata = await runTwin(inJsonata(twins.jsonata), twins, input);
    const byState = await runTwin(inJsonataByState(twins.jsonata), twins, input);

    expect(jsonPath).toMatchObject(endOf('jsonPath', ending));
    expect(jsonata).toMatchObject(endOf('jsonata', ending));
    expect(sameInBoth(jsonata, ending)).toEqual(sameInBoth(jsonPath, ending));
    expect(byState).toEqual(jsonata);
    if (seconds !== undefined) expect(jsonPath.seconds).toBe(seconds);
  });
});

describe('what looks like a twin and is none', () => {
  test.each(differences.map((difference) => [difference.name, difference] as const))(
    '%s',
    async (_name, { jsonPath, jsonata, input, inJsonPath, inJsonata: expected }) => {
      expect(await runTwin(jsonPath, {}, input)).toMatchObject(endOf('jsonPath', inJsonPath));
      expect(await runTwin(inJsonata(jsonata), {}, input)).toMatchObject(endOf('jsonata', expected));
    },
  );
});

function endOf(language: 'jsonPath' | 'jsonata', ending: unknown): Partial<Observed> {
  if (!(ending instanceof Failed)) return { status: 'SUCCEEDED', output: ending };
  return { status: 'FAILED', error: ending[language], ...(ending.cause === undefined ? {} : { cause: ending.cause }) };
}

/** An error that has another name in each language has other words, too. */
const sameInBoth = (observed: Observed, ending: unknown): Observed =>
  ending instanceof Failed && ending.jsonPath !== ending.jsonata ? { ...observed, error: undefined, cause: undefined } : observed;

function shortened(input: Json): string {
  const text = JSON.stringify(input);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
