import { compileJsonata } from '../../../lib/expressions/jsonata/compile-jsonata';

test.each<[string, readonly string[], readonly string[]]>([
  ['$states.input.a + $total', ['total'], ['input']],
  ['$states', [], ['input', 'context', 'errorOutput', 'result']],
  ['$states.result.x & $states.context.State.Name & $states.errorOutput.Error', [], ['context', 'errorOutput', 'result']],
  ['$sum($prices) > $limit', ['prices', 'limit'], []],
  ['$map($list, function($x, $i){ $x + $i + $offset })', ['list', 'offset'], []],
  ['($x := $a; $x + $b)', ['a', 'b'], []],
  ['($x := $x + 1; $x)', ['x'], []],
  ['$x + ($x := 1; $x)', ['x'], []],
  ['($f := function($n){ $n = 0 ? 1 : $f($n - 1) }; $f($start))', ['start'], []],
  ['($even := function($n){ $odd($n - 1) }; $odd := function($n){ $even($n - 1) }; $even(4))', [], []],
  ['$list@$item#$i.{"k": $item, "i": $i, "o": $outer}', ['list', 'outer'], []],
  ['$o.list@$item{$item.k: $item.v}', ['o'], []],
  ['$a[$b]^($c){$d: $e}', ['a', 'b', 'c', 'd', 'e'], []],
  ['$states.input ~> |$.a|{"x": $v}, $w|', ['v', 'w'], ['input']],
  ['$states[$k].input', ['k'], ['input', 'context', 'errorOutput', 'result']],
  ['$hash(?, $algorithm)', ['algorithm'], []],
  ['$now() & $uuid() & $count', [], []],
  ['1', [], []],
])('%s', (source, variables, states) => {
  const expression = compileJsonata(source);
  expect([...expression.variables].sort()).toEqual([...variables].sort());
  expect(expression.states).toEqual(states);
});
