import { lambda, type Json } from '../../../lib/testing';
import { evaluationFailed, Failed, type Run, twinPasses, type Twins, twinStates } from './twins';

const order = { order: { id: 'o-1', items: [{ sku: 'a', price: 5 }], note: null, paid: false }, vip: true };

const shop: Json = {
  'a b': 1,
  books: [
    { title: 'A', price: 5, tags: ['x', 'y'] },
    { title: 'B', price: 15, tags: [] },
    { title: 'C', price: 25 },
  ],
  one: [{ price: 30 }],
  matrix: [[1, 2], [3]],
  empty: [],
  none: null,
};

/** A path in Parameters. In JSONata a sequence of one is its item and a sequence of none is nothing: `[…]` makes an array of it. */
const path = (text: string, expression: string, value: Json): Twins =>
  twinPasses(text, { Parameters: { 'value.$': text } }, { Output: { value: `{% ${expression} %}` } }, [[shop, { value }]]);

const paths: readonly Twins[] = [
  path("$['a b']", '$states.input.`a b`', 1),
  path('$.books[0].title', '$states.input.books[0].title', 'A'),
  path('$.books[2]', '$states.input.books[2]', { title: 'C', price: 25 }),
  path('$.books[-1].title', '$states.input.books[-1].title', 'C'),
  path('$.books[0].tags', '$states.input.books[0].tags', ['x', 'y']),
  path('$.books[1].tags', '$states.input.books[1].tags', []),
  path('$.matrix[0][1]', '$states.input.matrix[0][1]', 2),
  path('$.matrix[1]', '$states.input.matrix[1]', [3]),
  path('$.one', '$states.input.one', [{ price: 30 }]),
  path('$.empty', '$states.input.empty', []),
  path('$.none', '$states.input.none', null),
  path('$.books[*].title', '[$states.input.books.title]', ['A', 'B', 'C']),
  path('$.one[*].price', '[$states.input.one.price]', [30]),
  path('$.empty[*].price', '[$states.input.empty.price]', []),
  path('$.books[0:2].title', '[$states.input.books[[0..1]].title]', ['A', 'B']),
  path('$.books[1:].price', '[$filter($states.input.books, function($b, $i) { $i >= 1 }).price]', [15, 25]),
  path('$.books[0,2].title', '[$states.input.books[[0, 2]].title]', ['A', 'C']),
  path('$.books[?(@.price < 20)].title', '[$states.input.books[price < 20].title]', ['A', 'B']),
  path('$.books[?(@.price > 20)].title', '[$states.input.books[price > 20].title]', ['C']),
  path('$.books[?(@.price > 99)].title', '[$states.input.books[price > 99].title]', []),
  path("$.books[?(@.title == 'B')].price", "[$states.input.books[title = 'B'].price]", [15]),
  path('$.books[?(@.tags)].title', '[$states.input.books[$exists(tags)].title]', ['A', 'B']),
  path('$.matrix[*][0]', '[$map($states.input.matrix, function($row) { $row[0] })]', [1, 3]),
  path('$..price', '[$states.input.**.price]', [5, 15, 25, 30]),
  path('$.books.length()', '$count($states.input.books)', 3),
];

const any: readonly Run[] = [order, {}, [1], [], 'text', 0, false, null].map((input) => [input, input]);

const states: readonly Twins[] = [
  twinPasses('a Pass that says nothing', {}, {}, any),
  twinStates('a Succeed that says nothing', { Type: 'Succeed' }, { Type: 'Succeed' }, any),
  twinPasses('$ everywhere', { InputPath: '$', ResultPath: '$', OutputPath: '$' }, { Output: '{% $states.input %}' }, any),

  twinPasses('InputPath', { InputPath: '$.order.items' }, { Output: '{% $states.input.order.items %}' }, [
    [order, order.order.items],
    [{ order: { items: [] } }, []],
    [{ order: { items: null } }, null],
    [{ order: { items: false } }, false],
    [{ order: {} }, evaluationFailed],
    [{}, evaluationFailed],
  ]),
  twinPasses('InputPath null', { InputPath: null }, { Output: {} }, [
    [order, {}],
    [7, {}],
  ]),
  twinStates(
    'InputPath and OutputPath of a Succeed',
    { Type: 'Succeed', InputPath: '$.order', OutputPath: '$.id' },
    { Type: 'Succeed', Output: '{% $states.input.order.id %}' },
    [
      [order, 'o-1'],
      [{ order: {} }, evaluationFailed],
    ],
  ),
  twinStates('OutputPath null of a Succeed', { Type: 'Succeed', OutputPath: null }, { Type: 'Succeed', Output: {} }, [
    [order, {}],
  ]),
  twinStates(
    'InputPath and OutputPath of a Wait',
    { Type: 'Wait', Seconds: 5, InputPath: '$.order', OutputPath: '$.id' },
    { Type: 'Wait', Seconds: 5, Output: '{% $states.input.order.id %}' },
    [[order, 'o-1', 5]],
  ),

  twinPasses(
    'Parameters: constants, paths at any depth, the whole input',
    {
      Parameters: {
        constant: ['$.order.id', { deep: true }],
        'id.$': '$.order.id',
        nested: { list: [{ 'first.$': '$.order.items[0].sku' }, 2], 'note.$': '$.order.note' },
        'whole.$': '$',
      },
    },
    {
      Output: {
        constant: ['$.order.id', { deep: true }],
        id: '{% $states.input.order.id %}',
        nested: { list: [{ first: '{% $states.input.order.items[0].sku %}' }, 2], note: '{% $states.input.order.note %}' },
        whole: '{% $states.input %}',
      },
    },
    [
      [
        order,
        {
          constant: ['$.order.id', { deep: true }],
          id: 'o-1',
          nested: { list: [{ first: 'a' }, 2], note: null },
          whole: order,
        },
      ],
      [{ order: { id: 'o-2', items: [] } }, evaluationFailed],
    ],
  ),
  twinPasses(
    'Parameters read what InputPath has selected',
    { InputPath: '$.order', Parameters: { 'id.$': '$.id', 'item.$': '$.items[0]' } },
    { Output: { id: '{% $states.input.order.id %}', item: '{% $states.input.order.items[0] %}' } },
    [[order, { id: 'o-1', item: { sku: 'a', price: 5 } }]],
  ),
  twinPasses('Parameters without a path', { Parameters: { a: [1, null] } }, { Output: { a: [1, null] } }, [
    [order, { a: [1, null] }],
  ]),

  twinPasses('Result', { Result: { total: 0, list: [[]] } }, { Output: { total: 0, list: [[]] } }, [
    [order, { total: 0, list: [[]] }],
  ]),
  twinPasses('Result false', { Result: false }, { Output: false }, [[order, false]]),
  twinPasses('Result that looks like a path', { Result: '$.order' }, { Output: '$.order' }, [[order, '$.order']]),
  twinPasses('Result that looks like an expression', { Result: '{% 1 %}' }, { Output: "{% '{' & '% 1 %' & '}' %}" }, [
    [order, '{% 1 %}'],
  ]),

  twinPasses('ResultPath $', { Result: 1, ResultPath: '$' }, { Output: 1 }, [[order, 1]]),
  twinPasses('ResultPath null', { Result: 1, ResultPath: null }, { Output: '{% $states.input %}' }, any),
  twinPasses(
    'ResultPath beside the input',
    { Result: [1], ResultPath: '$.result' },
    { Output: "{% $merge([$states.input, { 'result': [1] }]) %}" },
    [
      [{ a: 1 }, { a: 1, result: [1] }],
      [{}, { result: [1] }],
      [{ result: { old: true } }, { result: [1] }],
    ],
  ),
  twinPasses(
    'ResultPath in the depth, made where it is not there',
    { Result: 1, ResultPath: '$.a.b.c' },
    {
      Output:
        "{% $merge([$states.input, { 'a': $merge([$states.input.a, { 'b': $merge([$states.input.a.b, { 'c': 1 }]) }]) }]) %}",
    },
    [
      [{}, { a: { b: { c: 1 } } }],
      [{ a: { x: 0 } }, { a: { x: 0, b: { c: 1 } } }],
      [
        { a: { b: { c: 0, d: [] } }, z: [] },
        { a: { b: { c: 1, d: [] } }, z: [] },
      ],
    ],
  ),
  twinPasses(
    'ResultPath with a name that needs quotes',
    { Result: 1, ResultPath: "$['a b']" },
    { Output: "{% $merge([$states.input, { 'a b': 1 }]) %}" },
    [[{ x: 0 }, { x: 0, 'a b': 1 }]],
  ),
  twinPasses(
    'ResultPath on an input that is no object',
    { Result: 1, ResultPath: '$.result' },
    { Output: "{% $merge([$states.input, { 'result': 1 }]) %}" },
    [['text', new Failed('States.ResultPathMatchFailure', 'States.QueryEvaluationError')]],
  ),
  twinPasses(
    'ResultPath puts the effective input into the raw one',
    { InputPath: '$.order', Parameters: { 'id.$': '$.id' }, ResultPath: '$.order' },
    { Output: "{% $merge([$states.input, { 'order': { 'id': $states.input.order.id } }]) %}" },
    [[order, { order: { id: 'o-1' }, vip: true }]],
  ),

  twinPasses('OutputPath', { OutputPath: '$.order.items' }, { Output: '{% $states.input.order.items %}' }, [
    [order, order.order.items],
    [{}, evaluationFailed],
  ]),
  twinPasses('OutputPath null', { OutputPath: null }, { Output: {} }, [[order, {}]]),
  twinPasses(
    'OutputPath into the result',
    { Result: { a: { b: 1 } }, ResultPath: '$.r', OutputPath: '$.r.a' },
    { Output: { b: 1 } },
    [[{ r: 0 }, { b: 1 }]],
  ),
  twinPasses(
    'OutputPath with several results',
    { OutputPath: '$.books[*].price' },
    { Output: '{% [$states.input.books.price] %}' },
    [[shop, [5, 15, 25]]],
  ),

  twinStates(
    'all five fields of a Task',
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      InputPath: '$.order',
      Parameters: { FunctionName: 'price', Payload: { 'order.$': '$.id', 'items.$': '$.items[*].sku' } },
      ResultSelector: { 'total.$': '$.Payload.total', 'status.$': '$.StatusCode', currency: 'EUR' },
      ResultPath: '$.order.price',
      OutputPath: '$.order',
    },
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: {
        FunctionName: 'price',
        Payload: { order: '{% $states.input.order.id %}', items: '{% [$states.input.order.items.sku] %}' },
      },
      Output:
        "{% $merge([$states.input.order, { 'price': { 'total': $states.result.Payload.total, 'status': $states.result.StatusCode, 'currency': 'EUR' } }]) %}",
    },
    [
      [order, { ...order.order, price: { total: 7, status: 200, currency: 'EUR' } }],
      [{ order: { id: 'o-2', items: [] } }, { id: 'o-2', items: [], price: { total: 7, status: 200, currency: 'EUR' } }],
      [{ order: { items: [] } }, evaluationFailed],
    ],
    () => [lambda('price', { total: 7 })],
  ),
  twinStates(
    'ResultSelector with the whole result, the Context Object and an intrinsic function',
    {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:price',
      ResultSelector: { 'all.$': '$', 'state.$': '$$.State.Name', 'text.$': "States.Format('{} EUR', $.total)" },
    },
    {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:price',
      Output: {
        all: '{% $states.result %}',
        state: '{% $states.context.State.Name %}',
        text: "{% $states.result.total & ' EUR' %}",
      },
    },
    [[order, { all: { total: 7 }, state: 'Only', text: '7 EUR' }]],
    () => [lambda('price', { total: 7 })],
  ),
  twinStates(
    'a Task whose result is not wanted',
    { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:log', InputPath: '$.vip', ResultPath: null },
    {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:log',
      Arguments: '{% $states.input.vip %}',
      Output: '{% $states.input %}',
    },
    [[order, order]],
    () => [lambda('log', { logged: true })],
  ),
  twinStates(
    'a result that has not what is selected',
    {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:price',
      ResultSelector: { 'total.$': '$.total' },
    },
    {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:price',
      Output: { total: '{% $states.result.total %}' },
    },
    [[order, evaluationFailed]],
    () => [lambda('price', {})],
  ),
];

export const dataFlow: readonly Twins[] = [...paths, ...states];
