import type { StateMachine } from '../../lib/asl/types';
import { graphOf, type StateGraph } from '../../lib/report/graph';
import { LINEAR, MAP_OF_PARALLEL, ORDER } from './machines';

function edgesOf(graph: StateGraph): string[] {
  const nameOf = new Map(graph.nodes.map((node) => [node.id, node.name]));
  return graph.edges.map(
    ({ from, to, kind, label }) =>
      `${nameOf.get(from) ?? from} ${kind} ${nameOf.get(to) ?? to}${label === '' ? '' : ` (${label})`}`,
  );
}

test('Next, End and Succeed', () => {
  expect(edgesOf(graphOf(LINEAR))).toEqual([
    'start start Collect',
    'Collect next Cool down',
    'Cool down next Summarize',
    'Summarize next Shape',
    'Shape next Sent',
    'Sent end end',
  ]);
});

test('Choice rules, Default and Catchers; Fail leads nowhere', () => {
  expect(edgesOf(graphOf(ORDER))).toEqual([
    'start start ValidateOrder',
    'ValidateOrder next CheckInventory',
    'ValidateOrder catch OrderRejected (ValidationError)',
    'ValidateOrder catch OrderFailed (States.ALL)',
    'CheckInventory next IsInStock',
    'CheckInventory catch OrderFailed (States.ALL)',
    'IsInStock choice ProcessPayment ($.inventory.quantity ≥ $.quantity)',
    'IsInStock default OutOfStock (Default)',
    'ProcessPayment next FulfillOrder',
    'ProcessPayment catch OrderRejected (Payment.Declined)',
    'ProcessPayment catch OrderFailed (States.ALL)',
    'FulfillOrder next OrderCompleted',
    'FulfillOrder catch RefundPayment (States.ALL)',
    'RefundPayment next OrderFailed',
    'OrderCompleted end end',
  ]);
});

test('branches and ItemProcessor are graphs of their own, named by JSON pointer', () => {
  const map = graphOf(MAP_OF_PARALLEL).nodes.find((node) => node.name === 'EachPicture');
  const parallel = map?.parts[0]?.nodes.find((node) => node.name === 'Sizes');

  expect(map?.parts.map((part) => part.pointer)).toEqual(['/States/EachPicture/ItemProcessor']);
  expect(parallel?.parts.map((part) => part.pointer)).toEqual([
    '/States/EachPicture/ItemProcessor/States/Sizes/Branches/0',
    '/States/EachPicture/ItemProcessor/States/Sizes/Branches/1',
  ]);
  expect(parallel?.parts.map(edgesOf)).toEqual([
    ['start start Small', 'Small end end'],
    ['start start Large', 'Large next Watermark', 'Watermark end end'],
  ]);
});

test('names that mean something elsewhere are just names', () => {
  const machine = JSON.parse(`{
    "StartAt": "__proto__",
    "States": {
      "__proto__": { "Type": "Pass", "Next": "start" },
      "start": { "Type": "Pass", "Next": "a/b~c" },
      "a/b~c": { "Type": "Pass", "End": true }
    }
  }`) as StateMachine;

  expect(edgesOf(graphOf(machine))).toEqual([
    'start start __proto__',
    '__proto__ next start',
    'start next a/b~c',
    'a/b~c end end',
  ]);
  expect(graphOf(machine).nodes.map((node) => node.id)).toEqual(['/States/__proto__', '/States/start', '/States/a~1b~0c']);
});

test.each<[string, StateMachine]>([
  ['/StartAt', { StartAt: 'Gone', States: { A: { Type: 'Succeed' } } }],
  ['/States/A/Next', { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'Gone' } } }],
  ['/States/A/Choices/0/Next', { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ Next: 'Gone' }] } } }],
  ['/States/A/Default', { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [], Default: 'Gone' } } }],
  [
    '/States/A/Catch/0/Next',
    { StartAt: 'A', States: { A: { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['E'], Next: 'Gone' }], End: true } } },
  ],
  [
    '/States/A/Branches/0/States/B/Next',
    {
      StartAt: 'A',
      States: { A: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'Gone' } } }], End: true } },
    },
  ],
])('a state that is not there is named with the place that asks for it: %s', (pointer, machine) => {
  expect(() => graphOf(machine)).toThrow(`${pointer} is "Gone", and there is no such state beside it. Point it to one of: `);
});
