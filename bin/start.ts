import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wantsColour } from '../lib/cli/colours';
import { start } from '../lib/cli/start';

const root = join(__dirname, '..');

/** Synthesizes bin/app.ts's stack as the CDK CLI would, with the context of cdk.json, but in this process. */
async function synth(outdir: string): Promise<void> {
  process.env.CDK_VALIDATION ??= 'false'; // takes seconds; `npm run synth` validates the template
  const { App } = await import('aws-cdk-lib');
  const { OrdersStack } = await import('../examples/order-processing/stack.js');
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ outdir, context });
  new OrdersStack(app, 'Orders', { description: 'cdk-baton example: order processing' });
  app.synth();
}

// A pipe that is closed early, as by `npm start | head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

start(process.argv.slice(2), {
  example: join(root, 'examples/order-processing'),
  outdir: join(root, '.baton'),
  synth,
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
  colour: wantsColour(process.env, process.stdout.isTTY),
  width: process.stdout.columns ?? 120,
}).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
