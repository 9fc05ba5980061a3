import type { Json } from '../../../lib/testing';
import { evaluationFailed, twinPasses, type Twins } from './twins';

/** A call in Parameters, and what says the same in JSONata; `value` is a template where it is no text. */
const call = (text: string, value: Json, ...runs: readonly (readonly [input: Json, value: unknown])[]): Twins =>
  twinPasses(
    text,
    { Parameters: { 'value.$': text } },
    { Output: { value: typeof value === 'string' ? `{% ${value} %}` : value } },
    runs.map(([input, ending]) => [input, ending === evaluationFailed ? ending : { value: ending }]),
  );

/** Of the text `input`. */
const HASHES = {
  MD5: 'a43c1b0aa53a0c908810c06ab1ff3967',
  'SHA-1': '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1',
  'SHA-256': 'c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20',
  'SHA-384': '4fbd200eb6266698f0846c66607c98797e2b9b3af5bf82aa1aa330a0e2b12aba97755e3bc955c9765e9edcc70278ca2c',
  'SHA-512':
    'dc6d6c30f2be9c976d6318c9a534d85e9a1c3f3608321a04b4678ef408124d45d7164f3e562e68c6c0b6c077340a785824017032fddfa924f4cf400e6cbb6adc',
};

const quantities = { a: [3, 1, 4, 1, 5] };

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export const intrinsicFunctions: readonly Twins[] = [
  call("States.Format('no braces')", "'no braces'", [{}, 'no braces']),
  call(
    "States.Format('{} has {} of {}: {}', $.name, $.n, $.what, $.ok)",
    "$states.input.name & ' has ' & $states.input.n & ' of ' & $states.input.what & ': ' & $states.input.ok",
    [{ name: 'Ida', n: 2, what: null, ok: true }, 'Ida has 2 of null: true'],
    [{ name: '', n: -0.5, what: '{}', ok: false }, ' has -0.5 of {}: false'],
  ),
  call("States.Format('\\{{}\\} it\\'s \\\\', $.x)", "'{' & $states.input.x & \"} it's \\\\\"", [{ x: 1 }, "{1} it's \\"]),

  call(
    'States.StringToJson($.s)',
    '$parse($states.input.s)',
    [{ s: ' {"a":[1,{"b":null}]} ' }, { a: [1, { b: null }] }],
    [{ s: '[]' }, []],
    [{ s: '[1]' }, [1]],
    [{ s: '"x"' }, 'x'],
    [{ s: 'false' }, false],
    [{ s: '{bad}' }, evaluationFailed],
    [{ s: 1 }, evaluationFailed],
  ),
  call(
    'States.JsonToString($.v)',
    '$string($states.input.v)',
    [{ v: { b: 'x', a: [1, null] } }, '{"b":"x","a":[1,null]}'],
    [{ v: [] }, '[]'],
    [{ v: 1.5 }, '1.5'],
    [{ v: true }, 'true'],
    [{ v: null }, 'null'],
  ),
  // $string gives a text as it is.
  call(
    'States.JsonToString($.text)',
    '($array := $string([[$states.input.text]]); $substring($array, 2, $length($array) - 4))',
    [{ text: 'say "é"' }, '"say \\"é\\""'],
    [{ text: '' }, '""'],
  ),

  call('States.Array()', [], [{}, []]),
  // Items of a template are not spread, as those of `[…]` in JSONata are.
  call(
    'States.Array($.a, 1, null)',
    ['{% $states.input.a %}', 1, null],
    [{ a: [1, 2] }, [[1, 2], 1, null]],
    [{ a: {} }, [{}, 1, null]],
    [{}, evaluationFailed],
  ),
  call(
    'States.ArrayPartition($.a, 2)',
    '[$partition($states.input.a, 2)]',
    [quantities, [[3, 1], [4, 1], [5]]],
    [{ a: [1] }, [[1]]],
    [{ a: [] }, []],
  ),
  call(
    'States.ArrayPartition($.a, $.n)',
    '[$partition($states.input.a, $states.input.n)]',
    [{ a: [1, 2, 3], n: 2.9 }, [[1, 2], [3]]],
    [{ a: [1], n: 1e9 }, [[1]]],
    [{ a: [1], n: -1 }, evaluationFailed],
  ),
  call(
    'States.ArrayContains($.a, $.v)',
    '$states.input.v in $states.input.a',
    [{ a: [1, 2], v: 2 }, true],
    [{ a: [1, 2], v: 3 }, false],
    [{ a: [], v: 1 }, false],
    [{ a: ['x'], v: 'x' }, true],
    [{ a: [null], v: null }, true],
    [{ a: [0, ''], v: false }, false],
  ),
  // `in` does not look into objects and arrays, `=` does.
  call(
    'States.ArrayContains($.list, $.v)',
    '$count($filter($states.input.list, function($item) { $item = $states.input.v })) > 0',
    [{ list: [{ x: 1, y: [2] }], v: { x: 1, y: [2] } }, true],
    [{ list: [{ x: 1 }], v: { x: 2 } }, false],
  ),
  // A range of one is its number, a range of none is nothing: `[…]`.
  call('States.ArrayRange(1, 9, 2)', '[$range(1, 9, 2)]', [{}, [1, 3, 5, 7, 9]]),
  call(
    'States.ArrayRange($.from, $.to, $.by)',
    '[$range($states.input.from, $states.input.to, $states.input.by)]',
    [{ from: 0, to: 10, by: 3 }, [0, 3, 6, 9]],
    [{ from: 5, to: 1, by: -2 }, [5, 3, 1]],
    [{ from: 3, to: 3, by: -1 }, [3]],
    [{ from: 5, to: 1, by: 2 }, []],
    [{ from: 5.4, to: -0.6, by: -2.4 }, [5, 3, 1]],
    [{ from: '1', to: 2, by: 1 }, evaluationFailed],
  ),
  call(
    'States.ArrayGetItem($.a, $.i)',
    '$states.input.a[$states.input.i]',
    [{ a: ['x', 'y'], i: 1 }, 'y'],
    [{ a: ['x', 'y'], i: 1.9 }, 'y'],
    [{ a: [[1], [2]], i: 0 }, [1]],
    [{ a: [null], i: 0 }, null],
    [{ a: [1], i: 1 }, evaluationFailed],
  ),
  call(
    'States.ArrayGetItem($.empty, 0)',
    '$count($states.input.empty) = 0 ? null : $states.input.empty[0]',
    [{ empty: [] }, null],
    [{ empty: [7] }, 7],
  ),
  call('States.ArrayLength($.a)', '$count($states.input.a)', [quantities, 5], [{ a: [] }, 0], [{ a: [[1, 2]] }, 1]),
  // AWS answers in the order of a hash table, which is that of small whole numbers and of single letters.
  call(
    'States.ArrayUnique($.a)',
    '[$sort($distinct($states.input.a))]',
    [quantities, [1, 3, 4, 5]],
    [{ a: ['b', 'a', 'b'] }, ['a', 'b']],
    [{ a: [1] }, [1]],
    [{ a: [] }, []],
  ),
  call(
    'States.ArrayUnique($.a)',
    '[$distinct($states.input.a)]',
    [{ a: [{ x: 1 }, { x: 1 }] }, [{ x: 1 }]],
    [{ a: [null, null] }, [null]],
  ),

  call("States.Base64Encode('Data to encode')", "$base64encode('Data to encode')", [{}, 'RGF0YSB0byBlbmNvZGU=']),
  call(
    'States.Base64Encode($.s)',
    '$base64encode($states.input.s)',
    [{ s: '' }, ''],
    [{ s: 'a\nb' }, 'YQpi'],
    [{ s: 1 }, evaluationFailed],
  ),
  call(
    'States.Base64Decode($.s)',
    '$base64decode($states.input.s)',
    [{ s: 'RGF0YSB0byBlbmNvZGU=' }, 'Data to encode'],
    [{ s: '' }, ''],
  ),
  ...Object.entries(HASHES).map(([algorithm, hash]) =>
    call(`States.Hash($.s, '${algorithm}')`, `$hash($states.input.s, '${algorithm}')`, [{ s: 'input' }, hash]),
  ),
  call("States.Hash($.o, 'SHA-1')", "$hash($string($states.input.o), 'SHA-1')", [
    { o: { a: [1] } },
    '362d8693f4893108079f0dcc0dc4659608bed59f',
  ]),
  call("States.Hash($.s, 'CRC')", "$hash($states.input.s, 'CRC')", [{ s: 'input' }, evaluationFailed]),

  call(
    'States.JsonMerge($.a, $.b, false)',
    '$merge([$states.input.a, $states.input.b])',
    [
      { a: { x: { y: 1 }, z: 1 }, b: { x: { w: 2 } } },
      { x: { w: 2 }, z: 1 },
    ],
    [{ a: {}, b: {} }, {}],
    [{ a: { x: 1 }, b: 5 }, evaluationFailed],
  ),

  // Both draw once. On AWS the numbers are others each time; here both take the same from the world's seed.
  call('States.MathRandom(1, 10)', '1 + $floor($random() * 9)', [{}, expect.any(Number)]),
  call('States.UUID()', '$uuid()', [{}, expect.stringMatching(/^[-0-9a-f]{36}$/)]),
  call(
    'States.MathAdd($.a, $.b)',
    '$states.input.a + $states.input.b',
    [{ a: 111, b: -1 }, 110],
    [{ a: 0, b: 0 }, 0],
    [{ a: '1', b: 1 }, evaluationFailed],
  ),
  // Half up, where $round goes to the even number.
  call(
    'States.MathAdd($.half, $.other)',
    '$floor($states.input.half + 0.5) + $floor($states.input.other + 0.5)',
    [{ half: 1.5, other: 2.5 }, 5],
    [{ half: -1.5, other: -2.5 }, -3],
  ),
  call(
    "States.StringSplit($.s, ',')",
    "[$filter($split($states.input.s, ','), function($piece) { $piece != '' })]",
    [{ s: 'a,b' }, ['a', 'b']],
    [{ s: ',a,,b,' }, ['a', 'b']],
    [{ s: 'a' }, ['a']],
    [{ s: '' }, []],
  ),
  call(
    "States.StringSplit($.s, '.+')",
    "[$filter($split($states.input.s, /[.+]/), function($piece) { $piece != '' })]",
    [{ s: 'a.b+c' }, ['a', 'b', 'c']],
    [{ s: '.+' }, []],
  ),

  call(
    "States.Format('{}/{}', States.ArrayGetItem(States.StringSplit($.arn, ':'), 5), States.MathAdd(States.ArrayLength($.a), 1))",
    "$split($states.input.arn, ':')[5] & '/' & ($count($states.input.a) + 1)",
    [{ arn: 'arn:aws:lambda:eu-west-1:123456789012:function:f', a: [1] }, 'function/2'],
  ),
];
