import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { defineBundledFunction } from '../../lib/constructs/bundled-function';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const props = { description: 'test', removalPolicy: RemovalPolicy.DESTROY };

test('a handler that is not bundled is refused with what to do', () => {
  const stack = new Stack(new App(), 'Test');
  expect(() => defineBundledFunction(stack, 'Fn', { name: 'no-such-handler', ...props })).toThrow(
    /The handler of no-such-handler is not bundled: there is no index.js in .*no-such-handler.*\. Run `npm run build`\./,
  );
});

test('records where its source is', () => {
  const stack = new Stack(new App(), 'Test');
  const fn = defineBundledFunction(stack, 'Fn', { name: 'validate-order', ...props });
  expect(fn.node.defaultChild!.node.metadata).toContainEqual(
    expect.objectContaining({
      type: 'cdk-baton:entry',
      data: { entry: expect.stringMatching(/\/lambda\/validate-order\/handler\.ts$/), handler: 'handler' },
    }),
  );
});

test('what is deployed exports the handler', () => {
  const code = readFileSync(join(__dirname, '../../dist/lambda/validate-order/index.js'), 'utf8');
  const module = { exports: {} as Record<string, unknown> };
  new globalThis.Function('module', 'exports', 'require', code)(module, module.exports, require);
  expect(module.exports.handler).toBeInstanceOf(globalThis.Function);
});
