import { join, resolve } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { withEntry } from '../../lib';

const setUp = (stack = new Stack(new App(), 'Test')) => {
  const fn = new Function(stack, 'Fn', { code: Code.fromInline('//'), handler: 'index.main', runtime: Runtime.NODEJS_24_X });
  return { stack, fn };
};
interface Recorded {
  readonly entry: string;
  readonly handler: string;
}
const entryOf = (fn: Function): Recorded =>
  fn.node.defaultChild!.node.metadata.find(({ type }) => type === 'cdk-baton:entry')?.data as Recorded;
/** As whoever reads the assembly finds the source. */
const sourceOf = (fn: Function): string => resolve(Stage.of(fn)!.outdir, entryOf(fn).entry);

test('records the entry relative to the assembly and leaves the template alone', () => {
  const { stack, fn } = setUp();
  const before = Template.fromStack(setUp().stack).toJSON();
  expect(withEntry(fn, { entry: join(process.cwd(), 'lambda/charge.ts'), handler: 'main' })).toBe(fn);
  expect(entryOf(fn)).toEqual({ entry: expect.stringMatching(/^\.\.\/.*lambda\/charge\.ts$/), handler: 'main' });
  expect(sourceOf(fn)).toBe(resolve('lambda/charge.ts'));
  expect(Template.fromStack(stack).toJSON()).toEqual(before);
});

test('the export is called handler unless told', () => {
  const { fn } = setUp();
  expect(entryOf(withEntry(fn, { entry: 'lambda/charge.ts' })).handler).toBe('handler');
});

test('in a stage it is relative to the assembly of the stage', () => {
  const stage = new Stage(new App(), 'Prod');
  const { fn } = setUp(new Stack(stage, 'Test'));
  expect(sourceOf(withEntry(fn, { entry: 'lambda/charge.ts' }))).toBe(resolve('lambda/charge.ts'));
  expect(stage.outdir).toMatch(/assembly-Prod$/);
});
