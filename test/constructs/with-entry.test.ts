import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { withEntry } from '../../lib';

const setUp = () => {
  const stack = new Stack(new App(), 'Test');
  const fn = new Function(stack, 'Fn', { code: Code.fromInline('//'), handler: 'index.main', runtime: Runtime.NODEJS_24_X });
  return { stack, fn };
};
const entryOf = (fn: Function) => fn.node.defaultChild!.node.metadata.find(({ type }) => type === 'cdk-baton:entry')?.data;

test('records the entry relative to the working directory and leaves the template alone', () => {
  const { stack, fn } = setUp();
  const before = Template.fromStack(setUp().stack).toJSON();
  expect(withEntry(fn, { entry: join(process.cwd(), 'lambda/charge.ts'), handler: 'main' })).toBe(fn);
  expect(entryOf(fn)).toEqual({ entry: 'lambda/charge.ts', handler: 'main' });
  expect(Template.fromStack(stack).toJSON()).toEqual(before);
});

test('the export is called handler unless told', () => {
  const { fn } = setUp();
  expect(entryOf(withEntry(fn, { entry: 'lambda/charge.ts' }))).toEqual({ entry: 'lambda/charge.ts', handler: 'handler' });
});
