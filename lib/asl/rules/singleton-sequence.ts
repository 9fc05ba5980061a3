import { isJsonata, jsonataSource } from '../../expressions/jsonata/jsonata-template';
import { memberOf } from '../position';
import { workflow } from './example';
import type { Rule } from './rule';

const each = (Items: string) =>
  workflow(
    {
      Each: {
        Type: 'Map',
        Items,
        ItemProcessor: workflow({
          Ship: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'ship' }, End: true },
        }),
        End: true,
      },
    },
    { QueryLanguage: 'JSONata' },
  );

export const rule: Rule = {
  id: 'singleton-sequence',
  summary: 'Items is a filter, which gives no array where it finds one item or none',
  why: 'JSONata unwraps a sequence of one: Map fails with States.QueryEvaluationError, or goes through the fields of the one item; where nothing matches the result is undefined.',
  source: 'https://docs.jsonata.org/processing#sequences · https://github.com/jsonata-js/jsonata/issues/708',
  failing: { definition: each('{% $states.input.orders[total > 100] %}') },
  corrected: { definition: each('{% [$states.input.orders[total > 100]] %}') },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const items = node.state.Type === 'Map' && node.language === 'JSONata' ? node.state.Items : undefined;
      if (items === undefined || !isJsonata(items)) return [];
      const source = jsonataSource(items);
      // A way of names that ends in a predicate, or the functions that give sequences.
      const isFilter = /^\$[\w.$]+\[[^[\]]*(?:[<>=]| in | and | or )[^[\]]*\]$/.test(source) || /^\$filter\(.*\)$/s.test(source);
      return isFilter
        ? [
            {
              at: memberOf(node.position, 'Items'),
              message: 'Where one item matches, this gives the item and not an array of it',
              hint: `write {% [${source}] %}`,
            },
          ]
        : [];
    }),
};
