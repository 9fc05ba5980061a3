import type { Cloud, Resource } from '../cloud/cloud';
import { readEventSourceMapping } from '../cloud/read-event-source-mapping';
import { readQueue } from '../cloud/read-queue';
import { readBus, tryReadRule } from '../cloud/read-rule';
import { readOwnSubscriptions, readSubscription, readTopic } from '../cloud/read-topic';
import type { Messaging } from '../services/messaging';

/** Makes the queues, topics, buses and rules of a cloud known, with what listens to them. */
export function addMessaging({ queues, topics, buses }: Messaging, { resources }: Cloud): void {
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
    read('AWS::Events::Rule', (resource) => () => tryReadRule(resource)),
  );
}
