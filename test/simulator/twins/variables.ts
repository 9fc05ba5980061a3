import { fails, lambda } from '../../../lib/testing';
import { evaluationFailed, type Definition, type Twins } from './twins';

const row = (...states: readonly (readonly [name: string, state: object])[]): Definition => ({
  StartAt: (states[0] as readonly [string, object])[0],
  States: Object.fromEntries(
    states.map(([name, state], index) => {
      const next = states[index + 1];
      return [name, { ...state, ...(next === undefined ? { End: true } : { Next: next[0] }) }];
    }),
  ),
});

const input = { order: { id: 'o-1', total: 900 }, items: ['a', 'b'] };
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:work';
const INVOKE = 'arn:aws:states:::lambda:invoke';

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const variables: readonly Twins[] = [
  {
    name: 'constants, paths, the Context Object and functions',
    jsonPath: row(
      [
        'Keep',
        {
          Type: 'Pass',
          Assign: {
            constant: [1, { a: null }],
            'order.$': '$.order',
            nested: { 'id.$': '$.order.id' },
            'state.$': '$$.State.Name',
            'more.$': 'States.MathAdd($.order.total, 1)',
          },
        },
      ],
      ['Drop', { Type: 'Pass', Result: {} }],
      [
        'Show',
        {
          Type: 'Pass',
          Parameters: {
            'constant.$': '$constant',
            'id.$': '$order.id',
            'nested.$': '$nested',
            'text.$': "States.Format('{} {}', $state, $more)",
          },
        },
      ],
    ),
    jsonata: row(
      [
        'Keep',
        {
          Type: 'Pass',
          Assign: {
            constant: [1, { a: null }],
            order: '{% $states.input.order %}',
            nested: { id: '{% $states.input.order.id %}' },
            state: '{% $states.context.State.Name %}',
            more: '{% $states.input.order.total + 1 %}',
          },
        },
      ],
      ['Drop', { Type: 'Pass', Output: {} }],
      [
        'Show',
        {
          Type: 'Pass',
          Output: {
            constant: '{% $constant %}',
            id: '{% $order.id %}',
            nested: '{% $nested %}',
            text: "{% $state & ' ' & $more %}",
          },
        },
      ],
    ),
    runs: [
      [input, { constant: [1, { a: null }], id: 'o-1', nested: { id: 'o-1' }, text: 'Keep 901' }],
      [{}, evaluationFailed],
    ],
  },
  {
    name: 'all right-hand sides see what was there before: a swap',
    jsonPath: row(
      ['Keep', { Type: 'Pass', Assign: { a: 1, b: 2 } }],
      [
        'Swap',
        {
          Type: 'Pass',
          Assign: { 'a.$': '$b', 'b.$': '$a' },
          Parameters: { 'before.$': 'States.Array($a, $b)' },
          ResultPath: '$.swap',
        },
      ],
      ['Show', { Type: 'Pass', Parameters: { 'before.$': '$.swap.before', 'after.$': 'States.Array($a, $b)' } }],
    ),
    jsonata: row(
      ['Keep', { Type: 'Pass', Assign: { a: 1, b: 2 } }],
      [
        'Swap',
        {
          Type: 'Pass',
          Assign: { a: '{% $b %}', b: '{% $a %}' },
          Output: "{% $merge([$states.input, { 'swap': { 'before': [$a, $b] } }]) %}",
        },
      ],
      ['Show', { Type: 'Pass', Output: { before: '{% $states.input.swap.before %}', after: '{% [$a, $b] %}' } }],
    ),
    runs: [[input, { before: [1, 2], after: [2, 1] }]],
  },
  {
    name: 'the result of a Task, before ResultSelector',
    jsonPath: row(
      [
        'Work',
        {
          Type: 'Task',
          Resource: INVOKE,
          Parameters: { FunctionName: 'work' },
          ResultSelector: { 'p.$': '$.Payload' },
          ResultPath: '$.r',
          Assign: { 'total.$': '$.Payload.total', 'code.$': '$.StatusCode' },
        },
      ],
      ['Show', { Type: 'Pass', Parameters: { 'total.$': '$total', 'code.$': '$code', 'r.$': '$.r' } }],
    ),
    jsonata: row(
      [
        'Work',
        {
          Type: 'Task',
          Resource: INVOKE,
          Arguments: { FunctionName: 'work' },
          Output: "{% $merge([$states.input, { 'r': { 'p': $states.result.Payload } }]) %}",
          Assign: { total: '{% $states.result.Payload.total %}', code: '{% $states.result.StatusCode %}' },
        },
      ],
      ['Show', { Type: 'Pass', Output: { total: '{% $total %}', code: '{% $code %}', r: '{% $states.input.r %}' } }],
    ),
    runs: [[input, { total: 7, code: 200, r: { p: { total: 7 } } }]],
    fakes: () => [lambda('work', { total: 7 })],
  },
  {
    name: 'what Parameters of a Pass have made',
    jsonPath: row(
      ['Keep', { Type: 'Pass', InputPath: '$.order', Parameters: { 'is.$': '$.id' }, Assign: { 'all.$': '$', 'id.$': '$.is' } }],
      ['Show', { Type: 'Pass', Parameters: { 'all.$': '$all', 'id.$': '$id' } }],
    ),
    jsonata: row(
      [
        'Keep',
        {
          Type: 'Pass',
          Output: { is: '{% $states.input.order.id %}' },
          Assign: { all: { is: '{% $states.input.order.id %}' }, id: '{% $states.input.order.id %}' },
        },
      ],
      ['Show', { Type: 'Pass', Output: { all: '{% $all %}', id: '{% $id %}' } }],
    ),
    runs: [[input, { all: { is: 'o-1' }, id: 'o-1' }]],
  },
  {
    name: 'the rule of a Choice that holds assigns its own, Default those of the state',
    jsonPath: {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Choice',
          Choices: [
            {
              Variable: '$.order.total',
              NumericGreaterThan: 500,
              Assign: { 'size.$': "States.Format('big: {}', $.order.total)" },
              Next: 'Show',
            },
          ],
          Assign: { size: 'small', 'id.$': '$.order.id' },
          Default: 'Other',
        },
        Show: { Type: 'Pass', Parameters: { 'size.$': '$size' }, End: true },
        Other: { Type: 'Pass', Parameters: { 'size.$': '$size', 'id.$': '$id' }, End: true },
      },
    },
    jsonata: {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Choice',
          Choices: [
            {
              Condition: '{% $states.input.order.total > 500 %}',
              Assign: { size: "{% 'big: ' & $states.input.order.total %}" },
              Next: 'Show',
            },
          ],
          Assign: { size: 'small', id: '{% $states.input.order.id %}' },
          Default: 'Other',
        },
        Show: { Type: 'Pass', Output: { size: '{% $size %}' }, End: true },
        Other: { Type: 'Pass', Output: { size: '{% $size %}', id: '{% $id %}' }, End: true },
      },
    },
    runs: [
      [input, { size: 'big: 900' }],
      [{ order: { id: 'o-2', total: 5 } }, { size: 'small', id: 'o-2' }],
    ],
  },
  {
    name: 'a Wait assigns, and waits for a variable',
    jsonPath: row(
      ['First', { Type: 'Wait', SecondsPath: '$.n', Assign: { 'n.$': '$.n', 'at.$': '$$.State.EnteredTime' } }],
      ['Second', { Type: 'Wait', SecondsPath: '$n' }],
      ['Show', { Type: 'Pass', Parameters: { 'n.$': '$n', 'at.$': '$at' } }],
    ),
    jsonata: row(
      [
        'First',
        {
          Type: 'Wait',
          Seconds: '{% $states.input.n %}',
          Assign: { n: '{% $states.input.n %}', at: '{% $states.context.State.EnteredTime %}' },
        },
      ],
      ['Second', { Type: 'Wait', Seconds: '{% $n %}' }],
      ['Show', { Type: 'Pass', Output: { n: '{% $n %}', at: '{% $at %}' } }],
    ),
    runs: [[{ n: 5 }, { n: 5, at: '2029-12-31T23:00:00.000Z' }, 10]],
  },
  {
    name: 'a variable as InputPath, OutputPath, ItemsPath and in a Choice Rule',
    jsonPath: {
      StartAt: 'Keep',
      States: {
        Keep: { Type: 'Pass', Assign: { 'order.$': '$.order', 'items.$': '$.items', limit: 500 }, OutputPath: null, Next: 'Ask' },
        Ask: {
          Type: 'Choice',
          Choices: [{ Variable: '$order.total', NumericGreaterThanPath: '$limit', Next: 'Each' }],
          Default: 'Pass',
        },
        Each: {
          Type: 'Map',
          ItemsPath: '$items',
          ItemProcessor: row(['Item', { Type: 'Pass', Parameters: { 'item.$': '$', 'of.$': '$order.id' } }]),
          Next: 'Done',
        },
        Pass: { Type: 'Pass', InputPath: '$order', ResultPath: '$', End: true },
        Done: { Type: 'Succeed' },
      },
    },
    jsonata: {
      StartAt: 'Keep',
      States: {
        Keep: {
          Type: 'Pass',
          Assign: { order: '{% $states.input.order %}', items: '{% $states.input.items %}', limit: 500 },
          Output: {},
          Next: 'Ask',
        },
        Ask: { Type: 'Choice', Choices: [{ Condition: '{% $order.total > $limit %}', Next: 'Each' }], Default: 'Pass' },
        Each: {
          Type: 'Map',
          Items: '{% $items %}',
          ItemProcessor: row(['Item', { Type: 'Pass', Output: { item: '{% $states.input %}', of: '{% $order.id %}' } }]),
          Next: 'Done',
        },
        Pass: { Type: 'Pass', Output: '{% $order %}', End: true },
        Done: { Type: 'Succeed' },
      },
    },
    runs: [
      [
        input,
        [
          { item: 'a', of: 'o-1' },
          { item: 'b', of: 'o-1' },
        ],
      ],
      [
        { ...input, order: { id: 'o-2', total: 5 } },
        { id: 'o-2', total: 5 },
      ],
    ],
  },
  {
    name: 'branches have variables of their own, and see those around them',
    jsonPath: row(
      ['Keep', { Type: 'Pass', Assign: { outer: 'around' } }],
      [
        'Both',
        {
          Type: 'Parallel',
          Branches: ['Left', 'Right'].map((name) =>
            row(
              [name, { Type: 'Pass', Assign: { inner: name } }],
              [
                `Show${name}`,
                { Type: 'Pass', Parameters: { 'text.$': "States.Format('{} {}', $inner, $outer)" }, OutputPath: '$.text' },
              ],
            ),
          ),
          Assign: { 'second.$': '$[1]' },
        },
      ],
      ['Show', { Type: 'Pass', Parameters: { 'both.$': '$', 'second.$': '$second' } }],
    ),
    jsonata: row(
      ['Keep', { Type: 'Pass', Assign: { outer: 'around' } }],
      [
        'Both',
        {
          Type: 'Parallel',
          Branches: ['Left', 'Right'].map((name) =>
            row(
              [name, { Type: 'Pass', Assign: { inner: name } }],
              [`Show${name}`, { Type: 'Pass', Output: "{% $inner & ' ' & $outer %}" }],
            ),
          ),
          Assign: { second: '{% $states.result[1] %}' },
        },
      ],
      ['Show', { Type: 'Pass', Output: { both: '{% $states.input %}', second: '{% $second %}' } }],
    ),
    runs: [[input, { both: ['Left around', 'Right around'], second: 'Right around' }]],
  },
  {
    name: 'a Map assigns out of its result, an iteration for itself',
    jsonPath: row(
      [
        'Each',
        {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemProcessor: row(
            ['Item', { Type: 'Pass', Assign: { 'item.$': '$' } }],
            ['Again', { Type: 'Pass', Parameters: { 'item.$': '$item' } }],
          ),
          Assign: { 'first.$': '$[0].item', 'count.$': 'States.ArrayLength($)' },
          ResultPath: null,
        },
      ],
      ['Show', { Type: 'Pass', Parameters: { 'first.$': '$first', 'count.$': '$count' } }],
    ),
    jsonata: row(
      [
        'Each',
        {
          Type: 'Map',
          Items: '{% $states.input.items %}',
          ItemProcessor: row(
            ['Item', { Type: 'Pass', Assign: { item: '{% $states.input %}' } }],
            ['Again', { Type: 'Pass', Output: { item: '{% $item %}' } }],
          ),
          Assign: { first: '{% $states.result[0].item %}', count: '{% $count($states.result) %}' },
          Output: '{% $states.input %}',
        },
      ],
      ['Show', { Type: 'Pass', Output: { first: '{% $first %}', count: '{% $count %}' } }],
    ),
    runs: [[input, { first: 'a', count: 2 }]],
  },
  {
    name: 'a Catcher assigns its own, not those of the state',
    jsonPath: {
      StartAt: 'Keep',
      States: {
        Keep: { Type: 'Pass', Assign: { result: 'none' }, Next: 'Work' },
        Work: {
          Type: 'Task',
          Resource: FUNCTION,
          Assign: { 'result.$': '$.total' },
          Catch: [{ ErrorEquals: ['Busy'], Assign: { 'error.$': '$.Error' }, ResultPath: null, Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', Parameters: { 'error.$': '$error', 'result.$': '$result', 'id.$': '$.order.id' }, End: true },
      },
    },
    jsonata: {
      StartAt: 'Keep',
      States: {
        Keep: { Type: 'Pass', Assign: { result: 'none' }, Next: 'Work' },
        Work: {
          Type: 'Task',
          Resource: FUNCTION,
          Assign: { result: '{% $states.result.total %}' },
          Catch: [
            {
              ErrorEquals: ['Busy'],
              Assign: { error: '{% $states.errorOutput.Error %}' },
              Output: '{% $states.input %}',
              Next: 'Caught',
            },
          ],
          End: true,
        },
        Caught: {
          Type: 'Pass',
          Output: { error: '{% $error %}', result: '{% $result %}', id: '{% $states.input.order.id %}' },
          End: true,
        },
      },
    },
    runs: [[input, { error: 'Busy', result: 'none', id: 'o-1' }]],
    fakes: () => [lambda('work', fails('Busy'))],
  },
];
