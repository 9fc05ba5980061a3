import { connect } from 'node:http2';
import { Readable } from 'node:stream';
import { DynamoDBClient, GetItemCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand, MessageRejected } from '@aws-sdk/client-sesv2';
import { SFNClient, StartSyncExecutionCommand, SendTaskSuccessCommand, TaskTimedOut } from '@aws-sdk/client-sfn';
import {
  GetTopicAttributesCommand,
  NotFoundException,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { QueueDoesNotExist, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { JsonObject } from '../../../lib/json/json';
import { type Api, ApiFailure, type Caller, type Operation } from '../../../lib/services/api';
import { endpointOf } from '../../../lib/services/doors/endpoints';
import { inHandler } from './in-handler';

/** An API that remembers what it was asked. */
function apiOf(name: string, operations: Readonly<Record<string, Operation>>) {
  const asked: JsonObject[] = [];
  const callers: Caller[] = [];
  const remembering = Object.entries(operations).map(([operation, perform]): [string, Operation] => [
    operation,
    (request, from) => {
      asked.push(request);
      callers.push(from);
      return perform(request, from);
    },
  ]);
  return { api: { name, operations: Object.fromEntries(remembering) } satisfies Api, asked, callers };
}

const refusing =
  (code: string, statusCode = 400): Operation =>
  () => {
    throw new ApiFailure(code, 'because', statusCode);
  };

/** What a failed call tells. */
const failure = (call: Promise<unknown>, type: new (...given: never[]) => Error): Promise<unknown> =>
  call.then(
    () => 'no failure',
    (reason: unknown) => {
      const error = reason as Error & { readonly $metadata?: { readonly httpStatusCode: number; readonly requestId: string } };
      return {
        isInstance: error instanceof type,
        name: error.name,
        message: error.message,
        status: error.$metadata?.httpStatusCode,
        hasRequestId: /^[0-9a-f-]{36}$/.test(error.$metadata?.requestId ?? ''),
      };
    },
  );

const failed = (name: string, status = 400) => ({ isInstance: true, name, message: 'because', status, hasRequestId: true });

test('who calls is the handler, in the region of the endpoint, at the virtual time', async () => {
  const { api, callers } = apiOf('dynamodb', { GetItem: () => ({}) });
  await inHandler([api], async () => {
    await new DynamoDBClient({}).send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'a' } } }));
    await new DynamoDBClient({ region: 'us-west-2' }).send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'a' } } }));
  });
  expect(callers.map(({ who, region, accountId, state, epochMs }) => ({ who, region, accountId, state, epochMs }))).toEqual([
    { who: 'the handler of "charge"', region: 'eu-central-1', accountId: '123456789012', state: 'Ask', epochMs: 1763805600000 },
    { who: 'the handler of "charge"', region: 'us-west-2', accountId: '123456789012', state: 'Ask', epochMs: 1763805600000 },
  ]);
});

describe('AWS JSON', () => {
  test('DynamoDB: bytes stay Base64, numbers texts', async () => {
    const { api, asked } = apiOf('dynamodb', { GetItem: () => ({ Item: { b: { B: 'AQI=' }, n: { N: '7' } } }) });
    const item = await inHandler([api], async () => {
      const key = { id: { B: Uint8Array.of(255) } };
      const { Item } = await new DynamoDBClient({}).send(new GetItemCommand({ TableName: 't', Key: key }));
      return { bytes: [...(Item?.['b']?.B ?? [])], number: Item?.['n']?.N };
    });
    expect(asked).toEqual([{ TableName: 't', Key: { id: { B: '/w==' } } }]);
    expect(item).toEqual({ bytes: [1, 2], number: '7' });
  });

  test("DynamoDB's exceptions have their classes", async () => {
    const { api } = apiOf('dynamodb', { GetItem: refusing('ResourceNotFoundException') });
    const answer = await inHandler([api], () =>
      failure(new DynamoDBClient({}).send(new GetItemCommand({ TableName: 't', Key: {} })), ResourceNotFoundException),
    );
    expect(answer).toEqual(failed('ResourceNotFoundException'));
  });

  test('SQS: the host of the queue URL is the same world', async () => {
    const { api, asked } = apiOf('sqs', {
      // The client holds the digest against what it has sent.
      SendMessage: () => ({ MessageId: 'm-1', MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' }),
      ReceiveMessage: () => ({ Messages: [{ MessageId: 'm-1', Body: 'hello', MD5OfBody: '5d41402abc4b2a76b9719d911017c592' }] }),
    });
    const QueueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/jobs';
    const answer = await inHandler([api], async () => {
      const client = new SQSClient({});
      const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
      const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
      return [MessageId, Messages?.[0]?.Body];
    });
    expect(answer).toEqual(['m-1', 'hello']);
    expect(asked).toEqual([
      { QueueUrl, MessageBody: 'hello' },
      { QueueUrl, WaitTimeSeconds: 5 },
    ]);
  });

  test('SQS: exceptions have their classes, and the names of the query protocol', async () => {
    const { api } = apiOf('sqs', { SendMessage: refusing('QueueDoesNotExist') });
    const answer = await inHandler([api], () =>
      failure(
        new SQSClient({}).send(
          new SendMessageCommand({ QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/1/q', MessageBody: 'a' }),
        ),
        QueueDoesNotExist,
      ),
    );
    expect(answer).toMatchObject({ isInstance: true, message: 'because', status: 400 });
  });

  test('EventBridge', async () => {
    const { api, asked } = apiOf('eventbridge', {
      PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] }),
    });
    const answer = await inHandler([api], async () => {
      const Entries = [{ Source: 'shop', DetailType: 'Paid', Detail: '{}', Time: new Date(1000) }];
      return (await new EventBridgeClient({}).send(new PutEventsCommand({ Entries }))).Entries;
    });
    expect(answer).toEqual([{ EventId: 'e-1' }]);
    expect(asked).toEqual([{ Entries: [{ Source: 'shop', DetailType: 'Paid', Detail: '{}', Time: 1 }] }]);
  });

  test('Step Functions: also with the host prefix of a synchronous start', async () => {
    const { api, asked } = apiOf('sfn', {
      StartSyncExecution: () => ({ executionArn: 'a', startDate: 1, stopDate: 2, status: 'SUCCEEDED', output: '7' }),
      SendTaskSuccess: refusing('TaskTimedOut'),
    });
    const answer = await inHandler([api], async () => {
      const client = new SFNClient({});
      const { output, stopDate } = await client.send(new StartSyncExecutionCommand({ stateMachineArn: 'm', input: '1' }));
      return [
        output,
        stopDate,
        await failure(client.send(new SendTaskSuccessCommand({ taskToken: 't', output: '1' })), TaskTimedOut),
      ];
    });
    expect(answer).toEqual(['7', '1970-01-01T00:00:02.000Z', failed('TaskTimedOut')]);
    expect(asked[0]).toEqual({ stateMachineArn: 'm', input: '1' });
  });
});

describe('AWS Query: SNS', () => {
  test('maps, lists and texts that XML escapes', async () => {
    const { api, asked } = apiOf('sns', {
      Publish: () => ({ MessageId: 'm-1', SequenceNumber: '1' }),
      PublishBatch: () => ({
        Successful: [{ Id: 'a', MessageId: 'm-2' }],
        Failed: [{ Id: 'b', Code: 'X', Message: '<b> & "c"', SenderFault: true }],
      }),
      GetTopicAttributes: () => ({ Attributes: { TopicArn: 'arn', Policy: '{"a":"<&>"}' } }),
    });
    const TopicArn = 'arn:aws:sns:eu-central-1:123456789012:news';
    const answer = await inHandler([api], async () => {
      const client = new SNSClient({});
      const MessageAttributes = {
        kind: { DataType: 'String', StringValue: 'order & more' },
        raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
      };
      const { MessageId } = await client.send(new PublishCommand({ TopicArn, Message: 'é\n<a>', MessageAttributes }));
      const entries = ['a', 'b'].map((Id) => ({ Id, Message: Id }));
      const { Successful, Failed } = await client.send(
        new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }),
      );
      const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
      return { MessageId, Successful, Failed, Attributes };
    });
    expect(answer).toEqual({
      MessageId: 'm-1',
      Successful: [{ Id: 'a', MessageId: 'm-2' }],
      Failed: [{ Id: 'b', Code: 'X', Message: '<b> & "c"', SenderFault: true }],
      Attributes: { TopicArn: 'arn', Policy: '{"a":"<&>"}' },
    });
    expect(asked).toEqual([
      {
        TopicArn,
        Message: 'é\n<a>',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'order & more' },
          raw: { DataType: 'Binary', BinaryValue: 'AQI=' },
        },
      },
      {
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: 'a' },
          { Id: 'b', Message: 'b' },
        ],
      },
      { TopicArn },
    ]);
  });

  test('exceptions have their classes', async () => {
    const { api } = apiOf('sns', { Publish: refusing('NotFoundException', 404) });
    const answer = await inHandler([api], () =>
      failure(new SNSClient({}).send(new PublishCommand({ TopicArn: 'arn', Message: 'a' })), NotFoundException),
    );
    expect(answer).toEqual(failed('NotFoundException', 404));
  });
});

describe('REST JSON', () => {
  test('SES v2', async () => {
    const { api, asked } = apiOf('sesv2', { SendEmail: () => ({ MessageId: 'm-1' }) });
    const Content = { Raw: { Data: Uint8Array.of(1) } };
    const answer = await inHandler(
      [api],
      async () => (await new SESv2Client({}).send(new SendEmailCommand({ Content }))).MessageId,
    );
    expect([answer, asked]).toEqual(['m-1', [{ Content: { Raw: { Data: 'AQ==' } } }]]);
  });

  test("SES v2's exceptions have their classes", async () => {
    const { api } = apiOf('sesv2', { SendEmail: refusing('MessageRejected') });
    const send = () => failure(new SESv2Client({}).send(new SendEmailCommand({ Content: {} })), MessageRejected);
    expect(await inHandler([api], send)).toEqual(failed('MessageRejected'));
  });

  test('Bedrock, over HTTP/2, whose connection outlives the invocation', async () => {
    const { api, asked } = apiOf('bedrockruntime', {
      InvokeModel: ({ modelId }) => {
        if (modelId === 'busy') throw new ApiFailure('ThrottlingException', 'because', 429);
        return { body: Buffer.from('{"said":"hello"}').toString('base64'), contentType: 'application/json' };
      },
    });
    let session: ReturnType<typeof connect> | undefined;
    const invokeModel = (modelId: string) => async () => {
      session ??= connect('https://bedrock-runtime.eu-central-1.amazonaws.com');
      const headers = { ':method': 'POST', 'content-type': 'application/json', accept: '*/*' };
      const stream = session.request({ ...headers, ':path': `/model/${encodeURIComponent(modelId)}/invoke` });
      const head = new Promise<Record<string, unknown>>((resolve) => stream.on('response', resolve));
      stream.end('{"say":1}');
      let text = '';
      for await (const chunk of stream.setEncoding('utf8')) text += chunk as string;
      const { ':status': status, 'x-amzn-errortype': errorType = null } = await head;
      return { status, errorType, text };
    };
    expect(await inHandler([api], invokeModel('anthropic.claude-v2:1'))).toEqual({
      status: 200,
      errorType: null,
      text: '{"said":"hello"}',
    });
    expect(await inHandler([api], invokeModel('busy'))).toEqual({
      status: 429,
      errorType: 'ThrottlingException',
      text: '{"message":"because"}',
    });
    session?.close();
    const body = Buffer.from('{"say":1}').toString('base64');
    expect(asked[0]).toEqual({ modelId: 'anthropic.claude-v2:1', contentType: 'application/json', accept: '*/*', body });
  });
});

test('what stops the run does so over HTTP/2, too, though the handler catches it', async () => {
  const { api } = apiOf('bedrockruntime', {});
  const asking = inHandler([api], async () => {
    const session = connect('https://bedrock-runtime.eu-central-1.amazonaws.com');
    const stream = session.request({ ':method': 'POST', ':path': '/model/any/invoke' });
    const failed = new Promise((resolve) => stream.on('error', resolve));
    stream.end('{}');
    await failed;
    session.close();
    return 'all is well';
  });
  await expect(asking).rejects.toThrow(/the handler of "charge" calls InvokeModel of bedrockruntime, which is not simulated/);
});

describe('REST XML: S3', () => {
  const object = {
    AcceptRanges: 'bytes',
    ContentLength: 3,
    ContentType: 'text/plain',
    ETag: '"e"',
    LastModified: 86_400,
    Metadata: { by: 'test' },
    ServerSideEncryption: 'AES256',
  };
  const bytes = Uint8Array.of(1, 254, 13);

  test('objects: bytes, metadata, ranges', async () => {
    const { api, asked } = apiOf('s3', {
      PutObject: () => ({ ETag: '"e"', ChecksumCRC32: 'AAAAAA==', ChecksumType: 'FULL_OBJECT' }),
      GetObject: ({ Range }) => ({
        ...object,
        ...(Range === undefined ? {} : { ContentRange: 'bytes 0-2/9' }),
        Body: Buffer.from(bytes).toString('base64'),
      }),
      HeadObject: () => object,
      CopyObject: () => ({ CopyObjectResult: { ETag: '"c"', LastModified: 1.5 } }),
      DeleteObject: () => ({}),
    });
    const Bucket = 'my-bucket';
    const Key = 'a folder/ä+b.txt';
    const answer = await inHandler([api], async () => {
      const client = new S3Client({});
      const put = await client.send(
        new PutObjectCommand({ Bucket, Key, Body: bytes, ContentType: 'text/plain', Metadata: { by: 'test' } }),
      );
      const stream = Readable.from([Buffer.from('one '), Buffer.alloc(100_000, 0x61)]);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: stream, ContentLength: 100_004 }));
      const got = await client.send(new GetObjectCommand({ Bucket, Key }));
      const part = await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-2' }));
      const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
      const copied = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/a%20b` }));
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      await new S3Client({ forcePathStyle: true }).send(new DeleteObjectCommand({ Bucket, Key }));
      return {
        put: put.ETag,
        body: [...((await got.Body?.transformToByteArray()) ?? [])],
        got: [got.ContentType, got.Metadata, got.LastModified, got.$metadata.httpStatusCode],
        part: [part.ContentRange, part.$metadata.httpStatusCode],
        head: [head.ContentLength, head.ETag],
        copied: [copied.CopyObjectResult?.ETag, copied.CopyObjectResult?.LastModified],
      };
    });
    expect(answer).toEqual({
      put: '"e"',
      body: [...bytes],
      got: ['text/plain', { by: 'test' }, '1970-01-02T00:00:00.000Z', 200],
      part: ['bytes 0-2/9', 206],
      head: [3, '"e"'],
      copied: ['"c"', '1970-01-01T00:00:01.500Z'],
    });
    const [put, streamed, ...others] = asked;
    const Body = Buffer.from(bytes).toString('base64');
    expect(put).toMatchObject({ Bucket, Key, Body, ContentType: 'text/plain', Metadata: { by: 'test' } });
    const text = Buffer.from(streamed?.['Body'] as string, 'base64').toString();
    expect([text.slice(0, 6), text.length]).toEqual(['one aa', 100_004]);
    expect(streamed).not.toHaveProperty('ContentEncoding');
    expect(others.map(({ Bucket: bucket, Key: key, Range, CopySource }) => [bucket, key, Range, CopySource])).toEqual([
      [Bucket, Key, undefined, undefined],
      [Bucket, Key, 'bytes=0-2', undefined],
      [Bucket, Key, undefined, undefined],
      [Bucket, 'copy', undefined, `${Bucket}/a%20b`],
      [Bucket, Key, undefined, undefined],
      [Bucket, Key, undefined, undefined],
    ]);
  });

  test('lists, and deletes many', async () => {
    const { api, asked } = apiOf('s3', {
      ListObjectsV2: () => ({
        Contents: [
          { Key: 'a&b', Size: 3, LastModified: 0, ETag: '"e"' },
          { Key: 'c', Size: 0, LastModified: 1, ETag: '"f"' },
        ],
        CommonPrefixes: [{ Prefix: 'd/' }],
        IsTruncated: true,
        KeyCount: 3,
        NextContinuationToken: 't',
      }),
      DeleteObjects: () => ({ Deleted: [{ Key: 'a&b' }, { Key: '<c>' }] }),
    });
    const answer = await inHandler([api], async () => {
      const client = new S3Client({});
      const query = { Bucket: 'b', Prefix: 'x/', Delimiter: '/', MaxKeys: 3, ContinuationToken: 's' };
      const { Contents, CommonPrefixes, IsTruncated, NextContinuationToken } = await client.send(new ListObjectsV2Command(query));
      const Delete = { Objects: [{ Key: 'a&b' }, { Key: '<c>' }] };
      const { Deleted } = await client.send(new DeleteObjectsCommand({ Bucket: 'b', Delete }));
      return { keys: Contents?.map(({ Key, Size }) => [Key, Size]), CommonPrefixes, IsTruncated, NextContinuationToken, Deleted };
    });
    expect(answer).toEqual({
      keys: [
        ['a&b', 3],
        ['c', 0],
      ],
      CommonPrefixes: [{ Prefix: 'd/' }],
      IsTruncated: true,
      NextContinuationToken: 't',
      Deleted: [{ Key: 'a&b' }, { Key: '<c>' }],
    });
    expect(asked).toEqual([
      { Bucket: 'b', Prefix: 'x/', Delimiter: '/', MaxKeys: 3, ContinuationToken: 's' },
      { Bucket: 'b', Delete: { Objects: [{ Key: 'a&b' }, { Key: '<c>' }], Quiet: false } },
    ]);
  });

  test('exceptions have their classes', async () => {
    const { api } = apiOf('s3', { GetObject: refusing('NoSuchKey', 404) });
    const get = () => failure(new S3Client({}).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })), NoSuchKey);
    expect(await inHandler([api], get)).toMatchObject({ isInstance: true, name: 'NoSuchKey', message: 'because', status: 404 });
  });

  test('what is another operation is not taken for the nearest', async () => {
    const { api } = apiOf('s3', { GetObject: () => ({}) });
    const tagging = () => new S3Client({ maxAttempts: 1 }).send(new GetObjectTaggingCommand({ Bucket: 'b', Key: 'k' }));
    await expect(inHandler([api], tagging)).rejects.toThrow(
      /the handler of "charge" calls GET \/b\/k\?tagging= of s3, which is not simulated/,
    );
  });
});

test('an operation that is not simulated stops the run, though the handler catches it', async () => {
  const { api } = apiOf('sqs', { SendMessage: () => ({}) });
  const receive = async () => {
    const QueueUrl = 'https://sqs.eu-central-1.amazonaws.com/1/q';
    await new SQSClient({ maxAttempts: 1 }).send(new ReceiveMessageCommand({ QueueUrl })).catch(() => undefined);
    return 'all is well';
  };
  await expect(inHandler([api], receive)).rejects.toThrow(
    'the handler of "charge" calls ReceiveMessage of sqs, which is not simulated (simulated are: SendMessage).',
  );
});

test('what the SDK calls retryable it tries again in real time, and the guard against handlers that never answer begins anew', async () => {
  const { api, asked } = apiOf('dynamodb', { GetItem: refusing('ThrottlingException') });
  const get = () => failure(new DynamoDBClient({}).send(new GetItemCommand({ TableName: 't', Key: {} })), Error);
  // Its delays are random.
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.01);
  let restarts = 0;
  const park = () => () => void restarts++;
  expect(await inHandler([api], get, { park })).toMatchObject({ name: 'ThrottlingException' });
  random.mockRestore();
  expect(asked.length).toBeGreaterThanOrEqual(3);
  expect(restarts).toBe(asked.length);
});

test.each([
  ['dynamodb.us-east-1.amazonaws.com', 'dynamodb', 'us-east-1'],
  ['123456789012.ddb.us-east-1.amazonaws.com', 'ddb', 'us-east-1'],
  ['dynamodb.cn-north-1.amazonaws.com.cn', 'dynamodb', 'cn-north-1'],
  ['sqs-fips.us-gov-west-1.amazonaws.com', 'sqs', 'us-gov-west-1'],
  ['sync-states.eu-west-1.amazonaws.com', 'sync-states', 'eu-west-1'],
  ['my.bucket.s3.eu-west-1.amazonaws.com', 's3', 'eu-west-1'],
  ['bucket.s3.dualstack.eu-west-1.amazonaws.com', 's3', 'eu-west-1'],
  ['bucket.s3.amazonaws.com', 's3', undefined],
  ['lambda.eu-west-1.api.aws', 'lambda', 'eu-west-1'],
  ['sts.amazonaws.com', 'sts', undefined],
])('%s is %s in %s', (host, service, region) => expect(endpointOf(host)).toEqual({ service, region }));
