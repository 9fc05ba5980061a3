import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const file = join(__dirname, 'adapter.mjs');
const adapter = readFileSync(file, 'utf8');
const open = resolve(__dirname, '..', '..', '..', 'shared', 'conformance', 'open');

interface RecordedCase {
  readonly id: string;
  readonly category: string;
  readonly definition?: { readonly States?: object };
}

/** What the adapter reads of a record and of the answers in it, and how the run ends. */
const readBy = (record: object): { keys: string[]; status: string } => {
  const script = `
    import { run } from ${JSON.stringify(file)};
    const keys = new Set();
    const watched = (object, prefix) => new Proxy(object, { get(target, key) {
      if (typeof key === 'string' && !Array.isArray(target)) keys.add(prefix + key);
      return target[key];
    } });
    const record = ${JSON.stringify(record)};
    record.mocks = Object.fromEntries(Object.entries(record.mocks).map(([state, answers]) => [state, answers.map((answer) => watched(answer, 'mock.'))]));
    const { status } = await run(watched(record, ''));
    console.log(JSON.stringify({ keys: [...keys].sort(), status }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })) as {
    keys: string[];
    status: string;
  };
};

describe('the conformance adapter', () => {
  test('has at most 250 lines', () => {
    expect(adapter.split('\n').length).toBeLessThanOrEqual(250);
  });

  test('imports the built package and nothing that reads files', () => {
    const imports = [...adapter.matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    expect(imports).toEqual(['node:util', '@aws-sdk/client-sfn', '../../dist/lib/simulator.js', './boto3-check.mjs']);
    expect(adapter).not.toMatch(/import\(|require\(|readFile|process\./);
  });

  test('reads the definition, the input, the type, controls, objects and the answers of services, and nothing else', () => {
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'q', MessageBody: 'b' },
      Retry: [{ ErrorEquals: ['Some.Error'] }],
    };
    const { keys, status } = readBy({
      id: 'x',
      category: 'y',
      type: 'STANDARD',
      definition: {
        StartAt: 'One',
        States: { One: { ...task, Next: 'Two' }, Two: { ...task, Resource: `${task.Resource}.waitForTaskToken`, End: true } },
      },
      input: {},
      expected: { status: 'SUCCEEDED' },
      mocks: { One: [{ throw: { error: 'Some.Error' } }, { return: 1, request: {} }], Two: [{ submitted: {}, return: 2 }] },
    });
    expect(status).toBe('SUCCEEDED');
    const allowed = ['definition', 'input', 'type', 'control', 's3', 'mocks'];
    const ofAnswers = ['return', 'throw', 'timeout', 'pending', 'request', 'submitted'].map((key) => `mock.${key}`);
    expect(keys.filter((key) => !allowed.includes(key) && !ofAnswers.includes(key))).toEqual([]);
    expect(keys).toContain('mock.return');
  });

  test('validates by the definition, the type and what was asked for, and reads nothing else', () => {
    const script = `
      import { validate } from ${JSON.stringify(file)};
      const keys = new Set();
      const record = new Proxy({ id: 'x', kind: 'reject', definition: {}, type: 'STANDARD', params: {}, expected: {} }, {
        get(target, key) { if (typeof key === 'string') keys.add(key); return target[key]; } });
      const { result, reject } = await validate(record);
      console.log(JSON.stringify({ keys: [...keys].sort(), result, reject }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual({
      keys: ['definition', 'definition_text', 'params', 'type'],
      result: 'FAIL',
      reject: {
        code: 'InvalidDefinition',
        message:
          "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'",
      },
    });
  });

  test('calls the API with what the calls say, and reads the day and nothing else', () => {
    const script = `
      import { api } from ${JSON.stringify(file)};
      const keys = new Set();
      const watched = (object, prefix) => new Proxy(object, { get(target, key) {
        if (typeof key === 'string' && !Array.isArray(target)) keys.add(prefix + key);
        return target[key]; } });
      const definition = '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}';
      const call = (op, params, rest) => watched({ op, params, notRecorded: true, response: {}, ...rest }, 'call.');
      const calls = [
        call('CreateStateMachine', { name: 'm', definition, roleArn: 'arn:aws:iam::111111111111:role/r' }),
        call('StartExecution', { stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m' }, { assumed: { executionArn: 'arn:recorded-execution' } }),
        call('DescribeExecution', { executionArn: 'arn:recorded-execution' }),
        call('ListExecutions', { nextToken: '' }),
      ];
      const [, started, described, refused] = await api(watched({ id: 'x', category: 'y', calls, validated: '2023-01-01' }, ''));
      console.log(JSON.stringify({ keys: [...keys].sort(), started, described, refused }));`;
    const output = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { encoding: 'utf8' });
    const { keys, started, described, refused } = JSON.parse(output) as Record<string, unknown>;
    expect(keys).toEqual(['call.assumed', 'call.op', 'call.params', 'calls', 'validated']);
    expect(started).toMatchObject({ response: { executionArn: 'arn:recorded-execution' } });
    expect(described).toMatchObject({
      response: { executionArn: 'arn:recorded-execution', name: 'recorded-execution', status: 'SUCCEEDED' },
    });
    expect(described).not.toHaveProperty('response.redriveCount');
    expect(refused).toEqual({
      error: 'Parameter validation failed:\nInvalid length for parameter nextToken, value: 0, valid min length: 1',
    });
  });

  // The recordings lie beside a developer's checkout, not in the repository.
  (existsSync(open) ? test : test.skip)('knows no id, category or state name of the recordings', () => {
    const records = readdirSync(open).flatMap((name) => JSON.parse(readFileSync(join(open, name), 'utf8')) as RecordedCase[]);
    const names = new Set(
      records.flatMap(({ id, category, definition }) => [
        id.split('::').at(-1) ?? '',
        category,
        ...Object.keys(definition?.States ?? {}),
      ]),
    );
    // In comments or names any word may stand; what a program could compare with stands in quotes.
    const texts = [...adapter.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
    expect(texts.filter((text) => names.has(text))).toEqual([]);
  });
});
