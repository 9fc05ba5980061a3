import {
  findFunction,
  findMachine,
  findTable,
  tryFindFunction,
  tryFindMachine,
  tryFindTable,
} from '../../lib/cloud/find-in-cloud';
import { readTemplate } from '../../lib/cloud/read-template';

const at = (path: string) => ({ Metadata: { 'aws:cdk:path': path } });
const machine = { Type: 'AWS::StepFunctions::StateMachine' };
const cloud = readTemplate(
  {
    Resources: {
      Orders: { ...machine, ...at('Shop/Orders/Machine/Resource'), Properties: { StateMachineName: 'orders' } },
      Returns: { ...machine, ...at('Shop/Returns/Resource'), Properties: { StateMachineName: 'Orders' } },
      Fn: { Type: 'AWS::Lambda::Function', ...at('Shop/Fn') },
      Table: { Type: 'AWS::DynamoDB::Table' },
    },
  },
  { stackName: 'Shop' },
);
const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:orders';

test.each([
  arn,
  `${arn}:1`,
  `${arn}:live`,
  'orders',
  'Shop/Orders/Machine',
  'Shop/Orders/Machine/Resource',
  '/Shop/Orders',
  'Shop/Orders',
])('finds the state machine by %s', (query) => {
  expect(findMachine(cloud, query).logicalId).toBe('Orders');
});

test('a name goes before a logical id', () => {
  expect(findMachine(cloud, 'Orders').logicalId).toBe('Returns');
});

test('a path above several is no answer', () => {
  expect(() => findMachine(cloud, 'Shop')).toThrow(
    [
      '"Shop" may be any of several:',
      `  orders (Shop/Orders/Machine/Resource, logical id Orders, ${arn})`,
      '  Orders (Shop/Returns/Resource, logical id Returns, arn:aws:states:us-east-1:123456789012:stateMachine:Orders)',
      'Use an ARN or a construct path.',
    ].join('\n'),
  );
});

test('a path that only begins alike is none', () => {
  expect(tryFindMachine(cloud, 'Shop/Ord')).toBeUndefined();
  expect(tryFindMachine(cloud, '')).toBeUndefined();
});

test('what is not there is told with what there is', () => {
  expect(() => findMachine(cloud, 'Refunds')).toThrow(
    /There is no state machine "Refunds". There are:\n  orders \(Shop[^]*\nUse a name, an ARN/,
  );
  expect(() => findMachine(readTemplate({ Resources: {} }), 'x')).toThrow(/There is no state machine at all/);
  expect([tryFindMachine(cloud, 'x'), tryFindFunction(cloud, 'x'), tryFindTable(cloud, 'x')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('functions and tables are found the same way', () => {
  expect(findFunction(cloud, 'Shop/Fn').name).toBe('Shop-Fn');
  expect(findFunction(cloud, 'arn:aws:lambda:us-east-1:123456789012:function:Shop-Fn:$LATEST').name).toBe('Shop-Fn');
  expect(findTable(cloud, 'Table').name).toBe('Shop-Table');
  expect(() => findTable(cloud, 'x')).toThrow(/There is no table "x"/);
});
