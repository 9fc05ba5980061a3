import { invoke, workflow } from './example';
import { itemsOf } from './map-items';
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
      const items = itemsOf(node, flow);
      if (items === undefined) return [];
      const { shape, at, source } = items;
      const isOpenInput = source === undefined && shape.kind === 'object' && shape.isOpen;
      const isWrong =
        shape.kind === 'scalar' || (shape.kind === 'object' && node.inside[0]?.kind === 'iteration' && !isOpenInput);
      return isWrong
        ? [
            {
              at,
              message: `The items of "${node.name}" are ${shape.kind === 'scalar' ? `a ${shape.type}` : 'an object'}`,
              hint: 'name the array with ItemsPath (JSONata: Items)',
            },
          ]
        : [];
    }),
};
