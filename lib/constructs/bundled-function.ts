import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { withEntry } from './with-entry';

/** What `defineBundledFunction` makes. */
export interface BundledFunctionProps {
  /** Folder of the handler in `lambda/`. */
  readonly name: string;
  readonly description: string;
  /** For the log group. */
  readonly removalPolicy: RemovalPolicy;
}

/** Longest run of a bundled function. Its Task state waits a little longer: see `taskTimeout` in the workflow. */
const TIMEOUT = Duration.seconds(10);

/**
 * A function whose handler ships with this package, bundled by `npm run build`: no bundling at synth, the same asset hash everywhere.
 *
 * @throws Error if the bundle is missing
 */
export function defineBundledFunction(
  scope: Construct,
  id: string,
  { name, description, removalPolicy }: BundledFunctionProps,
): Function {
  const fn = new Function(scope, id, {
    description,
    code: Code.fromAsset(findBundle(name)),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: TIMEOUT,
    tracing: Tracing.ACTIVE,
    logGroup: new LogGroup(scope, `${id}Logs`, { retention: RetentionDays.THREE_MONTHS, removalPolicy }),
  });
  acknowledge(fn);
  const source = trySource(name);
  return source === undefined ? fn : withEntry(fn, { entry: source });
}

/** The folder of the bundle. This file runs as `lib/constructs/*.ts` and as `dist/lib/constructs/*.js`. */
function findBundle(name: string): string {
  const folders = ['../../lambda', '../../dist/lambda'].map((root) => join(__dirname, root, name));
  const found = folders.find((folder) => existsSync(join(folder, 'index.js')));
  if (found === undefined)
    throw new Error(
      `The handler of ${name} is not bundled: there is no index.js in ${folders.join(' or ')}. Run \`npm run build\`.`,
    );
  return found;
}

/** The source of the handler; the packed package has none. */
const trySource = (name: string): string | undefined =>
  ['../../lambda', '../../../lambda'].map((root) => join(__dirname, root, name, 'handler.ts')).find((file) => existsSync(file));

function acknowledge(fn: Function): void {
  Validations.of(fn).acknowledge(
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'Lets a function write its log and nothing else.',
    },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'X-Ray knows no resources to narrow xray:PutTraceSegments to.' },
    {
      id: 'Serverless-LambdaDLQ',
      reason: 'Invoked and waited for: a failure goes to the caller, and a queue for it would stay empty.',
    },
  );
}
