import fc from 'fast-check';
import { compileJsonata } from '../../lib/expressions/jsonata/compile-jsonata';
import { compileJsonataTemplate } from '../../lib/expressions/jsonata/jsonata-template';
import { compilePayloadTemplate } from '../../lib/expressions/payload-template';
import type { Evaluate } from '../../lib/expressions/scope';
import { compileValueExpression } from '../../lib/expressions/value-expression';
import type { Json } from '../../lib/json/json';
import { scopeOf as jsonataScopeOf } from './jsonata/scope-of';
import { scopeOf } from './scope';

/*
 * What reads fields only is written into the code of a template, and what the fields do not have is left to the expression itself. Both
 * must find the same.
 */

const name = fc.constantFrom('a', 'b', 'toString', '__proto__', 'length');
const names = fc.array(name, { maxLength: 3 });
const { document } = fc.letrec<{ document: Json }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, 0, '', 'text', false, {}, []),
    fc.dictionary(name, tie('document'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
    fc.array(tie('document'), { maxLength: 2 }),
  ),
}));

const outcomeOf = (evaluate: () => unknown): unknown => {
  try {
    return { value: evaluate() };
  } catch (error) {
    return { error: (error as Error).message };
  }
};

test('a Payload Template finds what its paths find', () => {
  fc.assert(
    fc.property(names, document, (path, input) => {
      const text = ['$', ...path].join('.');
      const field: Evaluate = compileValueExpression(text, 'x.$').evaluate;
      const { make } = compilePayloadTemplate({ 'x.$': text });
      const scope = scopeOf(input);
      expect(outcomeOf(() => (make(scope, { bytes: 0 }) as { x: Json }).x)).toEqual(outcomeOf(() => field(scope)));
    }),
    { numRuns: 500 },
  );
});

test('a JSONata template finds what its expressions find', () => {
  fc.assert(
    fc.property(names, document, fc.constantFrom('input', 'result'), (path, value, root) => {
      const source = ['$states', root, ...path.map((one) => `\`${one}\``)].join('.');
      const make = compileJsonataTemplate({ x: `{% ${source} %}` }, 'Output');
      const scope = { ...jsonataScopeOf(root === 'input' ? value : null), result: value };
      // A condition is no path: it is asked for its value alone.
      const alone = compileJsonata(`true ? ${source}`).evaluate(scope);
      const found = outcomeOf(() => (make(scope) as { x: Json }).x);
      expect(found).toEqual(alone === undefined ? { error: expect.stringContaining('returned nothing') } : { value: alone });
    }),
    { numRuns: 500 },
  );
});
