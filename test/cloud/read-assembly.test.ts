import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnCondition, CfnOutput, CfnParameter, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  Choice,
  Condition,
  DefinitionBody,
  Pass,
  StateMachine,
  StateMachineType,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoGetItem, DynamoAttributeValue, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { Cloud } from '../../lib/cloud/cloud';
import { findFunction, findMachine, findTable } from '../../lib/cloud/find-in-cloud';
import { readAssembly } from '../../lib/cloud/read-assembly';

const scratch = mkdtempSync(join(tmpdir(), 'baton-cloud-'));
const code = join(scratch, 'code');
mkdirSync(code);
writeFileSync(join(code, 'index.js'), 'exports.handler = async () => 1;');
afterAll(() => rmSync(scratch, { recursive: true }));

let count = 0;
/** What the reader finds in a synthesized app. */
function synthesized(define: (app: App) => void, context: Record<string, unknown> = {}): Cloud {
  count += 1;
  const app = new App({ outdir: join(scratch, `cdk.out.${count}`), context });
  define(app);
  return readAssembly(app.synth().directory);
}

const handler = (scope: Construct, id: string, environment: Record<string, string> = {}) =>
  new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    environment,
  });

const definition = ({ machines }: Cloud, index = 0) =>
  JSON.parse(machines[index]!.definition) as {
    States: Record<string, { Parameters?: Record<string, unknown>; Resource?: string }>;
  };

describe('a stack with a chain of states', () => {
  const cloud = synthesized((app) => {
    const stack = new Stack(app, 'Shop');
    const orders = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    orders.addGlobalSecondaryIndex({
      indexName: 'by-day',
      partitionKey: { name: 'day', type: AttributeType.NUMBER },
      sortKey: { name: 'id', type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['total'],
    });
    const charge = handler(stack, 'Charge', { TABLE: orders.tableName, REGION: stack.region, EMPTY: '' });
    const get = new DynamoGetItem(stack, 'Get', { table: orders, key: { id: DynamoAttributeValue.fromString('1') } });
    const invoke = new LambdaInvoke(stack, 'Invoke', { lambdaFunction: charge });
    const choice = new Choice(stack, 'Big?')
      .when(Condition.numberGreaterThan('$.total', 0), invoke)
      .otherwise(new Succeed(stack, 'Done'));
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(get.next(choice)), tracingEnabled: true });
  });

  test('has the definition as JSON, names resolved', () => {
    const { States } = definition(cloud);
    expect(Object.keys(States).sort()).toEqual(['Big?', 'Done', 'Get', 'Invoke']);
    expect(States.Get).toMatchObject({
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Parameters: { TableName: cloud.tables[0]!.name },
    });
    expect(States.Invoke!.Parameters!.FunctionName).toBe(cloud.functions[0]!.arn);
  });

  test('has a machine with type, role and tracing', () => {
    const [machine] = cloud.machines;
    expect(machine).toMatchObject({
      stackName: 'Shop',
      account: '123456789012',
      region: 'us-east-1',
      constructPath: 'Shop/Machine/Resource',
      type: 'STANDARD',
      tracingEnabled: true,
      loggingConfiguration: undefined,
    });
    expect(machine!.name).toBe(`Shop-${machine!.logicalId}`);
    expect(machine!.arn).toBe(`arn:aws:states:us-east-1:123456789012:stateMachine:${machine!.name}`);
    expect(machine!.roleArn).toMatch(/^arn:aws:iam::123456789012:role\/Shop-MachineRole[0-9A-F]{8}$/);
  });

  test('has a function with code, settings and environment', () => {
    const [fn] = cloud.functions;
    expect(fn).toMatchObject({
      handler: 'index.handler',
      runtime: 'nodejs20.x',
      timeoutSeconds: 3,
      memorySizeMb: 128,
      environment: { TABLE: cloud.tables[0]!.name, REGION: 'us-east-1', EMPTY: '' },
      code: { kind: 'directory', path: expect.stringContaining('asset.') },
    });
    expect(fn).not.toHaveProperty('entry');
  });

  test('has a table with keys and indexes', () => {
    expect(cloud.tables[0]).toMatchObject({
      keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      attributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'day', AttributeType: 'N' },
      ],
      globalSecondaryIndexes: [
        {
          IndexName: 'by-day',
          KeySchema: [
            { AttributeName: 'day', KeyType: 'HASH' },
            { AttributeName: 'id', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
        },
      ],
      localSecondaryIndexes: [],
      billingMode: 'PROVISIONED',
    });
  });

  test('resolves the properties of any resource', () => {
    const policies = cloud.resources.filter(({ type }) => type === 'AWS::IAM::Policy');
    expect(JSON.stringify(policies.map(({ properties }) => properties))).toContain(`"Resource":["${cloud.functions[0]!.arn}"`);
  });

  test.each(['Shop/Machine', '/Shop/Machine/Resource', 'Shop'])('finds its machine by the path %s', (query) => {
    expect(findMachine(cloud, query)).toBe(cloud.machines[0]);
  });
});

test('definitions from a file with substitutions', () => {
  const file = join(scratch, 'machine.asl.json');
  writeFileSync(
    file,
    JSON.stringify({
      StartAt: 'A',
      States: { A: { Type: 'Task', Resource: '${FunctionArn}', Comment: '${other} ${Zero}', TimeoutSeconds: 3, End: true } },
    }),
  );
  const cloud = synthesized((app) => {
    const stack = new Stack(app, 'Files');
    new StateMachine(stack, 'Machine', {
      definitionBody: DefinitionBody.fromFile(file),
      definitionSubstitutions: { FunctionArn: handler(stack, 'Fn').functionArn, Zero: '0' },
      stateMachineType: StateMachineType.EXPRESS,
    });
  });
  expect(definition(cloud).States.A).toMatchObject({ Resource: cloud.functions[0]!.arn, Comment: '${other} 0' });
  expect(cloud.machines[0]!.type).toBe('EXPRESS');
});

test('a file that is not JSON is named, with its beginning', () => {
  const file = join(scratch, 'machine.asl.yaml');
  writeFileSync(file, 'StartAt: A\nStates: {}\n');
  const cloud = synthesized((app) => {
    new StateMachine(new Stack(app, 'Yaml'), 'Machine', { definitionBody: DefinitionBody.fromFile(file) });
  });
  expect(() => cloud.machines[0]!.definition).toThrow(
    /Yaml\/Machine\/Resource\): Its definition \(DefinitionS3Location\) is not JSON: [^]*It begins: "StartAt: A\\n[^]*YAML is not read/,
  );
});

describe.each([
  ['exports', {}],
  ['outputs without export', { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }],
])('references across stacks by %s', (_, context) => {
  const cloud = synthesized((app) => {
    const producer = new Stack(app, 'Producer');
    const fn = handler(producer, 'Fn');
    const table = new TableV2(producer, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const consumer = new Stack(app, 'Consumer');
    new StateMachine(consumer, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(consumer, 'Invoke', { lambdaFunction: fn })),
    });
    handler(consumer, 'Reader', { TABLE: table.tableName });
  }, context);

  test('lead to the function and the table of the other stack', () => {
    const fn = findFunction(cloud, 'Producer/Fn');
    expect(definition(cloud).States.Invoke!.Parameters!.FunctionName).toBe(fn.arn);
    expect(findFunction(cloud, 'Consumer/Reader').environment.TABLE).toBe(findTable(cloud, 'Producer/Table').name);
  });
});

test('a reference to a stack outside of the assembly is refused by name', () => {
  const cloud = synthesized((app) => {
    const stack = new Stack(app, 'Alone');
    handler(stack, 'Fn', { A: Fn.importValue('elsewhere'), B: Fn.getStackOutput('Other', 'Out') });
  });
  expect(() => cloud.functions[0]!.environment).toThrow(
    /2 values[^]*No stack of the assembly exports "elsewhere" in 123456789012\/us-east-1[^]*no stack "Other" in us-east-1[^]*fake of the function/,
  );
});

test('conditions choose values and resources', () => {
  const cloud = synthesized((app) => {
    const stack = new Stack(app, 'Conditional');
    const env = new CfnParameter(stack, 'Env', { default: 'dev' });
    const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(env.valueAsString, 'prod') });
    handler(stack, 'Fn', { LIMIT: Fn.conditionIf('IsProd', '100', '1').toString() });
    const table = new Table(stack, 'Audit', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    (table.node.defaultChild as CfnFunction).cfnOptions.condition = isProd;
  });
  expect(cloud.functions[0]!.environment).toEqual({ LIMIT: '1' });
  expect(cloud.tables).toEqual([]);
});

describe('stages', () => {
  const cloud = synthesized((app) => {
    for (const [id, region] of [
      ['Dev', 'eu-west-1'],
      ['Prod', 'us-west-2'],
    ] as const) {
      const stage = new Stage(app, id, { env: { account: '111122223333', region } });
      const stack = new Stack(stage, 'Shop', { stackName: 'shop' });
      const fn = handler(stack, 'Fn');
      const other = new Stack(stage, 'Other', { stackName: 'other' });
      new StateMachine(other, 'Machine', {
        definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(other, 'Invoke', { lambdaFunction: fn })),
      });
    }
  });

  test('keep apart, each in its own account and region, though their stacks have one name', () => {
    expect(cloud.machines.map(({ constructPath }) => constructPath)).toEqual([
      'Dev/Other/Machine/Resource',
      'Prod/Other/Machine/Resource',
    ]);
    for (const [index, region] of ['eu-west-1', 'us-west-2'].entries()) {
      const name = cloud.functions[index]!.name;
      const arn = `arn:aws:lambda:${region}:111122223333:function:${name}`;
      expect(definition(cloud, index).States.Invoke!.Parameters!.FunctionName).toBe(arn);
    }
  });

  test('are told apart by path, not by logical id', () => {
    const { logicalId } = cloud.machines[0]!;
    expect(findMachine(cloud, 'Prod/Other/Machine').region).toBe('us-west-2');
    expect(() => findMachine(cloud, logicalId)).toThrow(/may be any of several:[^]*Dev\/Other\/Machine[^]*Prod\/Other\/Machine/);
  });

  test('find the code of their functions in the assembly above', () => {
    expect(cloud.functions.map(({ code: { kind } }) => kind)).toEqual(['directory', 'directory']);
  });
});

test('two stages in one environment with stacks of one name keep to themselves', () => {
  const cloud = synthesized((app) => {
    for (const id of ['A', 'B']) {
      const stage = new Stage(app, id);
      const fn = handler(new Stack(stage, 'One', { stackName: 'one' }), `Fn${id}`);
      handler(new Stack(stage, 'Two', { stackName: 'two' }), 'Caller', { FN: fn.functionName });
    }
  });
  const callers = cloud.functions.filter(({ stackName }) => stackName === 'two');
  expect(callers.map(({ environment }) => environment.FN!.slice(0, 7))).toEqual(['one-FnA', 'one-FnB']);
});

describe('nested stacks', () => {
  const cloud = synthesized((app) => {
    const parent = new Stack(app, 'Parent');
    const queue = new Queue(parent, 'Queue');
    const nested = new NestedStack(parent, 'Inner');
    const fn = handler(nested, 'Fn', { QUEUE: queue.queueUrl });
    new Pass(parent, 'Unused');
    new StateMachine(parent, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(parent, 'Invoke', { lambdaFunction: fn })),
    });
    new CfnOutput(parent, 'Id', { value: nested.stackId });
  });

  test('take parameters from above and give outputs back', () => {
    const fn = findFunction(cloud, 'Parent/Inner/Fn');
    const queue = cloud.resources.find(({ type }) => type === 'AWS::SQS::Queue')!;
    expect(fn.environment.QUEUE).toBe(queue.ref);
    expect(definition(cloud).States.Invoke!.Parameters!.FunctionName).toBe(fn.arn);
    expect(fn.stackName).toMatch(/^Parent-InnerNestedStack/);
  });

  test('have their own logical ids', () => {
    expect(findMachine(cloud, 'Parent').constructPath).toBe('Parent/Machine/Resource');
    expect(cloud.functions[0]!.code.kind).toBe('directory');
  });
});

test('versions and aliases of functions and state machines are found with what they belong to', () => {
  const cloud = synthesized((app) => {
    const stack = new Stack(app, 'Versions');
    const fn = handler(stack, 'Fn');
    fn.addAlias('live');
    const machine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
    const version = (id: string) =>
      new CfnStateMachineVersion(stack, id, {
        stateMachineArn: machine.stateMachineArn,
        stateMachineRevisionId: machine.stateMachineRevisionId,
      });
    const [first, second] = [version('One'), version('Two')];
    new CfnStateMachineAlias(stack, 'Weighted', {
      name: 'weighted',
      routingConfiguration: [
        { stateMachineVersionArn: first.attrArn, weight: 90 },
        { stateMachineVersionArn: second.ref, weight: 10 },
      ],
    });
    new CfnStateMachineAlias(stack, 'Live', {
      name: 'live',
      deploymentPreference: { stateMachineVersionArn: second.attrArn, type: 'CANARY', percentage: 10, interval: 5 },
    });
    const unlike = new StateMachine(stack, 'Other', {
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Other Pass')),
    });
    new CfnStateMachineVersion(stack, 'OfOther', { stateMachineArn: unlike.stateMachineArn });
    new Queue(stack, 'Queue');
    handler(stack, 'UsesVersion', { NUMBER: Fn.select(7, Fn.split(':', second.attrArn)), FN: fn.currentVersion.functionArn });
  });
  const machine = findMachine(cloud, 'Versions/Machine');
  const arn = (qualifier: string | number) => `${machine.arn}:${qualifier}`;
  expect(machine.versions).toEqual([{ arn: arn(1) }, { arn: arn(2) }]);
  expect(machine.aliases).toMatchObject([
    {
      name: 'weighted',
      arn: arn('weighted'),
      routingConfiguration: [
        { StateMachineVersionArn: arn(1), Weight: 90 },
        { StateMachineVersionArn: arn(2), Weight: 10 },
      ],
      deploymentPreference: undefined,
    },
    {
      name: 'live',
      arn: arn('live'),
      routingConfiguration: [{ StateMachineVersionArn: arn(2), Weight: 100 }],
      deploymentPreference: { Type: 'CANARY', Percentage: 10, Interval: 5 },
    },
  ]);
  expect(findMachine(cloud, arn('live'))).toBe(machine);
  const fn = findFunction(cloud, 'Versions/Fn');
  expect(fn.versions).toEqual([{ arn: `${fn.arn}:1`, version: '1' }]);
  expect(fn.aliases).toEqual([{ arn: `${fn.arn}:live`, name: 'live', version: '1' }]);
  expect(findFunction(cloud, 'Versions/UsesVersion').environment).toEqual({ NUMBER: '2', FN: `${fn.arn}:1` });
});

describe('the source of a function', () => {
  test('is read from the metadata of its construct, relative to the assembly', () => {
    let outdir = '';
    const cloud = synthesized((app) => {
      const fn = handler(new Stack(app, 'Sources'), 'Fn');
      fn.node.defaultChild!.node.addMetadata('cdk-baton:entry', { entry: '../lambda/charge/handler.ts', handler: 'handler' });
      outdir = app.outdir;
    });
    expect(cloud.functions[0]!.entry).toEqual({ entry: join(outdir, '../lambda/charge/handler.ts'), handler: 'handler' });
  });

  test('of a wrong shape is refused', () => {
    const define = () =>
      synthesized((app) => {
        handler(new Stack(app, 'Sources'), 'Fn').node.defaultChild!.node.addMetadata('cdk-baton:entry', 'lambda/a.ts');
      });
    expect(define).toThrow(/"cdk-baton:entry" of Sources\/Fn\/Resource must be \{ entry, handler \}[^]*found "lambda\/a.ts"/);
  });

  test('inline code is given as text', () => {
    const cloud = synthesized((app) => {
      new LambdaFunction(new Stack(app, 'Inline'), 'Fn', {
        runtime: Runtime.NODEJS_20_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => 7;'),
      });
    });
    expect(cloud.functions[0]!.code).toEqual({ kind: 'inline', text: 'exports.handler = async () => 7;' });
  });
});

describe('a directory that is no cloud assembly', () => {
  test('without manifest says to synthesize', () => {
    expect(() => readAssembly(join(scratch, 'nothing'))).toThrow(
      /nothing\/manifest.json cannot be read: ENOENT.*Synthesize first: npx cdk synth/,
    );
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', '{', /manifest.json is not JSON/],
    ['no artifacts', '[]', /not the manifest of a cloud assembly: expected an object of artifacts, found nothing/],
    [
      'a stack without template',
      '{"artifacts":{"A":{"type":"aws:cloudformation:stack"}}}',
      /needs the property templateFile, found nothing/,
    ],
    [
      'a template that is not there',
      '{"artifacts":{"A":{"type":"aws:cloudformation:stack","properties":{"templateFile":"gone.json"}}}}',
      /gone.json cannot be read: ENOENT.*Synthesize again/,
    ],
  ])('with %s is refused', (name, manifest, message) => {
    const directory = join(scratch, name.replaceAll(' ', '-'));
    mkdirSync(directory);
    writeFileSync(join(directory, 'manifest.json'), manifest);
    expect(() => readAssembly(directory)).toThrow(message);
  });
});

test('metadata in the manifest itself, as older versions of the CDK write it, is read too', () => {
  const directory = join(scratch, 'older');
  mkdirSync(directory);
  const metadata = { '/Old/Fn/Resource': [{ type: 'aws:cdk:logicalId', data: 'Fn' }] };
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111122223333/eu-west-1',
    properties: { templateFile: 't.json' },
  };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: { Old: { ...stack, metadata } } }));
  writeFileSync(join(directory, 't.json'), JSON.stringify({ Resources: { Fn: { Type: 'AWS::Lambda::Function' } } }));
  expect(findFunction(readAssembly(directory), 'Old/Fn')).toMatchObject({
    region: 'eu-west-1',
    account: '111122223333',
    name: 'Old-Fn',
  });
});

test('two synths of one app read the same', () => {
  const read = () =>
    synthesized((app) => {
      const stack = new Stack(app, 'Same');
      new StateMachine(stack, 'Machine', {
        definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(stack, 'Invoke', { lambdaFunction: handler(stack, 'Fn') })),
      });
    });
  const plain = ({ machines, tables, resources }: Cloud) => JSON.stringify({ machines, tables, resources });
  expect(plain(read())).toBe(plain(read()));
});
