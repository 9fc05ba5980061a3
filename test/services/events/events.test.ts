import type { Json, JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import type { RuleDefinition, RuleTarget } from '../../../lib/services/events/rule';
import type { BusEvent } from '../../../lib/services/events/event';
import type { Delivery, Outcome } from '../../../lib/services/deliveries';
import { createMessaging } from '../../../lib/services/messaging';
import type { Service } from '../../../lib/services/service';
import { DEFAULT_RETRY_POLICY } from '../../../lib/services/retry-policy';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { StatesError } from '../../../lib/simulator/states-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';
import { topicOf } from '../sns/topics';
import { queueOf } from '../sqs/queues';
import { timeline } from '../timeline';

const QUEUE = queueOf('inbox');
const DEAD = queueOf('dead');
const BUS = { name: 'shop', arn: 'arn:aws:events:eu-central-1:123456789012:event-bus/shop' };
const ENTRY: JsonObject = { Source: 'shop', DetailType: 'Paid', Detail: '{"total":7,"name":"Ann \\"A\\"","list":[{"sku":"x"}]}' };

const targetOf = (more: Partial<RuleTarget> = {}): RuleTarget => ({
  arn: QUEUE.arn,
  input: undefined,
  inputPath: undefined,
  inputTransformer: undefined,
  messageGroupId: undefined,
  deadLetterArn: undefined,
  retryPolicy: DEFAULT_RETRY_POLICY,
  ...more,
});
const ruleOf = (targets: readonly RuleTarget[], more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  name: 'paid',
  arn: 'arn:aws:events:eu-central-1:123456789012:rule/paid',
  bus: 'default',
  isEnabled: true,
  pattern: { source: ['shop'] },
  schedule: undefined,
  targets,
  ...more,
});

function world(...given: readonly (RuleDefinition | { readonly answer: (call: Delivery) => Outcome })[]) {
  const rules = given.filter((one): one is RuleDefinition => 'name' in one);
  const time = timeline(given.flatMap((one) => ('answer' in one ? [one.answer] : []))[0]);
  const messaging = createMessaging(time);
  messaging.queues.add([QUEUE, DEAD, queueOf('inbox.fifo', { contentBasedDeduplication: true })], []);
  messaging.topics.add([topicOf('news')], () => [
    {
      topicArn: 'arn:aws:sns:eu-central-1:123456789012:news',
      protocol: 'sqs',
      endpoint: QUEUE.arn,
      rawMessageDelivery: true,
      filterPolicy: undefined,
      filterPolicyScope: 'MessageAttributes',
      deadLetterArn: undefined,
    },
  ]);
  messaging.buses.add(
    [BUS],
    rules.map((rule) => () => rule),
  );
  const api = messaging.apis.find(({ name }) => name === 'eventbridge');
  const put = (...Entries: readonly JsonObject[]) => time.ask(api?.operations['PutEvents'], { Entries }) as JsonObject;
  const inbox = () => messaging.queues.content(QUEUE.arn).map(({ body }) => body);
  return { ...messaging, time, put, inbox };
}
const only = (resourceType: string): Service =>
  world().services.find((service) => service.resourceType === resourceType) as Service;

describeService('events', {
  create: () => only('events'),
  succeeding: { action: 'putEvents', parameters: { Entries: [{ ...ENTRY, Detail: { Message: 'HelloWorld' } }] } },
  failing: {
    action: 'putEvents',
    parameters: { Entries: [ENTRY, { Detail: { Message: 'HelloWorld' }, DetailType: 'Paid' }] },
    error: 'EventBridge.FailedEntry',
    cause:
      /^\{"Entries":\[\{"EventId":"[^"]*"\},\{"ErrorCode":"InvalidArgument","ErrorMessage":"Parameter Source is not valid\. Reason: Source is a required argument\."\}\],"FailedEntryCount":1\}$/,
  },
  malformed: {
    action: 'putEvents',
    parameters: { Entries: [{ Source: 1, Kind: 'x' }] },
    problems: ["The value for the field 'Source' must be a STRING", 'The field "Kind" is not supported by Step Functions'],
  },
});

describeService('aws-sdk:eventbridge', {
  create: () => only('aws-sdk:eventbridge'),
  succeeding: { action: 'putEvents', parameters: { Entries: [ENTRY] } },
  failing: {
    action: 'putEvents',
    parameters: { Entries: [] },
    error: 'EventBridge.EventBridgeException',
    cause:
      /^1 validation error detected: Value '\[\]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1 \(Service: EventBridge, Status Code: 400/,
  },
  malformed: {
    action: 'putEvents',
    parameters: { Entries: [{ Detail: {} }] },
    problems: ["The value for the field 'Detail' must be a STRING"],
  },
});

test('events:putEvents sends a detail as JSON, names the execution and its state machine, and answers as recorded', () => {
  const { services, buses } = world();
  const { perform } = combineServices(services);
  const entry = { ...ENTRY, Detail: { Message: 'HelloWorld' }, Resources: ['r'] };
  const { value } = perform(callOf('events', 'putEvents', { Entries: [entry] }));
  const [event] = buses.events('default');
  expect(value).toEqual({ Entries: [{ EventId: event?.id }], FailedEntryCount: 0 });
  expect(event).toEqual({
    version: '0',
    id: expect.any(String) as string,
    'detail-type': 'Paid',
    source: 'shop',
    account: '123456789012',
    time: '2025-11-22T10:00:00Z',
    region: 'eu-central-1',
    resources: [
      'r',
      'arn:aws:states:eu-central-1:123456789012:stateMachine:machine',
      'arn:aws:states:eu-central-1:123456789012:execution:machine:run',
    ],
    detail: { Message: 'HelloWorld' },
  });
});

test('aws-sdk:eventbridge:putEvents fails only where the whole request is refused', () => {
  const { perform } = combineServices(world().services);
  expect(perform(callOf('aws-sdk:eventbridge', 'putEvents', { Entries: [{ ...ENTRY, Detail: 'x' }] })).value).toEqual({
    Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }],
    FailedEntryCount: 1,
  });
});

test.each<[string, JsonObject, string]>([
  ['without a detail type', { DetailType: '' }, 'InvalidArgument'],
  ['without a detail', { Detail: '' }, 'InvalidArgument'],
  ['with a list as detail', { Detail: '[]' }, 'MalformedDetail'],
  ['from AWS itself', { Source: 'aws.states' }, 'NotAuthorizedForSourceException'],
])('an entry %s is not taken', (_, more, ErrorCode) => {
  const { put, buses } = world();
  expect(put({ ...ENTRY, ...more })).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode }] });
  expect(buses.events('default')).toEqual([]);
});

test('an entry may have a time of its own', () => {
  const { put, buses } = world();
  put({ ...ENTRY, Time: '2025-01-02T03:04:05Z' }, { ...ENTRY, Time: NOW_MS / 1000 });
  expect(buses.events('default').map(({ time }) => time)).toEqual(['2025-01-02T03:04:05Z', '2025-11-22T10:00:00Z']);
});

test('entries that are too many or too long are refused together', () => {
  const { put } = world();
  expect(() => put(...Array<JsonObject>(11).fill(ENTRY))).toThrow(/less than or equal to 10/);
  expect(() => put({ ...ENTRY, Detail: JSON.stringify({ x: 'x'.repeat(1024 * 1024) }) })).toThrow(/over the limit/);
});

test('a bus that is not in the stack stops the run, before anything is sent', () => {
  const { put, buses } = world();
  expect(() => put(ENTRY, { ...ENTRY, EventBusName: 'other' })).toThrow(
    /"Ask" puts an event on the bus other, which is not in the stack \(there are: default, shop\)/,
  );
  expect(buses.events('default')).toEqual([]);
});

describe('a rule', () => {
  test('sends what its pattern means, of its own bus', () => {
    const { put, inbox } = world(
      ruleOf([targetOf({ input: '"default"' })], { pattern: { detail: { total: [{ numeric: ['>', 5] }] } } }),
      ruleOf([targetOf({ input: '"shop"' })], { bus: BUS.arn }),
      ruleOf([targetOf({ input: '"off"' })], { isEnabled: false }),
      ruleOf([targetOf({ input: '"other"' })], { pattern: { source: ['other'] } }),
    );
    put(ENTRY, { ...ENTRY, EventBusName: 'shop' });
    expect(inbox()).toEqual(['"default"', '"shop"']);
  });

  const sends = (more: Partial<RuleTarget>) => {
    const { put, inbox } = world(ruleOf([targetOf(more)]));
    put(ENTRY);
    return inbox()[0];
  };
  const transformed = (inputTemplate: string, inputPathsMap: Readonly<Record<string, string>> = {}) =>
    sends({ inputTransformer: { inputTemplate, inputPathsMap } });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
  test('sends the event as it is, a constant, or a part of it', () => {
    expect(JSON.parse(sends({}) ?? '')).toMatchObject({ version: '0', 'detail-type': 'Paid', detail: { total: 7 } });
    expect(sends({ input: '{"a": 1}' })).toBe('{"a": 1}');
    expect(sends({ inputPath: '$.detail.list[0]' })).toBe('{"sku":"x"}');
    expect(sends({ inputPath: "$.detail['name']" })).toBe('"Ann \\"A\\""');
    expect(sends({ inputPath: '$.detail-type' })).toBe('"Paid"');
  });

  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['a text', '"<n> paid <t>"', { n: '$.detail.name', t: '$.detail.total' }, '"Ann \\"A\\" paid 7"'],
    [
      'an object, with and without quotation marks',
      '{"a": <n>, "b": "<n>", "c": <t>}',
      { n: '$.source', t: '$.detail.total' },
      '{"a": "shop", "b": "shop", "c": 7}',
    ],
    ['a part of the event', '{"list": <l>}', { l: '$.detail.list' }, '{"list": [{"sku":"x"}]}'],
    ['escaped quotation marks', '"\\"<s>\\""', { s: '$.source' }, '"\\"shop\\""'],
    ['what it has no variable for', '{"a": "<b>"}', {}, '{"a": "<b>"}'],
    [
      'the rule',
      '{"r": <aws.events.rule-name>, "a": "<aws.events.rule-arn>"}',
      {},
      '{"r": "paid", "a": "arn:aws:events:eu-central-1:123456789012:rule/paid"}',
    ],
    ['a path that leads nowhere', '"<s> paid <x>."', { s: '$.source', x: '$.detail.none' }, '"shop paid ."'],
    ['an object within a text', '"It is <l>"', { l: '$.detail.list' }, '"It is [{sku:x}]"'],
    ['the time', '"<aws.events.event.ingestion-time>"', {}, '"2025-11-22T10:00:00Z"'],
  ])('fills a template: %s', (_, template, paths, expected) => expect(transformed(template, paths)).toBe(expected));

  test('has the whole event as a variable, with or without its detail', () => {
    expect(JSON.parse(transformed('{"e": <aws.events.event.json>}') ?? '')).toMatchObject({ e: { detail: { total: 7 } } });
    expect(JSON.parse(transformed('{"e": <aws.events.event>}') ?? '')).not.toHaveProperty('e.detail');
  });

  test.each<[string, Partial<RuleTarget>, RegExp]>([
    [
      'an InputPath that leads nowhere',
      { inputPath: '$.detail.none' },
      /the InputPath of a target of the rule paid is \$\.detail\.none, and the event has nothing there/,
    ],
    [
      'a value that leads nowhere',
      { inputTransformer: { inputTemplate: '{"a": <x>}', inputPathsMap: { x: '$.detail.none' } } },
      /gives no JSON: \{"a": \}\. .* a variable whose path leads nowhere leaves nothing/,
    ],
    [
      'a template that gives no JSON',
      { inputTransformer: { inputTemplate: 'Hello', inputPathsMap: {} } },
      /gives no JSON: Hello\. A text stands between quotation marks/,
    ],
    ['a path with a wildcard', { inputPath: '$.detail.*' }, /not one that the simulator reads/],
    [
      'a target that is not simulated',
      { arn: 'arn:aws:logs:eu-central-1:1:log-group:x' },
      /the rule paid sends to .*log-group:x, a target that is not simulated/,
    ],
    [
      'a queue that is not in the stack',
      { arn: `${QUEUE.arn}-2` },
      /the rule paid sends to the queue .*inbox-2, which is not in the stack/,
    ],
    [
      'a topic that is not in the stack',
      { arn: 'arn:aws:sns:eu-central-1:1:x' },
      /sends to the topic .*, which is not in the stack/,
    ],
    [
      'a bus that is not in the stack',
      { arn: `${BUS.arn}-2` },
      /the rule paid puts an event on the bus .*shop-2, which is not in the stack/,
    ],
  ])('refuses %s', (_, target, message) => expect(() => sends(target)).toThrow(message));

  test('invokes functions and starts state machines', () => {
    const machine = 'arn:aws:states:eu-central-1:123456789012:stateMachine:m';
    const work = 'arn:aws:lambda:eu-central-1:123456789012:function:work';
    const { put, time } = world(
      ruleOf([targetOf({ arn: work, inputPath: '$.detail.total' }), targetOf({ arn: machine, input: '{"x":1}' })]),
    );
    put(ENTRY);
    time.pass(0);
    expect(time.calls).toMatchObject([
      { resourceType: 'lambda', action: 'invoke', parameters: { FunctionName: work, Payload: 7 } },
      { resourceType: 'states', action: 'startExecution', parameters: { StateMachineArn: machine, Input: '{"x":1}' } },
    ]);
  });

  test('publishes to topics, and sends to FIFO queues with the group of its target', () => {
    const { put, inbox, queues } = world(
      ruleOf([
        targetOf({ arn: 'arn:aws:sns:eu-central-1:123456789012:news', inputPath: '$.source' }),
        targetOf({ arn: `${QUEUE.arn}.fifo`, inputPath: '$.source', messageGroupId: 'g' }),
      ]),
    );
    put(ENTRY);
    expect(inbox()).toEqual(['"shop"']);
    expect(queues.content(`${QUEUE.arn}.fifo`)).toMatchObject([{ body: '"shop"', messageGroupId: 'g' }]);
  });

  test('hands the event itself to another bus', () => {
    const { put, buses, inbox } = world(
      ruleOf([targetOf({ arn: BUS.arn, input: '{}' })]),
      ruleOf([targetOf({ inputPath: '$.detail.total' })], { bus: 'shop' }),
    );
    put(ENTRY);
    expect(buses.events('shop')).toEqual(buses.events('default'));
    expect(inbox()).toEqual(['7']);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
  test('hands an event from another bus on to no third one', () => {
    const DEFAULT = 'arn:aws:events:eu-central-1:123456789012:event-bus/default';
    const { put, buses, queues } = world(
      ruleOf([targetOf({ arn: BUS.arn })]),
      ruleOf([targetOf({ arn: DEFAULT, deadLetterArn: DEAD.arn })], { bus: 'shop' }),
    );
    put(ENTRY);
    expect([buses.events('default').length, buses.events('shop').length]).toEqual([1, 1]);
    expect(queues.content(DEAD.arn)).toMatchObject([
      { messageAttributes: { ERROR_CODE: { StringValue: 'THIRD_ACCOUNT_HOP_DETECTED' }, TARGET_ARN: { StringValue: DEFAULT } } },
    ]);
  });

  test('that cannot be read, or sends to what is not simulated, stops what a test has asked for, and not what the simulator tells', () => {
    const { put, buses, inbox } = world(
      ruleOf([targetOf({ arn: 'arn:aws:logs:eu-central-1:1:log-group:x' }), targetOf({ input: '1' })]),
    );
    const told = () => {
      const [event] = buses.events('default');
      buses.take('default', event as BusEvent, true);
    };
    expect(() => put(ENTRY)).toThrow(/log-group:x, a target that is not simulated/);
    told();
    expect(inbox()).toEqual(['1']);
    const unreadable = () => {
      throw new SimulatorError('cannot be read');
    };
    buses.add([], [unreadable, () => ruleOf([targetOf({ input: '2' })])]);
    told();
    expect(inbox()).toEqual(['1', '1', '2']);
    expect(() => put(ENTRY)).toThrow('cannot be read');
    told();
    expect(inbox()).toEqual(['1', '1', '2', '1', '2']);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
  describe('whose target refuses', () => {
    const machine = 'arn:aws:states:eu-central-1:123456789012:stateMachine:m';
    const refusing = (error: string, more: Partial<RuleTarget> = {}) => {
      const made = world(ruleOf([targetOf({ arn: machine, deadLetterArn: DEAD.arn, inputPath: '$.detail.total', ...more })]), {
        answer: () => ({ kind: 'error', error: new StatesError(error, `Why. (Service: AWSStepFunctions; Status Code: 400)`) }),
      });
      made.put(ENTRY);
      made.time.pass(86_400_000);
      const [dead] = made.queues.content(DEAD.arn);
      return { ...made, dead };
    };

    test('tries again, and then sends the event to the dead-letter queue, with what AWS tells of it', () => {
      const retryPolicy = { ...DEFAULT_RETRY_POLICY, maximumRetryAttempts: 1 };
      const { dead, time, buses } = refusing('StepFunctions.ExecutionLimitExceededException', { retryPolicy });
      expect(time.calls.map(({ atMs }) => atMs - NOW_MS)).toEqual([0, 1000]);
      expect(JSON.parse(dead?.body ?? '')).toEqual(buses.events('default')[0]);
      const text = (StringValue: string) => ({ DataType: 'String', StringValue });
      expect(dead?.messageAttributes).toEqual({
        RULE_ARN: text('arn:aws:events:eu-central-1:123456789012:rule/paid'),
        TARGET_ARN: text(machine),
        ERROR_CODE: text('RESOURCE_LIMIT_EXCEEDED'),
        ERROR_MESSAGE: text('Why.'),
        EXHAUSTED_RETRY_CONDITION: text('MaximumRetryAttempts'),
        RETRY_ATTEMPTS: text('1'),
      });
    });

    test.each([
      ['StepFunctions.StateMachineDoesNotExistException', 'NO_RESOURCE'],
      ['StepFunctions.AccessDeniedException', 'NO_PERMISSIONS'],
      ['StepFunctions.InvalidExecutionInputException', 'INVALID_PARAMETER'],
    ])('for good (%s) sends it there at once', (error, code) => {
      const { dead, time } = refusing(error);
      expect(time.calls).toHaveLength(1);
      expect(dead).toMatchObject({
        messageAttributes: { ERROR_CODE: { StringValue: code }, RETRY_ATTEMPTS: { StringValue: '0' } },
      });
      expect(dead?.messageAttributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
    });

    test('without a dead-letter queue loses the event', () => {
      expect(refusing('StepFunctions.AccessDeniedException', { deadLetterArn: undefined }).dead).toBeUndefined();
    });

    test('what a queue refuses goes to the dead-letter queue, or stops the run where there is none', () => {
      const more = { arn: `${QUEUE.arn}.fifo`, inputPath: '$.source' };
      const { dead } = refusing('', more);
      expect(dead).toMatchObject({ messageAttributes: { ERROR_CODE: { StringValue: 'INVALID_PARAMETER' } } });
      expect(() => refusing('', { ...more, deadLetterArn: undefined })).toThrow(
        /the rule paid cannot deliver to .*inbox\.fifo: .* MessageGroupId\. Correct the template\./,
      );
    });

    test('a dead-letter queue that is not in the stack stops the run', () => {
      expect(() => refusing('StepFunctions.AccessDeniedException', { deadLetterArn: `${DEAD.arn}-2` })).toThrow(
        /the rule paid sends what it cannot deliver to .*dead-2, which is no queue of the stack/,
      );
    });
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
  describe('with a schedule', () => {
    const hourly = (more: Partial<RuleDefinition> = {}, target: Partial<RuleTarget> = {}) =>
      world(ruleOf([targetOf(target)], { pattern: undefined, schedule: 'rate(1 hour)', ...more }));

    test('comes at its times, with the event of a schedule, and not over the bus', () => {
      const { time, queues, buses } = hourly();
      time.pass(7_200_000);
      const sent = queues.content(QUEUE.arn);
      expect(sent.map(({ sentAtMs }) => sentAtMs - NOW_MS)).toEqual([3_600_000, 7_200_000]);
      expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
        version: '0',
        id: expect.any(String) as string,
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '123456789012',
        time: '2025-11-22T11:00:00Z',
        region: 'eu-central-1',
        resources: ['arn:aws:events:eu-central-1:123456789012:rule/paid'],
        detail: {},
      });
      expect(buses.events('default')).toEqual([]);
    });

    test('in cron, with an input of its target', () => {
      const { time, inbox } = hourly({ schedule: 'cron(30 10 * * ? *)' }, { input: '{"nightly":true}' });
      time.pass(86_400_000);
      expect(inbox()).toEqual(['{"nightly":true}']);
    });

    test('that is disabled, or sends to what is not simulated, does nothing', () => {
      const off = hourly({ isEnabled: false });
      off.time.pass(7_200_000);
      expect(off.inbox()).toEqual([]);
      hourly({}, { arn: 'arn:aws:ecs:eu-central-1:1:cluster/c' }).time.pass(7_200_000);
    });

    test('that EventBridge would not take stops the run', () => {
      expect(() => hourly({ schedule: 'rate(1 hours)' }).time.pass(0)).toThrow(
        /The rule paid has the ScheduleExpression rate\(1 hours\), which EventBridge would not take/,
      );
    });
  });

  test('a function is invoked asynchronously: Lambda tries it again where it fails', () => {
    const time = timeline();
    const { buses, apis } = createMessaging(time);
    buses.add([], [() => ruleOf([targetOf({ arn: 'arn:aws:lambda:eu-central-1:123456789012:function:work' })])]);
    void time.ask(apis.find(({ name }) => name === 'eventbridge')?.operations['PutEvents'], {
      Entries: [ENTRY] as readonly Json[],
    });
    time.pass(1_000_000);
    expect(time.calls).toMatchObject([{ action: 'invoke', parameters: { InvocationType: 'Event' } }]);
  });
});
