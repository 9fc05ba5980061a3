import type { JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import { createMessaging } from '../../../lib/services/messaging';
import { tryParseExpression } from '../../../lib/services/scheduler/expression';
import type { Service } from '../../../lib/services/service';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';
import { queueOf } from '../sqs/queues';
import { timeline } from '../timeline';

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html

const QUEUE = queueOf('inbox');
const RoleArn = 'arn:aws:iam::123456789012:role/r';
const AT: JsonObject = {
  Name: 'remind',
  ScheduleExpression: 'at(2025-11-22T11:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: QUEUE.arn, RoleArn, Input: '{"x":1}' },
};

function world() {
  const time = timeline();
  const messaging = createMessaging(time);
  messaging.queues.add([QUEUE], []);
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

test('rate(…) comes again and again, from its StartDate to its EndDate', () => {
  const { time, ask, sentAfter } = world();
  const rate = { ...AT, ScheduleExpression: 'rate(10 minutes)' };
  ask('CreateSchedule', { ...rate, StartDate: '2025-11-22T10:05:00Z', EndDate: '2025-11-22T10:40:00Z' });
  time.pass(86_400_000);
  expect(sentAfter()).toEqual([15, 25, 35]);
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
  ['cron', 'cron(0 8 * * ? *)', /"Ask" creates a schedule with cron\(.*\), which is not simulated: at\(…\) and rate\(…\) are/],
  ['nonsense', 'every day', /Invalid Schedule Expression every day\./],
  ['a rate of nothing', 'rate(0 days)', /Invalid Schedule Expression/],
])('%s is refused', (_, ScheduleExpression, message) => {
  expect(() => world().ask('CreateSchedule', { ...AT, ScheduleExpression })).toThrow(message);
});

test.each<[string, string, string]>([
  ['Europe/Berlin', '2025-07-01T08:00:00', '2025-07-01T06:00:00.000Z'],
  ['Europe/Berlin', '2025-12-01T08:00:00', '2025-12-01T07:00:00.000Z'],
  ['America/New_York', '2025-03-09T03:30:00', '2025-03-09T07:30:00.000Z'],
  ['UTC', '2025-12-01T00:00:00', '2025-12-01T00:00:00.000Z'],
])('at(…) in %s: %s is %s', (timeZone, local, utc) => {
  expect(tryParseExpression(`at(${local})`, timeZone, 0)?.next(0)).toBe(Date.parse(utc));
});

test('a time zone that there is not is no expression', () => {
  expect(tryParseExpression('at(2025-12-01T00:00:00)', 'Mars/Base', 0)).toBeUndefined();
});
