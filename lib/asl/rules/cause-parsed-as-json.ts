import type { JsonObject } from '../../json/json';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const handle = (cause: JsonObject) =>
  workflow({
    Charge: { ...invoke('charge'), Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Explain' }], End: true },
    Explain: { Type: 'Pass', Parameters: cause, Next: 'Failed' },
    Failed: { Type: 'Fail', Error: 'ChargeFailed' },
  });

export const rule: Rule = {
  id: 'cause-parsed-as-json',
  summary: 'The Cause of any error is parsed as JSON',
  why: 'The Cause of a failed function is JSON text; that of a service error is plain text, and a timeout has none: the error handler dies with an error of its own.',
  source:
    'https://github.com/opensupplyhub/open-apparel-registry/pull/1193 · https://github.com/sam-goodwin/functionless/issues/139',
  failing: { definition: handle({ 'cause.$': 'States.StringToJson($.error.Cause)' }) },
  corrected: { definition: handle({ 'cause.$': '$.error' }) },
  check: ({ flow }) =>
    flow.uses
      .filter(({ name, shapes: [shape] }) => PARSERS.has(name) && shape?.kind === 'scalar' && shape.holds === 'cause')
      .map(({ position }) => ({
        at: position,
        message: 'The Cause is parsed as JSON, and not every error that gets here has one that is JSON',
        hint: 'catch the errors of the function by name and parse only theirs, or hand the Error Output on as it is',
      })),
};

const PARSERS: ReadonlySet<string> = new Set(['States.StringToJson', '$parse', '$eval']);
