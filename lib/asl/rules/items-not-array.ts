import { memberOf } from '../position';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const each = (path: string) =>
  workflow({
    List: { Type: 'Pass', Result: { orders: [{ id: 'o-1' }], count: 1 }, Next: 'Each' },
    Each: { Type: 'Map', ItemsPath: path, ItemProcessor: workflow({ Ship: { ...invoke('ship'), End: true } }), End: true },
  });

export const rule: Rule = {
  id: 'items-not-array',
  summary: 'The items of a Map are no array',
  why: 'An inline Map fails with States.Runtime: Reference path must point to array. (A Distributed Map takes an object as well.)',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html',
  failing: { definition: each('$.count') },
  corrected: { definition: each('$.orders') },
  check: ({ nodes, flow }) =>
    nodes.flatMap((node) => {
      const { state, inside, source, language } = node;
      if (state.Type !== 'Map' || source['ItemReader'] !== undefined) return [];
      const field = language === 'JSONata' ? 'Items' : 'ItemsPath';
      const at = memberOf(node.position, field);
      const isWhole = source[field] === undefined;
      const shape =
        isWhole && source['InputPath'] === undefined
          ? flow.entries.get(node)?.input
          : flow.readings.find(({ position }) => position.pointer === at.pointer)?.shape;
      const isWrong =
        shape?.kind === 'scalar' || (shape?.kind === 'object' && inside[0]?.kind === 'iteration' && (!shape.isOpen || !isWhole));
      return isWrong
        ? [
            {
              at: isWhole ? node.position : at,
              message: `The items of "${node.name}" are ${shape.kind === 'scalar' ? `a ${shape.type}` : 'an object'}`,
              hint: 'name the array with ItemsPath (JSONata: Items)',
            },
          ]
        : [];
    }),
};
