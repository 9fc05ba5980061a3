import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { OrderProcessing } from '../../lib';

/** Rules that found something: what a construct acknowledged with a reason is not among them. */
function findingsIn(build: (stack: Stack) => unknown): string[] {
  const app = new App();
  build(new Stack(app, 'Test'));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    app.synth();
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed' && !String(error).includes('Validation failed')) throw error;
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap(({ violations = [] }) => violations.map(({ ruleName }: { ruleName: string }) => ruleName));
}

jest.setTimeout(30_000);

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

test('cdk-nag has nothing against OrderProcessing', () => {
  expect(findingsIn((stack) => new OrderProcessing(stack, 'Orders', { senderAddress: 'orders@example.com' }))).toEqual([]);
});

test('and would have against something else', () => {
  expect(findingsIn((stack) => new Bucket(stack, 'Bucket'))).toContain('AwsSolutions-S1');
});
