import type { JsonObject } from '../../json/json';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const parallel = (more: JsonObject) => ({
  Type: 'Parallel',
  Branches: [workflow({ Stock: { Type: 'Pass', Result: { free: 3 }, End: true } })],
  ...more,
  Next: 'Charge',
});

export const rule: Rule = {
  id: 'result-path-barred',
  summary: 'ResultPath writes into what is no object',
  why: 'The state fails with States.ResultPathMatchFailure: the result of a Parallel or a Map is an array, a field cannot be set in it.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html',
  failing: {
    definition: workflow({ Check: parallel({}), Charge: { ...invoke('charge'), ResultPath: '$.charge', End: true } }),
  },
  corrected: {
    definition: workflow({
      Check: parallel({ ResultPath: '$.checks' }),
      Charge: { ...invoke('charge'), ResultPath: '$.charge', End: true },
    }),
  },
  check: ({ flow }) =>
    flow.barred.map(({ position, text, document }) => ({
      at: position,
      message: `ResultPath '${text}' cannot be written: ${
        document.kind !== 'unknown' && document.origin !== undefined ? document.origin : 'the input'
      } is no object`,
      hint: 'give the state before a ResultPath or a ResultSelector, so that an object goes on',
    })),
};
