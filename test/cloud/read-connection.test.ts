import { readTemplate } from '../../lib/cloud/read-template';

const connection = (Properties: Record<string, unknown>) =>
  readTemplate({ Parameters: { Key: { Type: 'String' } }, Resources: { It: { Type: 'AWS::Events::Connection', Properties } } })
    .connections[0]!;

test('values are resolved, secrets stay as they stand or are named', () => {
  const { name, arn, properties } = connection({
    Name: 'shop',
    AuthorizationType: 'API_KEY',
    AuthParameters: {
      ApiKeyAuthParameters: { ApiKeyName: { 'Fn::Sub': 'x-${AWS::Region}' }, ApiKeyValue: { Ref: 'Key' } },
      InvocationHttpParameters: {
        HeaderParameters: [{ Key: 'token', Value: '{{resolve:secretsmanager:token}}', IsValueSecret: true }],
      },
    },
  });
  expect({ name, arn }).toEqual({ name: 'shop', arn: expect.stringMatching(/:connection\/shop\//) as unknown });
  expect(properties).toEqual({
    Name: 'shop',
    AuthorizationType: 'API_KEY',
    AuthParameters: {
      ApiKeyAuthParameters: { ApiKeyName: 'x-us-east-1', ApiKeyValue: '{{ApiKeyValue of the connection shop}}' },
      InvocationHttpParameters: {
        HeaderParameters: [{ Key: 'token', Value: '{{resolve:secretsmanager:token}}', IsValueSecret: true }],
      },
    },
  });
});
