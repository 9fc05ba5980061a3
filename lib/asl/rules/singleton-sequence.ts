import { isJsonata, jsonataSource } from '../../expressions/jsonata/jsonata-template';
import { workflow } from './example';
import { itemsOf } from './map-items';
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
  summary: 'The items of a Map are what a filter or a function of JSONata finds: no array where that is one item or none',
  why: 'JSONata unwraps a sequence of one: Map fails with States.QueryEvaluationError, or goes through the fields of the one item; where nothing matches the result is undefined.',
  source: 'https://docs.jsonata.org/processing#sequences · https://github.com/jsonata-js/jsonata/issues/708',
  failing: { definition: each('{% $states.input.orders[total > 100] %}') },
  corrected: { definition: each('{% [$states.input.orders[total > 100]] %}') },
  check: ({ nodes, flow }) =>
    nodes.flatMap((node) => {
      const items = itemsOf(node, flow);
      if (items === undefined || items.shape.kind !== 'unknown' || items.shape.isSequence !== true) return [];
      const { source, at } = items;
      const isPath = isJsonata(source) && /^\$[\w.$]+$/.test(jsonataSource(source));
      return [
        {
          at,
          message: 'Where one item is found, this gives the item and not an array of it',
          hint:
            isPath || !isJsonata(source)
              ? 'make an array of it where it is found: {% [ … ] %}'
              : `write {% [${jsonataSource(source)}] %}`,
        },
      ];
    }),
};
