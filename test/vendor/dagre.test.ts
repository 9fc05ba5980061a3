import { loadDagre } from '../../lib/vendor/dagre';

test('lays a small graph out from top to bottom', () => {
  const dagre = loadDagre();
  const graph = new dagre.graphlib.Graph().setGraph({}).setDefaultEdgeLabel(() => ({}));
  graph.setNode('a', { width: 100, height: 40 });
  graph.setNode('b', { width: 100, height: 40 });
  graph.setEdge('a', 'b');

  dagre.layout(graph);

  expect(graph.node('a')).toMatchObject({ x: 50, y: 20 });
  expect(graph.node('b')).toMatchObject({ x: 50, y: 110 });
});
