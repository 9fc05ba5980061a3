import { fails, type Json, lambda, takes } from '../../../lib/testing';
import { type Definition, evaluationFailed, failed, type Run, type Twins, twinStates } from './twins';

const cart = {
  orderId: 'o-1',
  limits: { atOnce: 2 },
  items: [
    { sku: 'a', price: 5 },
    { sku: 'b', price: 15 },
    { sku: 'c', price: 25 },
  ],
};

const states = (first: object): Definition => ({ StartAt: 'Inner', States: { Inner: { End: true, ...first } } });
const inner = { ItemProcessor: states({ Type: 'Pass' }) };

const map = (name: string, jsonPath: object, jsonata: object, runs: readonly Run[], fakes?: Twins['fakes']): Twins =>
  twinStates(name, { Type: 'Map', ...inner, ...jsonPath }, { Type: 'Map', ...inner, ...jsonata }, runs, fakes);

const WORK = 'arn:aws:lambda:us-east-1:123456789012:function:work';
const work = { ItemProcessor: states({ Type: 'Task', Resource: WORK }) };

const maps: readonly Twins[] = [
  map('the input is the array', {}, {}, [
    [
      [1, [2], null],
      [1, [2], null],
    ],
    [[], []],
    [['one'], ['one']],
    [{}, evaluationFailed],
  ]),
  map('ItemsPath', { ItemsPath: '$.items' }, { Items: '{% $states.input.items %}' }, [
    [cart, cart.items],
    [{ items: [1] }, [1]],
    [{ items: [] }, []],
    [{ items: 'a' }, evaluationFailed],
    [{ items: null }, evaluationFailed],
    [{}, evaluationFailed],
  ]),
  map(
    'the items that a filter lets through',
    { InputPath: '$.items[?(@.price > 10)]' },
    { Items: '{% [$states.input.items[price > 10]] %}' },
    [
      [cart, cart.items.slice(1)],
      [{ items: [{ price: 11 }] }, [{ price: 11 }]],
      [{ items: [{ price: 9 }] }, []],
    ],
  ),
  map(
    'ItemsPath into the Context Object',
    { ItemsPath: '$$.Execution.Input.items' },
    { Items: '{% $states.context.Execution.Input.items %}' },
    [[cart, cart.items]],
  ),
  map(
    'ItemsPath reads what InputPath has selected',
    { InputPath: '$.cart', ItemsPath: '$.items' },
    { Items: '{% $states.input.cart.items %}' },
    [[{ cart }, cart.items]],
  ),
  map(
    'ItemSelector: item, index, and the input around them',
    {
      ItemsPath: '$.items',
      ItemSelector: {
        'order.$': '$.orderId',
        'index.$': '$$.Map.Item.Index',
        'sku.$': '$$.Map.Item.Value.sku',
        currency: 'EUR',
        'all.$': '$$.Map.Item',
      },
    },
    {
      Items: '{% $states.input.items %}',
      ItemSelector: {
        order: '{% $states.input.orderId %}',
        index: '{% $states.context.Map.Item.Index %}',
        sku: '{% $states.context.Map.Item.Value.sku %}',
        currency: 'EUR',
        all: '{% $states.context.Map.Item %}',
      },
    },
    [
      [
        cart,
        cart.items.map((Value, Index) => ({
          order: 'o-1',
          index: Index,
          sku: Value.sku,
          currency: 'EUR',
          all: { Index, Value },
        })),
      ],
      [{ items: [{}], orderId: 'o-1' }, evaluationFailed],
    ],
  ),
  map(
    'ItemSelector reads what InputPath has selected',
    { InputPath: '$.cart', ItemsPath: '$.items', ItemSelector: { 'order.$': '$.orderId' } },
    { Items: '{% $states.input.cart.items %}', ItemSelector: { order: '{% $states.input.cart.orderId %}' } },
    [[{ cart }, cart.items.map(() => ({ order: 'o-1' }))]],
  ),
  twinStates(
    'the deprecated Parameters and Iterator',
    {
      Type: 'Map',
      Iterator: states({ Type: 'Pass' }),
      ItemsPath: '$.items',
      Parameters: { 'sku.$': '$$.Map.Item.Value.sku', 'order.$': '$.orderId' },
    },
    {
      Type: 'Map',
      ...inner,
      Items: '{% $states.input.items %}',
      ItemSelector: { sku: '{% $states.context.Map.Item.Value.sku %}', order: '{% $states.input.orderId %}' },
    },
    [[cart, cart.items.map(({ sku }) => ({ sku, order: 'o-1' }))]],
  ),
  map(
    'ResultSelector, ResultPath and OutputPath',
    {
      ItemsPath: '$.items',
      ResultSelector: { 'skus.$': '$[*].sku', 'count.$': 'States.ArrayLength($)' },
      ResultPath: '$.result',
      OutputPath: '$.result',
    },
    {
      Items: '{% $states.input.items %}',
      Output: { skus: '{% [$states.result.sku] %}', count: '{% $count($states.result) %}' },
    },
    [
      [cart, { skus: ['a', 'b', 'c'], count: 3 }],
      [{ items: [{ sku: 'a' }] }, { skus: ['a'], count: 1 }],
    ],
  ),
  map(
    'a result that is not wanted',
    { ItemsPath: '$.items', ResultPath: null },
    { Items: '{% $states.input.items %}', Output: '{% $states.input %}' },
    [[cart, cart]],
  ),
  map(
    'the state of an iteration has its own index',
    {
      ItemsPath: '$.items',
      ItemProcessor: states({ Type: 'Pass', Parameters: { 'at.$': '$$.Map.Item.Index', 'sku.$': '$.sku' } }),
    },
    {
      Items: '{% $states.input.items %}',
      ItemProcessor: states({
        Type: 'Pass',
        Output: { at: '{% $states.context.Map.Item.Index %}', sku: '{% $states.input.sku %}' },
      }),
    },
    [[cart, cart.items.map(({ sku }, at) => ({ at, sku }))]],
  ),
  map(
    'a Map in a Map',
    {
      ItemProcessor: {
        StartAt: 'Row',
        States: {
          Row: {
            Type: 'Map',
            ItemProcessor: states({ Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($, 1)' }, OutputPath: '$.n' }),
            End: true,
          },
        },
      },
    },
    {
      ItemProcessor: {
        StartAt: 'Row',
        States: { Row: { Type: 'Map', ItemProcessor: states({ Type: 'Pass', Output: '{% $states.input + 1 %}' }), End: true } },
      },
    },
    [
      [
        [[1, 2], [], [3]],
        [[2, 3], [], [4]],
      ],
    ],
  ),
  ...[1, 2, 0].map((MaxConcurrency) =>
    map(
      `MaxConcurrency ${MaxConcurrency}`,
      { ...work, ItemsPath: '$.items', MaxConcurrency },
      { ...work, Items: '{% $states.input.items %}', MaxConcurrency },
      [[cart, ['done', 'done', 'done'], 10 * Math.ceil(3 / (MaxConcurrency === 0 ? Infinity : MaxConcurrency) || 1)]],
      () => [lambda('work', takes(10, 'done'))],
    ),
  ),
  map(
    'MaxConcurrencyPath',
    { ...work, ItemsPath: '$.items', MaxConcurrencyPath: '$.limits.atOnce' },
    { ...work, Items: '{% $states.input.items %}', MaxConcurrency: '{% $states.input.limits.atOnce %}' },
    [
      [cart, ['done', 'done', 'done'], 20],
      [{ ...cart, limits: {} }, evaluationFailed, 0],
      [{ ...cart, limits: { atOnce: 'many' } }, evaluationFailed, 0],
      [{ ...cart, limits: { atOnce: 1.5 } }, evaluationFailed, 0],
    ],
    () => [lambda('work', takes(10, 'done'))],
  ),
  map(
    'Retry of a Map does all iterations again',
    { ...work, ItemsPath: '$.items', Retry: [{ ErrorEquals: ['Busy'] }] },
    { ...work, Items: '{% $states.input.items %}', Retry: [{ ErrorEquals: ['Busy'] }] },
    [[cart, ['done', 'done', 'done'], 1]],
    () => [lambda('work', fails('Busy').then('done'))],
  ),
  map(
    'an iteration fails',
    { ...work, ItemsPath: '$.items' },
    { ...work, Items: '{% $states.input.items %}' },
    [[cart, failed('Busy', 'no hands')]],
    () => [lambda('work', fails('Busy', 'no hands'))],
  ),
];

const price = (event: Json) => ({ price: (event as { sku: string }).sku.length });

const parallel = (name: string, jsonPath: object, jsonata: object, runs: readonly Run[], fakes?: Twins['fakes']): Twins =>
  twinStates(name, { Type: 'Parallel', ...jsonPath }, { Type: 'Parallel', ...jsonata }, runs, fakes);

const branch = (name: string, state: object): Definition => ({ StartAt: name, States: { [name]: { End: true, ...state } } });

const branches = {
  jsonPath: [branch('Id', { Type: 'Pass', InputPath: '$.orderId' }), branch('First', { Type: 'Pass', OutputPath: '$.items[0]' })],
  jsonata: [
    branch('Id', { Type: 'Pass', Output: '{% $states.input.orderId %}' }),
    branch('First', { Type: 'Pass', Output: '{% $states.input.items[0] %}' }),
  ],
};

const parallels: readonly Twins[] = [
  parallel('each branch has the whole input', { Branches: branches.jsonPath }, { Branches: branches.jsonata }, [
    [cart, ['o-1', { sku: 'a', price: 5 }]],
    [{ orderId: 'o-1', items: ['x'] }, ['o-1', 'x']],
    [{}, evaluationFailed],
  ]),
  parallel(
    'Parameters, ResultSelector, ResultPath and OutputPath',
    {
      InputPath: '$.cart',
      Parameters: { 'orderId.$': '$.orderId', 'items.$': '$.items' },
      Branches: branches.jsonPath,
      ResultSelector: { 'id.$': '$[0]', 'first.$': '$[1].sku' },
      ResultPath: '$.cart.parts',
      OutputPath: '$.cart',
    },
    {
      Arguments: { orderId: '{% $states.input.cart.orderId %}', items: '{% $states.input.cart.items %}' },
      Branches: branches.jsonata,
      Output: "{% $merge([$states.input.cart, { 'parts': { 'id': $states.result[0], 'first': $states.result[1].sku } }]) %}",
    },
    [[{ cart }, { ...cart, parts: { id: 'o-1', first: 'a' } }]],
  ),
  parallel(
    'branches that wait: the slowest one counts',
    {
      Branches: [
        branch('Short', { Type: 'Wait', SecondsPath: '$.short' }),
        branch('Long', { Type: 'Wait', SecondsPath: '$.long' }),
      ],
      ResultPath: null,
    },
    {
      Branches: [
        branch('Short', { Type: 'Wait', Seconds: '{% $states.input.short %}' }),
        branch('Long', { Type: 'Wait', Seconds: '{% $states.input.long %}' }),
      ],
      Output: '{% $states.input %}',
    },
    [[{ short: 5, long: 60 }, { short: 5, long: 60 }, 60]],
  ),
  parallel(
    'functions in branches',
    {
      Branches: [
        branch('A', { Type: 'Task', Resource: WORK, InputPath: '$.items[0]', ResultPath: '$.priced' }),
        branch('B', { Type: 'Task', Resource: WORK, Parameters: { sku: 'bb' } }),
      ],
      ResultSelector: { 'sum.$': 'States.MathAdd($[0].priced.price, $[1].price)' },
    },
    {
      Branches: [
        branch('A', {
          Type: 'Task',
          Resource: WORK,
          Arguments: '{% $states.input.items[0] %}',
          Output: "{% $merge([$states.input, { 'priced': $states.result }]) %}",
        }),
        branch('B', { Type: 'Task', Resource: WORK, Arguments: { sku: 'bb' } }),
      ],
      Output: { sum: '{% $states.result[0].priced.price + $states.result[1].price %}' },
    },
    [[cart, { sum: 3 }]],
    () => [lambda('work', price)],
  ),
  {
    name: 'a branch fails while the other one waits, and the Parallel has a Catcher',
    jsonPath: catching({
      Branches: [
        branch('Waits', { Type: 'Wait', Seconds: 60 }),
        { StartAt: 'Shut', States: { Shut: { Type: 'Fail', ErrorPath: '$.orderId', Cause: 'it is late' } } },
      ],
      Catch: [{ ErrorEquals: ['o-1'], ResultPath: '$.failure', Next: 'Caught' }],
    }),
    jsonata: catching({
      Branches: [
        branch('Waits', { Type: 'Wait', Seconds: 60 }),
        { StartAt: 'Shut', States: { Shut: { Type: 'Fail', Error: '{% $states.input.orderId %}', Cause: 'it is late' } } },
      ],
      Catch: [
        { ErrorEquals: ['o-1'], Output: "{% $merge([$states.input, { 'failure': $states.errorOutput }]) %}", Next: 'Caught' },
      ],
    }),
    runs: [
      [cart, { ...cart, failure: { Error: 'o-1', Cause: 'it is late' } }, 0],
      [{ orderId: 'o-2' }, failed('o-2', 'it is late'), 0],
    ],
  },
];

function catching(fields: object): Definition {
  return { StartAt: 'Both', States: { Both: { Type: 'Parallel', ...fields, End: true }, Caught: { Type: 'Succeed' } } };
}

export const mapAndParallel: readonly Twins[] = [...maps, ...parallels];
