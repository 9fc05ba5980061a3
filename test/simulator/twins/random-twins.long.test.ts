import * as fc from 'fast-check';
import type { Json } from '../../../lib/json/json';
import { lambda } from '../../../lib/testing';
import { documents, pipelines } from './random-pipeline';
import { inJsonata, type Observed, runTwin } from './run-twin';
import { toJsonata } from './to-jsonata';

const echo = { fakes: () => [lambda('echo', (event: Json) => event)] };

/** What cannot be found has another name in each language. */
const EVALUATION_FAILED = ['States.Runtime', 'States.QueryEvaluationError'];

const comparable = ({ error, cause, ...observed }: Observed): object =>
  EVALUATION_FAILED.includes(error ?? '') ? { ...observed, error: 'evaluation failed' } : { ...observed, error, cause };

test('a random pipeline and its translation do the same, whatever goes in', async () => {
  const statuses: string[] = [];
  await fc.assert(
    fc.asyncProperty(pipelines, documents, async (pipeline, input) => {
      const jsonPath = await runTwin(pipeline, echo, input);
      const jsonata = await runTwin(inJsonata(toJsonata(pipeline)), echo, input);
      statuses.push(jsonPath.status);
      expect(comparable(jsonata)).toEqual(comparable(jsonPath));
    }),
    { numRuns: 500, seed: 7 },
  );
  // Neither all succeed nor all fail: else nothing would be shown.
  expect(statuses.filter((status) => status === 'SUCCEEDED').length).toBeGreaterThan(100);
  expect(statuses.filter((status) => status === 'FAILED').length).toBeGreaterThan(100);
});
