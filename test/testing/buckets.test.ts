import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, JsonPath, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { bucket, createTestWorld, directory, simulate, SimulatorError } from '../../lib/testing';
import { inARow } from './definitions';

/** Copies an object from one bucket into another. */
class CopyStack extends Stack {
  readonly incoming = new Bucket(this, 'Incoming');
  readonly outgoing = new Bucket(this, 'Outgoing');

  constructor() {
    super(new App(), 'Copy');
    const read = this.call('Read', 'getObject', { Bucket: this.incoming.bucketName, Key: JsonPath.stringAt('$.key') });
    const write = this.call('Write', 'putObject', {
      Bucket: this.outgoing.bucketName,
      Key: JsonPath.stringAt('$.key'),
      Body: JsonPath.stringAt('$.object.Body'),
    });
    new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(read.next(write).next(new Pass(this, 'Done'))),
    });
  }

  private call(id: string, action: string, parameters: Record<string, unknown>): CallAwsService {
    const resultPath = id === 'Read' ? '$.object' : JsonPath.DISCARD;
    return new CallAwsService(this, id, { service: 's3', action, parameters, iamResources: ['*'], resultPath });
  }
}

test("the stack's buckets are there, and a test puts and sees objects", async () => {
  const stack = new CopyStack();
  const world = createTestWorld(stack);
  world.putObject(stack.incoming, 'order.txt', 'tea');
  const run = await simulate(stack, { world, input: { key: 'order.txt' } });

  expect(run.status).toBe('SUCCEEDED');
  expect(await world.objects(stack.outgoing)).toEqual([
    expect.objectContaining({ key: 'order.txt', text: 'tea', lastModified: new Date('2025-01-01T00:00:00Z') }),
  ]);
  expect(await world.objects(stack.outgoing, 'x')).toEqual([]);
});

test('a bucket holds the files of a directory, and the run does not write to it', async () => {
  const stack = new CopyStack();
  const contents = bucket(stack.incoming, directory(__dirname));
  const world = createTestWorld(stack, { buckets: [contents] });
  const run = await simulate(stack, { world, input: { key: 'definitions.ts' } });

  expect(run.status).toBe('SUCCEEDED');
  const [copied] = await world.objects(stack.outgoing);
  expect(copied?.text).toContain('A Task that sends a message');
});

const read = (name: string) =>
  inARow({
    Read: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject', Parameters: { Bucket: name, 'Key.$': '$.key' } },
  });

test('a bucket that no template makes is made by the option', async () => {
  const world = createTestWorld(undefined, { buckets: [bucket('partner')] });
  const first = await simulate(read('partner'), { world, input: { key: 'k' } });
  expect(first).toMatchObject({ status: 'FAILED', error: 'S3.NoSuchKeyException' });
  world.putObject('partner', 'k', Buffer.from('tea'));
  expect(await simulate(read('partner'), { world, input: { key: 'k' } })).toMatchObject({ output: { Body: 'tea' } });
  expect(await simulate(read('other'), { world, input: { key: 'k' } })).toMatchObject({ error: 'S3.NoSuchBucketException' });
});

test('mistakes are named', async () => {
  const stack = new CopyStack();
  const elsewhere = new CopyStack();
  expect(() => createTestWorld(stack, { buckets: [bucket(new Bucket(new Stack(new App(), 'Else'), 'Files'))] })).toThrow(
    /bucket\('Else\/Files'\) is about a bucket that the stack does not have\. It has: Copy\/Incoming\/Resource, Copy\/Outgoing\/Resource\./,
  );
  expect(() => createTestWorld(stack).putObject('none', 'k', '')).toThrow(
    /There is no bucket none in this world\. The stack has: copy-/,
  );
  await expect(createTestWorld(elsewhere).objects('none')).rejects.toThrow(SimulatorError);
  await expect(simulate(read('files'), { input: { key: 'k' } })).rejects.toThrow(
    /"Read" asks for the bucket files, and there is no bucket at all/,
  );
});

test.each([
  [
    'single objects',
    { 'a.csv': 'a' },
    /^bucket\('files', …\) holds directory\(…\), or an object with the functions .*; found \{ 'a\.csv': 'a' \}\. To put single objects into it: world\.putObject\('files', key, body\)\.$/,
  ],
  ['a list alone', { list: () => [] }, /found \{ list: \[Function: list\] \}/],
])('%s are no source', (_what, source, message) => {
  expect(() => bucket('files', source as never)).toThrow(SimulatorError);
  expect(() => bucket('files', source as never)).toThrow(message);
});

test('what is neither text nor bytes nor a stream is no object', async () => {
  const source = { list: () => ['k'], get: () => ({ body: 'text' }) } as never;
  const world = createTestWorld(undefined, { buckets: [bucket('files', source)] });
  await expect(world.objects('files')).rejects.toThrow(
    "The source of a bucket gives text, bytes or a stream of them for an object; found { body: 'text' }.",
  );
});
