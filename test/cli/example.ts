import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Takes `taken` pieces from the table, so many that none may be left, and tells the customer. Fails with TooFew. */
const DEFINITION = {
  StartAt: 'Take',
  States: {
    Take: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:updateItem',
      Parameters: {
        TableName: 'stock',
        Key: { Id: { S: 'kettle' } },
        UpdateExpression: 'SET Pieces = Pieces - :taken',
        ConditionExpression: 'Pieces >= :taken',
        ExpressionAttributeValues: { ':taken': { 'N.$': "States.Format('{}', $.taken)" } },
      },
      ResultPath: null,
      Catch: [{ ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], Next: 'TooFew' }],
      Next: 'Tell',
    },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sesv2:sendEmail',
      Parameters: {
        FromEmailAddress: 'shop@example.com',
        Destination: { ToAddresses: ['ada@example.com'] },
        Content: { Simple: { Subject: { Data: 'Taken' }, Body: { Text: { Data: 'They are yours.' } } } },
      },
      ResultPath: null,
      End: true,
    },
    TooFew: { Type: 'Fail', Error: 'TooFew', Cause: 'there are not so many' },
  },
};

const TEMPLATE = {
  Resources: {
    Stock: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'stock',
        KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: 'arn:aws:iam::123456789012:role/r', DefinitionString: JSON.stringify(DEFINITION) },
    },
  },
};

const MANIFEST = {
  artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } } },
};

/** What `synth` of a small shop would write. */
export function synthesizeShop(outdir: string): Promise<void> {
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(outdir, 'Shop.template.json'), JSON.stringify(TEMPLATE));
  return Promise.resolve();
}

/** The `example.json` of the shop. */
export const SHOP = {
  machine: 'Machine',
  tables: { Stock: 'stock.json' },
  rejectedAddresses: ['rejected@example.com'],
  inputs: [
    { file: 'two.json', description: 'Two of three.', status: 'SUCCEEDED' },
    { file: 'four.json', description: 'Four of three.', status: 'FAILED', error: 'TooFew' },
  ],
};

/** A new folder with the shop's example in it. */
export function writeShop(example: unknown = SHOP, files: Readonly<Record<string, unknown>> = {}): string {
  const directory = join(mkdtempSync(join(tmpdir(), 'baton-example-')), 'shop');
  mkdirSync(directory);
  const all = {
    'example.json': example,
    'stock.json': [{ Id: { S: 'kettle' }, Pieces: { N: '3' } }],
    'two.json': { taken: 2 },
    'four.json': { taken: 4 },
    ...files,
  };
  for (const [name, content] of Object.entries(all))
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  return directory;
}
