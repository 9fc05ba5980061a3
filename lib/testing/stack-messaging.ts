import type { Cloud, Resource } from '../cloud/cloud';
import { readEventSourceMapping } from '../cloud/read-event-source-mapping';
import { readQueue } from '../cloud/read-queue';
import { readAsynchronousConfig } from '../cloud/read-asynchronous-config';
import { readBus, readRule } from '../cloud/read-rule';
import { readSchedule } from '../cloud/read-schedule';
import { readOwnSubscriptions, readSubscription, readTopic } from '../cloud/read-topic';
import type { Messaging } from '../services/messaging';

/** Makes the queues, topics, buses, rules and schedules of a cloud known, with what listens to them. */
export function addMessaging({ queues, topics, buses, schedules, invocations }: Messaging, cloud: Cloud): void {
  const { resources, functions } = cloud;
  const read = <T>(type: string, reader: (resource: Resource) => T): T[] =>
    resources.filter((resource) => resource.type === type).map(reader);
  queues.add(read('AWS::SQS::Queue', readQueue), read('AWS::Lambda::EventSourceMapping', readEventSourceMapping));
  topics.add(
    read('AWS::SNS::Topic', readTopic),
    // Read when somebody publishes: what cannot be resolved harms nobody else.
    () => [...read('AWS::SNS::Subscription', readSubscription), ...read('AWS::SNS::Topic', readOwnSubscriptions).flat()],
  );
  buses.add(
    read('AWS::Events::EventBus', readBus),
    read('AWS::Events::Rule', (resource) => () => readRule(resource)),
  );
  schedules.add(read('AWS::Scheduler::Schedule', (resource) => () => readSchedule(resource)));
  invocations.add(() => [
    ...functions.map((fn) => ({
      functionName: fn.arn,
      get deadLetterArn() {
        return fn.deadLetterArn;
      },
    })),
    ...read('AWS::Lambda::EventInvokeConfig', readAsynchronousConfig),
  ]);
}
