import type { Json, JsonObject } from '../../lib/json/json';
import { readTemplate, type TemplateOptions } from '../../lib/cloud/read-template';

/** Resolves one value in a template with the given sections: as a field of a resource, where any value may stand. */
function resolve(value: Json, sections: Record<string, unknown> = {}, options: TemplateOptions = {}): Json | undefined {
  const { Resources, ...others } = sections as { Resources?: JsonObject };
  const resource = { Type: 'Test::Any', Properties: { Value: value } };
  const cloud = readTemplate({ ...others, Resources: { ...Resources, Probe: resource } }, { stackName: 'App', ...options });
  return cloud.resources.find(({ logicalId }) => logicalId === 'Probe')!.properties.Value;
}

const queue = { Queue: { Type: 'AWS::SQS::Queue' } };
const table = { Orders: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } } };

describe('literals', () => {
  test.each<[string, Json]>([
    ['zero', 0],
    ['false', false],
    ['an empty text', ''],
    ['null', null],
    ['a list of them', [0, false, '', null]],
    ['an object of them', { a: 0, b: false, c: '', d: null }],
  ])('%s stays what it is', (_, value) => {
    expect(resolve(value)).toEqual(value);
  });

  test('keys that objects inherit are fields like any other', () => {
    const value = JSON.parse('{"__proto__":{"Ref":"AWS::Region"},"constructor":1}') as Json;
    expect(JSON.stringify(resolve(value))).toBe('{"__proto__":"us-east-1","constructor":1}');
  });

  test('Ref beside other fields is a field', () => {
    expect(resolve({ Ref: 'x', Other: 1 })).toEqual({ Ref: 'x', Other: 1 });
  });

  test('Condition is a field outside of conditions, as in IAM policies', () => {
    expect(resolve({ Condition: { StringEquals: { a: 'b' } } })).toEqual({ Condition: { StringEquals: { a: 'b' } } });
  });
});

describe('Ref', () => {
  test('gives the pseudo parameters of the stack', () => {
    const all = ['Region', 'AccountId', 'Partition', 'URLSuffix', 'StackName'].map((name) => ({ Ref: `AWS::${name}` }));
    expect(resolve(all)).toEqual(['us-east-1', '123456789012', 'aws', 'amazonaws.com', 'App']);
  });

  test('follows the region into other partitions', () => {
    const china = { region: 'cn-north-1', account: '111122223333' };
    expect(resolve([{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }, { Ref: 'AWS::AccountId' }], {}, china)).toEqual([
      'aws-cn',
      'amazonaws.com.cn',
      '111122223333',
    ]);
    expect(resolve({ Ref: 'AWS::Partition' }, {}, { region: 'us-gov-west-1' })).toBe('aws-us-gov');
  });

  test('gives a stack id that is an ARN and always the same', () => {
    const id = resolve({ Ref: 'AWS::StackId' });
    expect(id).toMatch(/^arn:aws:cloudformation:us-east-1:123456789012:stack\/App\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(resolve({ Ref: 'AWS::StackId' })).toBe(id);
  });

  test('AWS::NoValue removes a field, an item and a whole property', () => {
    const none = { Ref: 'AWS::NoValue' };
    expect(resolve({ a: none, b: [none, 1] })).toEqual({ b: [1] });
    expect(resolve(none)).toBeUndefined();
  });

  test('gives a parameter its Default, or the value it is given', () => {
    const Parameters = { Env: { Type: 'String', Default: 'dev' }, Count: { Type: 'Number', Default: 0 } };
    expect(resolve([{ Ref: 'Env' }, { Ref: 'Count' }], { Parameters })).toEqual(['dev', 0]);
    expect(resolve({ Ref: 'Env' }, { Parameters }, { parameters: { Env: '' } })).toBe('');
  });

  test('makes a list of a list parameter', () => {
    const Parameters = {
      A: { Type: 'CommaDelimitedList', Default: 'x, y' },
      B: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1' },
    };
    expect(resolve([{ Ref: 'A' }, { Ref: 'B' }], { Parameters })).toEqual([['x', 'y'], ['subnet-1']]);
  });

  test('gives a stored parameter the value that the template stores, else its Default', () => {
    const Parameters = { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/limit' } };
    const Resources = { S: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/limit', Type: 'String', Value: '7' } } };
    expect(resolve({ Ref: 'P' }, { Parameters, Resources })).toBe('7');
    expect(resolve({ Ref: 'P' }, { Parameters })).toBe('/app/limit');
  });

  test('refuses a parameter without Default, a name that is not there, and a type that it does not know', () => {
    expect(() => resolve({ Ref: 'Env' }, { Parameters: { Env: { Type: 'String' } } })).toThrow(
      /"Env" has no Default.*Give it a Default/,
    );
    expect(() => resolve({ Ref: 'Nobody' })).toThrow(/no resource or parameter "Nobody"/);
    expect(() => resolve({ Ref: 'Db' }, { Resources: { Db: { Type: 'AWS::RDS::DBInstance' } } })).toThrow(
      /does not know what AWS::RDS::DBInstance returns/,
    );
    expect(() => resolve({ Ref: 'constructor' })).toThrow(/no resource or parameter "constructor"/);
  });
});

describe('Fn::GetAtt', () => {
  test('gives attributes in both notations', () => {
    const arn = 'arn:aws:sqs:us-east-1:123456789012:App-Queue';
    expect(resolve([{ 'Fn::GetAtt': ['Queue', 'Arn'] }, { 'Fn::GetAtt': 'Queue.Arn' }], { Resources: queue })).toEqual([
      arn,
      arn,
    ]);
  });

  test('takes the name of the attribute from a Ref', () => {
    const Parameters = { Which: { Type: 'String', Default: 'QueueName' } };
    expect(resolve({ 'Fn::GetAtt': ['Queue', { Ref: 'Which' }] }, { Resources: queue, Parameters })).toBe('App-Queue');
  });

  test('refuses an attribute that it does not know, naming those that it knows', () => {
    expect(() => resolve({ 'Fn::GetAtt': ['Queue', 'Depth'] }, { Resources: queue })).toThrow(
      /attribute "Depth" of AWS::SQS::Queue. It knows Arn, QueueName, QueueUrl/,
    );
  });

  test('refuses a text without attribute', () => {
    expect(() => resolve({ 'Fn::GetAtt': 'Queue' }, { Resources: queue })).toThrow(/names no attribute/);
  });
});

describe('Fn::Join', () => {
  test('joins texts, numbers and booleans, leaving out AWS::NoValue', () => {
    expect(resolve({ 'Fn::Join': ['-', ['a', 0, false, '', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::Region' }]] })).toBe(
      'a-0-false--us-east-1',
    );
  });

  test('joins a list that a function makes', () => {
    expect(resolve({ 'Fn::Join': ['+', { 'Fn::Split': [',', 'a,b'] }] })).toBe('a+b');
  });

  test('refuses an object among the parts, and a wrong number of arguments', () => {
    expect(() => resolve({ 'Fn::Join': ['', [{ a: 1 }]] })).toThrow(/Value\/Fn::Join\/1\/0: \{"a":1\}\n.*text is needed here/);
    expect(() => resolve({ 'Fn::Join': [''] })).toThrow(/takes a list of 2, and was given a list of 1/);
  });
});

describe('Fn::Sub', () => {
  const Resources = { ...queue, ...table };

  test('replaces names, attributes and pseudo parameters', () => {
    expect(resolve({ 'Fn::Sub': '${Orders} in ${AWS::Region}: ${Queue.Arn}' }, { Resources })).toBe(
      'orders in us-east-1: arn:aws:sqs:us-east-1:123456789012:App-Queue',
    );
  });

  test('prefers its own variables', () => {
    expect(resolve({ 'Fn::Sub': ['${Orders}/${n}', { Orders: 'mine', n: 0 }] }, { Resources })).toBe('mine/0');
  });

  test('leaves ${!Literal} as ${Literal}', () => {
    expect(resolve({ 'Fn::Sub': '${!Orders} and $.path and {}' }, { Resources })).toBe('${Orders} and $.path and {}');
  });

  test('does not replace what a value brings along', () => {
    expect(resolve({ 'Fn::Sub': ['${a}', { a: '${Orders}' }] }, { Resources })).toBe('${Orders}');
  });

  test('refuses a name that is not there, and an empty one', () => {
    expect(() => resolve({ 'Fn::Sub': 'x ${Nobody} ${Nothing.Arn}' })).toThrow(/2 values.*[^]*"Nobody"[^]*"Nothing"/);
    expect(() => resolve({ 'Fn::Sub': '${}' })).toThrow(/no resource or parameter ""/);
  });
});

describe('Fn::Select and Fn::Split', () => {
  test('take an item of a list', () => {
    expect(resolve({ 'Fn::Select': [0, ['', 'b']] })).toBe('');
    expect(resolve({ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] })).toBe('b');
  });

  test('take an ARN apart', () => {
    const arn = { 'Fn::GetAtt': ['Queue', 'Arn'] };
    expect(resolve({ 'Fn::Select': [5, { 'Fn::Split': [':', arn] }] }, { Resources: queue })).toBe('App-Queue');
  });

  test.each([2, -1, '', 'x', 0.5])('refuse the index %p of a list of two', (index) => {
    expect(() => resolve({ 'Fn::Select': [index, ['a', 'b']] })).toThrow(/of a list of 2/);
  });

  test('refuse to split what is no text', () => {
    expect(() => resolve({ 'Fn::Split': [',', ['a']] })).toThrow(/text is needed here, and the value is \["a"\]/);
  });
});

describe('Fn::FindInMap', () => {
  const Mappings = { Limits: { 'us-east-1': { Max: 0, List: ['a'] } } };

  test('finds by literal and resolved keys', () => {
    expect(resolve({ 'Fn::FindInMap': ['Limits', { Ref: 'AWS::Region' }, 'Max'] }, { Mappings })).toBe(0);
    expect(resolve({ 'Fn::FindInMap': ['Limits', 'us-east-1', 'List'] }, { Mappings })).toEqual(['a']);
  });

  test('falls back to DefaultValue', () => {
    expect(resolve({ 'Fn::FindInMap': ['Limits', 'x', 'Max', { DefaultValue: { Ref: 'AWS::Region' } }] }, { Mappings })).toBe(
      'us-east-1',
    );
  });

  test('refuses what is not there, inherited names among it', () => {
    expect(() => resolve({ 'Fn::FindInMap': ['Limits', 'us-east-1', 'toString'] }, { Mappings })).toThrow(
      /no \/Limits\/us-east-1\/toString/,
    );
  });
});

describe('other functions', () => {
  test('Fn::Base64 encodes UTF-8', () => {
    expect(resolve({ 'Fn::Base64': 'ü' })).toBe('w7w=');
  });

  test('Fn::Length counts, Fn::ToJsonString writes', () => {
    expect(resolve({ 'Fn::Length': { 'Fn::Split': [',', 'a,b,c'] } })).toBe(3);
    expect(resolve({ 'Fn::ToJsonString': { region: { Ref: 'AWS::Region' } } })).toBe('{"region":"us-east-1"}');
  });

  test('a function that is not supported is refused by name', () => {
    expect(() => resolve({ 'Fn::Cidr': ['10.0.0.0/16', 1] })).toThrow(/Fn::Cidr is not supported/);
  });

  test('a function with company in its object is refused', () => {
    expect(() => resolve({ 'Fn::Sub': 'x', Other: 1 })).toThrow(/Fn::Sub must stand alone/);
  });

  test('a dynamic reference is refused, also one that is put together', () => {
    expect(() => resolve('{{resolve:ssm:/a}}')).toThrow(/dynamic reference/);
    expect(() => resolve({ 'Fn::Join': ['', ['{{resolve:', 'ssm:/a}}']] })).toThrow(/dynamic reference/);
  });
});

describe('Fn::If and conditions', () => {
  const Parameters = { Env: { Type: 'String', Default: 'prod' } };
  const isProd = { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] };
  const Conditions = { IsProd: isProd, IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] } };
  const sections = { Parameters, Conditions };

  test('takes the branch of the condition and does not look at the other', () => {
    expect(resolve({ 'Fn::If': ['IsProd', 0, { Ref: 'Nobody' }] }, sections)).toBe(0);
    expect(resolve({ 'Fn::If': ['IsDev', { Ref: 'Nobody' }, { Ref: 'AWS::Region' }] }, sections)).toBe('us-east-1');
    expect(resolve({ 'Fn::If': ['IsProd', 0, 1] }, sections, { parameters: { Env: 'dev' } })).toBe(1);
  });

  test('AWS::NoValue in a branch removes the field', () => {
    expect(resolve({ a: { 'Fn::If': ['IsDev', 1, { Ref: 'AWS::NoValue' }] } }, sections)).toEqual({});
  });

  test('a resource without its condition is not made, and a reference to it is refused', () => {
    const Resources = {
      Dev: { Type: 'AWS::SQS::Queue', Condition: 'IsDev' },
      Prod: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' },
    };
    const cloud = readTemplate({ ...sections, Resources });
    expect(cloud.resources.map(({ logicalId }) => logicalId)).toEqual(['Prod']);
    expect(() => resolve({ Ref: 'Dev' }, { ...sections, Resources })).toThrow(/"Dev" is not made, because its condition "IsDev"/);
  });

  test('a resource whose condition cannot be told is an error at once', () => {
    const broken = { Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } }, Parameters: { P: { Type: 'String' } } };
    expect(() => readTemplate({ ...broken, Resources: { Q: { Type: 'AWS::SQS::Queue', Condition: 'C' } } })).toThrow(
      /\/Conditions\/C\/Fn::Equals\/0\/Ref: \{"Ref":"P"\}\n.*"P" has no Default/,
    );
  });

  test('a condition that is not there is refused', () => {
    expect(() => resolve({ 'Fn::If': ['Nope', 1, 2] }, sections)).toThrow(/Conditions has no "Nope". It has IsProd, IsDev/);
  });
});

describe('what cannot be resolved', () => {
  test('is named all at once, with stack, place, function and reason', () => {
    const Resources = { ...queue, Db: { Type: 'AWS::RDS::DBInstance' } };
    const value: Json = { 'Fn::Join': ['', [{ Ref: 'Nobody' }, { 'Fn::GetAtt': ['Db', 'Endpoint.Address'] }]] };
    expect(() => resolve({ a: value, 'b/c': { Ref: 'None' } }, { Resources })).toThrow(
      [
        'Cannot read Test::Any "Probe" (stack App): 3 values of its template cannot be resolved.',
        '  stack "App", /Resources/Probe/Properties/Value/a/Fn::Join/1/0/Ref: {"Ref":"Nobody"}',
        '    The stack has no resource or parameter "Nobody". Correct the name.',
        '  stack "App", /Resources/Probe/Properties/Value/a/Fn::Join/1/1/Fn::GetAtt: {"Fn::GetAtt":["Db","Endpoint.Address"]}',
        '    The simulator does not know what AWS::RDS::DBInstance returns. Put a literal text in its place for the test.',
        '  stack "App", /Resources/Probe/Properties/Value/b~1c/Ref: {"Ref":"None"}',
        '    The stack has no resource or parameter "None". Correct the name.',
        '  Or give the simulation a fake in its place.',
      ].join('\n'),
    );
  });

  test('harms nobody who does not read it', () => {
    const cloud = readTemplate({
      Resources: { Bad: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'a.b', Role: { Ref: 'Nobody' } } } },
    });
    expect(cloud.functions[0]!.handler).toBe('a.b');
  });
});

describe('circles', () => {
  const named = (TableName: Json) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName } });

  test('of names are told, with every link', () => {
    const Resources = { A: named({ 'Fn::Sub': '${B}-a' }), B: named({ 'Fn::Join': ['', [{ Ref: 'A' }, '-b']] }) };
    expect(() => readTemplate({ Resources }, { stackName: 'App' })).toThrow(
      /circle[^]*name of A \(stack "App"\)[^]*→ Ref of B[^]*→ name of B[^]*→ Ref of A[^]*→ name of A/,
    );
  });

  test('of conditions are told', () => {
    const Conditions = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
    expect(() => resolve({ 'Fn::If': ['A', 1, 2] }, { Conditions })).toThrow(/condition A[^]*→ condition B[^]*→ condition A/);
  });

  test('two references to one thing are none', () => {
    expect(resolve({ 'Fn::Sub': '${Queue.Arn} ${Queue.Arn} ${Queue.QueueName}' }, { Resources: queue })).toContain('App-Queue');
  });
});
