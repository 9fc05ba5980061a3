import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  DefinitionBody,
  Parallel,
  Pass,
  StateMachine,
  StateMachineType,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, LambdaInvocationType } from 'aws-cdk-lib/aws-stepfunctions-tasks';

/** Clients by what code names them; loading one takes long. */
const CLIENTS: Readonly<Record<string, string>> = {
  dynamoDb: `const { DynamoDBClient, PutItemCommand, GetItemCommand, UpdateItemCommand, ConditionalCheckFailedException } = require('@aws-sdk/client-dynamodb');
    const dynamoDb = new DynamoDBClient({});`,
  lambda: `const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda'); const lambda = new LambdaClient({});`,
  ses: `const { SESv2Client, SendEmailCommand } = require('@aws-sdk/client-sesv2'); const ses = new SESv2Client({});`,
  sfn: `const { SFNClient, StartExecutionCommand, StartSyncExecutionCommand } = require('@aws-sdk/client-sfn'); const sfn = new SFNClient({});`,
};

/** Code of a handler's body as a module, with the clients that it uses. */
const moduleOf = (code: string): string => `
  ${Object.entries(CLIENTS)
    .flatMap(([name, text]) => (code.includes(`${name}.`) ? [text] : []))
    .join('\n')}
  const { TABLE, NAME, OTHER, QUICK, SLOW } = process.env;
  exports.handler = async (event, context) => { ${code} };`;

/** How the functions of a stack are invoked. */
export interface HandlersOptions {
  readonly env?: { readonly account: string; readonly region: string };
  /** @default - Lambda's 3 seconds */
  readonly timeout?: Duration;
  /** @default - none */
  readonly taskTimeout?: Duration;
  readonly invocationType?: LambdaInvocationType;
  /** Code of `other`, which nobody calls but handlers. */
  readonly other?: string;
  /** What comes after the calls. */
  readonly pause?: Duration;
}

/**
 * A Parallel with a branch for each function, each invoked by its ARN, or as `lambda:invoke` with an invocation type; a table; and two Express
 * state machines where code names them, of which one takes ten minutes.
 */
export class HandlersStack extends Stack {
  readonly table = new Table(this, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  readonly functions: readonly Function[];
  readonly other: Function;
  readonly machine: StateMachine;

  constructor(codes: readonly (string | Code)[], options: HandlersOptions = {}) {
    super(new App({ treeMetadata: false, stackTraces: false }), 'Handlers', { env: options.env });
    const { timeout, other = 'return { got: event, name: NAME };' } = options;
    // Each state machine takes long to synthesize.
    const isNamed = (name: string): boolean => codes.some((code) => typeof code === 'string' && code.includes(name));
    const machines = {
      ...(isNamed('QUICK') ? { QUICK: this.express('Quick', Duration.seconds(2)).stateMachineArn } : {}),
      ...(isNamed('SLOW') ? { SLOW: this.express('Slow', Duration.minutes(10)).stateMachineArn } : {}),
    };
    const functionOf = (id: string, code: string | Code, more: Record<string, string> = {}): Function =>
      new Function(this, id, {
        runtime: Runtime.NODEJS_20_X,
        handler: 'index.handler',
        code: typeof code === 'string' ? Code.fromInline(moduleOf(code)) : code,
        timeout,
        environment: {
          NAME: id,
          TABLE: this.table.tableName,
          ...machines,
          ...more,
        },
      });
    this.other = functionOf('Other', other);
    this.functions = codes.map((code, index) => functionOf(`Function${index}`, code, { OTHER: this.other.functionName }));
    const { invocationType, taskTimeout } = options;
    const branches = this.functions.map(
      (lambdaFunction, index) =>
        new LambdaInvoke(this, `Call${index}`, {
          lambdaFunction,
          ...(invocationType === undefined
            ? { payloadResponseOnly: true }
            : { invocationType, payload: TaskInput.fromJsonPathAt('$') }),
          retryOnServiceExceptions: false,
          ...(taskTimeout === undefined ? {} : { taskTimeout: Timeout.duration(taskTimeout) }),
        }),
    );
    const all = new Parallel(this, 'All').branch(...branches);
    const { pause } = options;
    this.machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(
        pause === undefined ? all : all.next(new Wait(this, 'Pause', { time: WaitTime.duration(pause) })),
      ),
    });
  }

  private express(id: string, duration: Duration): StateMachine {
    const wait = new Wait(this, `${id}Wait`, { time: WaitTime.duration(duration) });
    const done = new Pass(this, `${id}Done`);
    return new StateMachine(this, id, {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(wait.next(done)),
    });
  }
}

const stacks = new Map<string, HandlersStack>();

/** The stack of functions with this code: one for all tests that ask for the same, as making and synthesizing it takes longer than to simulate it. */
export function handlersStack(codes: readonly string[], options: HandlersOptions = {}): HandlersStack {
  const key = JSON.stringify([codes, options]);
  let stack = stacks.get(key);
  if (stack === undefined) stacks.set(key, (stack = new HandlersStack(codes, options)));
  return stack;
}
