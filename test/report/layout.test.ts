import type { State, StateMachine } from '../../lib/asl/types';
import { graphOf } from '../../lib/report/graph';
import { layoutOf, type Area, type Layout, type Measures } from '../../lib/report/layout';
import { LINEAR, MAP_OF_PARALLEL, ORDER, THIRTY } from './machines';

const MEASURES: Measures = {
  sizeOfState: (node) => ({ width: 80 + 5 * node.name.length, height: 40 }),
  sizeOfHead: () => ({ width: 150, height: 30 }),
  sizeOfLabel: (texts) => ({ width: Math.max(...texts.map((text) => text.length)) * 6, height: texts.length * 12 }),
  sizeOfEnd: { width: 50, height: 20 },
  mustDraw: () => false,
};

const layout = (machine: StateMachine): Layout => layoutOf(graphOf(machine), MEASURES);

function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function levelsOf(level: Layout): Layout[] {
  return [level, ...level.boxes.flatMap((box) => box.parts.flatMap((part) => levelsOf(part.layout)))];
}

function throughBoxes(level: Layout): string[] {
  const inset = (box: Area): Area => ({ x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 });
  return level.lines.flatMap(({ points, edges, loop }) =>
    points.slice(1).flatMap((to, index) => {
      const from = points[index] ?? to;
      const piece = {
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(from.x - to.x),
        height: Math.abs(from.y - to.y),
      };
      const hit = level.boxes.find((box) => !loop && overlap(piece, inset(box)));
      return hit === undefined ? [] : [`${edges[0]?.from} to ${edges[0]?.to} through ${hit.node.name}`];
    }),
  );
}

const POLLING: StateMachine = {
  StartAt: 'Submit',
  States: {
    Submit: { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['Busy'], Next: 'Submit' }], Next: 'Wait' },
    Wait: { Type: 'Wait', Seconds: 5, Next: 'Status' },
    Status: { Type: 'Task', Resource: 'r', Next: 'Done?' },
    'Done?': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.s', StringEquals: 'OK', Next: 'Yes' },
        { Variable: '$.s', StringEquals: 'FINE', Next: 'Yes' },
      ],
      Default: 'Wait',
    },
    Yes: { Type: 'Succeed' },
  },
};

describe.each<[string, StateMachine]>([
  ['a line', LINEAR],
  ['the order workflow', ORDER],
  ['a Map with a Parallel', MAP_OF_PARALLEL],
  ['thirty states', THIRTY],
  ['loops', POLLING],
])('%s', (_, machine) => {
  const levels = levelsOf(layout(machine));

  test('boxes, labels and ends do not overlap', () => {
    for (const level of levels) {
      const things: Area[] = [...level.boxes, ...level.ends, ...level.lines.flatMap(({ label }) => label ?? [])];
      const pairs = things.flatMap((a, index) => things.slice(index + 1).map((b) => [a, b] as const));
      expect(pairs.filter(([a, b]) => overlap(a, b))).toEqual([]);
    }
  });

  test('everything lies within the level', () => {
    for (const level of levels) {
      for (const thing of [...level.boxes, ...level.ends, ...level.lines.flatMap((line) => line.points)]) {
        const { x, y, width = 0, height = 0 } = thing as Partial<Area> & { x: number; y: number };
        expect([x >= 0, y >= 0, x + width <= level.width + 1e-6, y + height <= level.height + 1e-6]).toEqual([
          true,
          true,
          true,
          true,
        ]);
      }
    }
  });

  test('lines run up, down or across, and past boxes', () => {
    for (const level of levels) {
      for (const { points, loop } of level.lines) {
        const askew = points.slice(1).filter((to, index) => to.x !== points[index]?.x && to.y !== points[index]?.y);
        if (!loop) expect(askew).toEqual([]);
      }
      expect(throughBoxes(level)).toEqual([]);
    }
  });
});

test('the longest way runs straight down', () => {
  const { boxes, ends } = layout(ORDER);
  const way = ['ValidateOrder', 'CheckInventory', 'IsInStock', 'ProcessPayment', 'FulfillOrder', 'OrderCompleted'];
  const centres = [...boxes.filter((box) => way.includes(box.node.name)), ...ends].map((area) =>
    Math.round(area.x + area.width / 2),
  );

  expect(new Set(centres).size).toBe(1);
});

test('several rules to one state are one line with their labels', () => {
  const line = layout(POLLING).lines.find(({ edges }) => edges.length > 1);

  expect(line?.label?.texts).toEqual(['$.s = "OK"', '$.s = "FINE"']);
});

function withHandler(count: number): StateMachine {
  const states: Record<string, State> = { Handle: { Type: 'Fail' } };
  for (let index = 0; index < count; index++) {
    const onward = index === count - 1 ? { End: true } : { Next: `S${index + 1}` };
    states[`S${index}`] = { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handle' }], ...onward };
  }
  return { StartAt: 'S0', States: states };
}

test('up to eight Catchers of one handler have lines; of more only the last, and the boxes say where the others lead', () => {
  const catchLines = (count: number) => layout(withHandler(count)).lines.filter(({ edges }) => edges[0]?.kind === 'catch');

  expect(catchLines(8)).toHaveLength(8);
  expect(catchLines(9).map(({ edges }) => edges[0]?.from)).toEqual(['/States/S8']);
  const unlined = layout(withHandler(9)).boxes.map(({ node, unlined: targets }) => [
    node.name,
    targets.map((target) => target.name),
  ]);
  expect(unlined.slice(0, 2)).toEqual([
    ['Handle', []],
    ['S0', ['Handle']],
  ]);
});

test('a line that must be drawn is drawn among many', () => {
  const graph = graphOf(withHandler(9));
  const { lines } = layoutOf(graph, { ...MEASURES, mustDraw: (edge) => edge.from === '/States/S3' });

  expect(lines.filter(({ edges }) => edges[0]?.kind === 'catch').map(({ edges }) => edges[0]?.from)).toEqual([
    '/States/S3',
    '/States/S8',
  ]);
});
