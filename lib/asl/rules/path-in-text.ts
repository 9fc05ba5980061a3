import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { looksDynamic } from '../static-paths';
import { workflow } from './example';
import type { Rule } from './rule';

const fail = (more: JsonObject) => workflow({ Refuse: { Type: 'Fail', Error: 'BadOrder', ...more } });

export const rule: Rule = {
  id: 'path-in-text',
  summary: 'The text of a Fail state has a path in it, which nothing replaces',
  why: 'Error and Cause are constants: the path itself is what people read. Tokens of aws-cdk (JsonPath.stringAt) in text end this way.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html · https://github.com/aws/aws-cdk/issues/20152',
  failing: { definition: fail({ Cause: 'The order $.order.id is not valid' }) },
  corrected: { definition: fail({ CausePath: "States.Format('The order {} is not valid', $.order.id)" }) },
  check: ({ nodes }) =>
    nodes.flatMap(({ source, position, state, language }) =>
      state.Type === 'Fail' && language === 'JSONPath'
        ? ['Error', 'Cause'].flatMap((field) => {
            const text = source[field];
            // What is a path as a whole is AWS's own warning, NO_PATH.
            if (typeof text !== 'string' || looksDynamic(text) || !/(?:^|[^\w$])\$\$?\.[A-Za-z_]\w*/.test(text)) return [];
            return [
              {
                at: memberOf(position, field),
                message: `${field} is a constant: the path in it is not replaced`,
                hint: `use ${field}Path with States.Format('… {} …', $.…)`,
              },
            ];
          })
        : [],
    ),
};
