import type { JsonObject } from '../../json/json';
import { memberOf, type Position } from '../position';
import { valueAt } from '../shapes/flow';
import type { Shape } from '../shapes/shape';
import type { StateNode } from '../workflow';
import { invoke, workflow } from './example';
import { calls, eachMember, requestField, requestOf } from './request';
import type { Finding, Rule } from './rule';

const charge = (failed: JsonObject) =>
  workflow({
    Charge: {
      ...invoke('charge'),
      TimeoutSeconds: 30,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }],
      End: true,
    },
    Failed: { Type: 'Fail', Error: 'ChargeFailed', ...failed },
  });

export const rule: Rule = {
  id: 'cause-may-be-null',
  summary: 'The Cause of an error is used as text, and it may be null',
  why: 'The Error Output of a timeout has the Cause null (recorded). A Fail state, a string function and a field that must be a string fail on it with an error of their own, which hides the first one: in JSONPath with States.Runtime, which nothing catches.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html · https://github.com/opensupplyhub/open-apparel-registry/pull/1193',
  failing: { definition: charge({ CausePath: '$.error.Cause' }) },
  corrected: { definition: charge({ CausePath: "States.Format('{}', $.error.Cause)" }) },
  check: ({ nodes, flow }) => [
    ...nodes.flatMap((node) =>
      textFieldsOf(node).flatMap((at) => {
        const why = orNull(valueAt(flow, node, at));
        return why === undefined ? [] : [findingAt(at, why, node)];
      }),
    ),
    ...flow.uses.flatMap(({ node, name, shapes: [shape], position }) => {
      const why = TEXT_FUNCTIONS.has(name) ? orNull(shape) : undefined;
      return why === undefined ? [] : [findingAt(position, why, node)];
    }),
  ],
};

const orNull = (shape: Shape | undefined): string | undefined => (shape?.kind === 'scalar' ? shape.orNull : undefined);

const findingAt = (at: Position, why: string, { language }: StateNode): Finding => ({
  at,
  message: `This must be a string, and it may be null: ${why}`,
  hint: language === 'JSONata' ? 'write $string(…)' : "write States.Format('{}', …)",
});

/** Places that AWS takes nothing but a string at. */
function textFieldsOf(node: StateNode): readonly Position[] {
  const { state, language, position } = node;
  if (state.Type === 'Fail')
    return (language === 'JSONata' ? ['Error', 'Cause'] : ['ErrorPath', 'CausePath']).map((field) => memberOf(position, field));
  const found: Position[] = [];
  const look = (isText: (key: string) => boolean): void =>
    eachMember(requestOf(node), memberOf(position, requestField(node)), (key, _, at) => {
      if (isText(key.replace(/\.\$$/, ''))) found.push(at);
    });
  if (calls(node, 'sns', 'publish')) look((key) => key === 'Message' || key === 'Subject');
  if (node.resource?.kind === 'service' && /^(?:aws-sdk:)?dynamodb$/.test(node.resource.resourceType)) look((key) => key === 'S');
  return found;
}

/** Functions that take nothing but a string first. What parses JSON is told by `cause-parsed-as-json`. */
const TEXT_FUNCTIONS: ReadonlySet<string> = new Set([
  'States.Base64Encode',
  'States.Base64Decode',
  'States.StringSplit',
  '$base64decode',
  '$base64encode',
  '$contains',
  '$encodeUrl',
  '$encodeUrlComponent',
  '$length',
  '$lowercase',
  '$match',
  '$number',
  '$pad',
  '$replace',
  '$split',
  '$substring',
  '$substringAfter',
  '$substringBefore',
  '$trim',
  '$uppercase',
]);
