import type { JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import type { Delivery, Outcome } from '../../../lib/services/deliveries';
import { createMessaging } from '../../../lib/services/messaging';
import type { Service } from '../../../lib/services/service';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { StatesError } from '../../../lib/simulator/states-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';
import { queueOf } from '../sqs/queues';
import { timeline } from '../timeline';

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html

// Messages stay for 14 days, so that a test of a week sees them all.
const QUEUE = queueOf('inbox', { retentionSeconds: 1_209_600 });
const DEAD = queueOf('dead');
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const AT: JsonObject = {
  Name: 'remind',
  ScheduleExpression: 'at(2025-11-22T11:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: QUEUE.arn, RoleArn, Input: '{"x":1}' },
};

function world(answer?: (call: Delivery) => Outcome) {
  const time = timeline(answer);
  const messaging = createMessaging(time);
  messaging.queues.add([QUEUE, DEAD], []);
  const api = messaging.apis.find(({ name }) => name === 'scheduler');
  const ask = (operation: string, request: JsonObject) => time.ask(api?.operations[operation], request) as JsonObject;
  const sentAfter = () => messaging.queues.content(QUEUE.arn).map(({ sentAtMs }) => (sentAtMs - NOW_MS) / 60_000);
  const bodies = () => messaging.queues.content(QUEUE.arn).map(({ body }) => body);
  return { ...messaging, time, ask, sentAfter, bodies };
}

describeService('aws-sdk:scheduler', {
  create: () => world().services.find(({ resourceType }) => resourceType === 'aws-sdk:scheduler') as Service,
  succeeding: { action: 'createSchedule', parameters: AT },
  failing: {
    action: 'getSchedule',
    parameters: { Name: 'other' },
    error: 'Scheduler.ResourceNotFoundException',
    cause: /^Schedule other does not exist\. \(Service: Scheduler, Status Code: 404/,
  },
  malformed: {
    action: 'createSchedule',
    parameters: { Name: 'x', ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: {} },
    problems: ["The field 'Target' is required but was missing", "The field 'Mode' is required but was missing"],
  },
});

test('at(…) comes once, at its time', () => {
  const { time, ask, sentAfter, bodies } = world();
  expect(ask('CreateSchedule', AT)).toEqual({
    ScheduleArn: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/remind',
  });
  time.pass(86_400_000);
  expect([sentAfter(), bodies()]).toEqual([[60], ['{"x":1}']]);
});

describe('rate(…)', () => {
  const rate = { ...AT, ScheduleExpression: 'rate(10 minutes)', EndDate: '2025-11-22T10:30:00Z' };

  test('comes again and again, from its StartDate to its EndDate', () => {
    const { time, ask, sentAfter } = world();
    ask('CreateSchedule', { ...rate, StartDate: '2025-11-22T10:05:00Z' });
    time.pass(86_400_000);
    expect(sentAfter()).toEqual([5, 15, 25]);
  });

  test('comes at once without a StartDate', () => {
    const { time, ask, sentAfter } = world();
    ask('CreateSchedule', rate);
    time.pass(86_400_000);
    expect(sentAfter()).toEqual([0, 10, 20, 30]);
  });
});

test('cron(…) comes at the times of its time zone', () => {
  const { time, ask, sentAfter } = world();
  const ScheduleExpression = 'cron(0 12,18 ? * SAT *)';
  ask('CreateSchedule', { ...AT, ScheduleExpression, ScheduleExpressionTimezone: 'Europe/Berlin' });
  time.pass(7 * 86_400_000 + 3_600_000);
  expect(sentAfter().map((minutes) => minutes / 60)).toEqual([1, 7, 169]);
});

test('at(…) minds neither StartDate nor EndDate', () => {
  const { time, ask, sentAfter } = world();
  ask('CreateSchedule', { ...AT, StartDate: '2026-01-01T00:00:00Z', EndDate: '2025-11-22T10:30:00Z' });
  time.pass(86_400_000);
  expect(sentAfter()).toEqual([60]);
});

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
describe('a target that refuses', () => {
  const busy: Outcome = {
    kind: 'error',
    error: new StatesError('Sfn.ExecutionLimitExceededException', 'Too many. (Service: Sfn, Status Code: 400, Request ID: r)'),
  };
  const Arn = 'arn:aws:scheduler:::aws-sdk:sfn:startExecution';
  const failing = (RetryPolicy: JsonObject, outcome: Outcome = busy) => {
    const made = world(() => outcome);
    const Target = {
      Arn,
      RoleArn,
      Input: '{"n":<aws.scheduler.attempt-number>}',
      DeadLetterConfig: { Arn: DEAD.arn },
      RetryPolicy,
    };
    made.ask('CreateSchedule', { ...AT, Target });
    made.time.pass(3_600_000 + 86_400_000);
    const [dead] = made.queues.content(DEAD.arn);
    const attributes = Object.fromEntries(
      Object.entries(dead?.messageAttributes ?? {}).map(([name, value]) => [name, (value as JsonObject)['StringValue']]),
    );
    const minutes = ((dead?.sentAtMs ?? 0) - NOW_MS) / 60_000 - 60;
    return { ...made, attributes, minutes, body: dead?.body };
  };

  test('is tried again as often as the policy says, and then goes to the dead-letter queue', () => {
    const { time, attributes, body } = failing({ MaximumRetryAttempts: 2 });
    expect(time.calls.map(({ atMs, parameters }) => [(atMs - NOW_MS) / 1000 - 3600, parameters])).toEqual([
      [0, { n: 1 }],
      [1, { n: 2 }],
      [3, { n: 3 }],
    ]);
    expect(body).toBe('{"n":3}');
    expect(attributes).toEqual({
      ERROR_CODE: 'ExecutionLimitExceededException',
      ERROR_MESSAGE: 'Too many.',
      EXECUTION_ID: expect.any(String) as string,
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '2',
      SCHEDULED_TIME: '2025-11-22T11:00:00Z',
      SCHEDULE_ARN: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/remind',
      TARGET_ARN: Arn,
    });
  });

  test('is given up when the event is too old', () => {
    const { attributes, minutes } = failing({ MaximumEventAgeInSeconds: 60 });
    expect([attributes['EXHAUSTED_RETRY_CONDITION'], attributes['RETRY_ATTEMPTS'], minutes]).toEqual([
      'MaximumEventAgeInSeconds',
      '5',
      1,
    ]);
  });

  test('is tried 185 times in 24 hours where nothing is said', () => {
    const { attributes, time } = failing({});
    expect([attributes['EXHAUSTED_RETRY_CONDITION'], time.calls.length]).toEqual(['MaximumRetryAttempts', 186]);
  });

  test('for good is not tried again', () => {
    const { attributes, time } = failing(
      {},
      { kind: 'error', error: new StatesError('Sfn.StateMachineDoesNotExistException', 'No.') },
    );
    expect(time.calls).toHaveLength(1);
    expect(attributes).toMatchObject({ ERROR_CODE: 'StateMachineDoesNotExistException', RETRY_ATTEMPTS: '0' });
    expect(attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  });
});

describe('a schedule of the stack', () => {
  const arn = 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/nightly';
  const request = { ...AT, Name: 'nightly', ScheduleExpression: 'rate(1 hours)' };

  test('comes from the beginning on, and is known to the API', () => {
    const { time, schedules, sentAfter, ask } = world();
    schedules.add([() => ({ arn, request })]);
    time.pass(7_200_000);
    expect(sentAfter()).toEqual([0, 60, 120]);
    expect(ask('GetSchedule', { Name: 'nightly' })).toMatchObject({ Arn: arn });
  });

  test('that sends to what is not simulated, or that cannot be read, stops nothing; one that AWS would not take does', () => {
    const { time, schedules } = world();
    schedules.add([
      () => ({ arn, request: { ...request, Target: { Arn: 'arn:aws:ecs:eu-central-1:1:cluster/c', RoleArn } } }),
      () => {
        throw new SimulatorError('cannot be read');
      },
    ]);
    time.pass(7_200_000);
    schedules.add([() => ({ arn, request: { ...request, ScheduleExpression: 'cron(0 8 * * * *)' } })]);
    expect(() => time.pass(0)).toThrow(
      /The schedule arn:.*nightly has the ScheduleExpression cron\(0 8 \* \* \* \*\) and the time zone UTC/,
    );
  });
});

test('a schedule that is deleted, or disabled, does nothing', () => {
  const { time, ask, sentAfter } = world();
  ask('CreateSchedule', AT);
  ask('CreateSchedule', { ...AT, Name: 'off', State: 'DISABLED' });
  expect(ask('DeleteSchedule', { Name: 'remind' })).toEqual({});
  time.pass(86_400_000);
  expect(sentAfter()).toEqual([]);
  expect(() => ask('DeleteSchedule', { Name: 'remind' })).toThrow('Schedule remind does not exist.');
});

test('a schedule is told as it was made, and is gone after completion where that is wanted', () => {
  const { time, ask } = world();
  ask('CreateSchedule', { ...AT, ActionAfterCompletion: 'DELETE' });
  expect(() => ask('CreateSchedule', AT)).toThrow('Schedule remind already exists.');
  expect(ask('GetSchedule', { Name: 'remind' })).toMatchObject({
    ...AT,
    State: 'ENABLED',
    GroupName: 'default',
    CreationDate: NOW_MS / 1000,
  });
  time.pass(3_600_000);
  expect(() => ask('GetSchedule', { Name: 'remind' })).toThrow('does not exist');
});

test('the SDK integration writes times as texts', () => {
  const { services } = world();
  const { perform } = combineServices(services);
  perform(callOf('aws-sdk:scheduler', 'createSchedule', AT));
  expect(perform(callOf('aws-sdk:scheduler', 'getSchedule', { Name: 'remind' })).value).toMatchObject({
    CreationDate: '2025-11-22T10:00:00.000Z',
  });
});

test('targets are functions, buses and any action of an SDK, too', () => {
  const { time, ask, buses } = world();
  const target = (Name: string, Arn: string, more: JsonObject = {}) =>
    ask('CreateSchedule', { ...AT, Name, Target: { Arn, RoleArn, Input: '{"at":"<aws.scheduler.scheduled-time>"}', ...more } });
  target('a', 'arn:aws:lambda:eu-central-1:123456789012:function:work');
  target('b', 'arn:aws:scheduler:::aws-sdk:sfn:startExecution');
  target('c', 'arn:aws:events:eu-central-1:123456789012:event-bus/default', {
    EventBridgeParameters: { Source: 'shop', DetailType: 'Due' },
  });
  time.pass(3_600_000);
  expect(time.calls).toMatchObject([
    { resourceType: 'lambda', action: 'invoke', parameters: { Payload: { at: '2025-11-22T11:00:00Z' } } },
    { resourceType: 'aws-sdk:sfn', action: 'startExecution', parameters: { at: '2025-11-22T11:00:00Z' } },
  ]);
  expect(buses.events('default')).toMatchObject([
    { source: 'shop', 'detail-type': 'Due', detail: { at: '2025-11-22T11:00:00Z' } },
  ]);
});

test.each<[string, string, RegExp]>([
  ['cron with two days', 'cron(0 8 * * * *)', /Invalid Schedule Expression cron\(0 8 \* \* \* \*\)\./],
  ['nonsense', 'every day', /Invalid Schedule Expression every day\./],
  ['a rate of nothing', 'rate(0 days)', /Invalid Schedule Expression/],
])('%s is refused', (_, ScheduleExpression, message) => {
  expect(() => world().ask('CreateSchedule', { ...AT, ScheduleExpression })).toThrow(message);
});
