import { AsyncLocalStorage } from 'node:async_hooks';
import { runInThisContext } from 'node:vm';
import { DEFAULT_MEMORY_SIZE_MB, logGroupName } from './lambda-context';
import { nameOf } from './lambda-function';
import type { LambdaFunction } from './lambda-function';
import { shared } from './shared';

/** A function's `process.env`: writable as the real one, what is written becomes text. */
export type FunctionEnvironment = Record<string, string>;

/** The environment of a version of a function: what Lambda sets, and its own variables. Nothing of this process. */
export function functionEnvironment(lambda: LambdaFunction, version: string): FunctionEnvironment {
  const region = lambda.arn.split(':')[3] ?? '';
  const variables: FunctionEnvironment = {
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: nameOf(lambda),
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memorySizeMb ?? DEFAULT_MEMORY_SIZE_MB),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(nameOf(lambda)),
    AWS_EXECUTION_ENV: executionEnvironment(lambda),
    // SDK clients want credentials, and nobody here looks at them.
    AWS_ACCESS_KEY_ID: 'ASIAXXXXXXXXXXXXXXXX',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    ...(typeof lambda.code === 'object' && 'handler' in lambda.code ? { _HANDLER: lambda.code.handler } : {}),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LANG: 'en_US.UTF-8',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    TZ: ':UTC',
    ...lambda.environment,
  };
  // There are no such files on Lambda; without that, SDK clients would read those of whoever runs the test. Not part of what a function lists.
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
    if (!Object.hasOwn(variables, name))
      Object.defineProperty(variables, name, { value: '/var/task/.aws/none', writable: true, configurable: true });
  return new Proxy(variables, {
    set: (target, key, value) => Reflect.set(target, key, typeof key === 'string' ? String(value) : value),
    defineProperty: (target, key, descriptor) =>
      Reflect.defineProperty(
        target,
        key,
        'value' in descriptor ? { ...descriptor, value: String(descriptor.value) } : descriptor,
      ),
  });
}

/** `AWS_Lambda_nodejs22.x`; of code whose runtime is not told, that of this process. */
function executionEnvironment({ code }: LambdaFunction): string {
  const runtime = typeof code === 'object' && 'runtime' in code ? code.runtime : `nodejs${process.versions.node.split('.')[0]}.x`;
  return `AWS_Lambda_${runtime}`;
}

const current = shared(
  Symbol.for('cdk-baton: the environment of the function that runs'),
  () => new AsyncLocalStorage<FunctionEnvironment>(),
);

/**
 * Runs code of the project with `process.env` being the function's, also after every `await` in it, while other code, another function's
 * or the test's own, sees its own environment at the same time. For that `process.env` becomes a getter; outside of functions it gives
 * what it gave before, and it may be assigned as before.
 *
 * (Node.js follows a chain of promises, timers and ticks. A bare timer callback that a test's fake timers run is outside the function.)
 */
export function withEnvironment<T>(environment: FunctionEnvironment, run: () => T): T {
  install();
  return current.run(environment, run);
}

/** Runs code that is no function's, though a function has asked for it. */
export const outsideEnvironment = <T>(run: () => T): T => current.exit(run);

const installed = shared(
  Symbol.for('cdk-baton: processes whose environment is that of the function that runs'),
  () => new WeakSet<object>(),
);

/** A test framework gives its modules a `process` of their own; deployed code has the real one. */
function install(): void {
  for (const one of [process, runInThisContext('process') as NodeJS.Process]) {
    if (installed.has(one)) continue;
    installed.add(one);
    let own = one.env;
    Object.defineProperty(one, 'env', {
      configurable: true,
      enumerable: true,
      get: () => current.getStore() ?? own,
      set: (value: NodeJS.ProcessEnv) => {
        own = value;
      },
    });
  }
}
