import type { Json } from '../../lib/json/json';
import type { TaskCall } from '../../lib/simulator/task-call';

/** 22 November 2025, 10:00:00 UTC. */
export const NOW_MS = Date.UTC(2025, 10, 22, 10);

/** A call as the Task state makes it, with UUIDs …0001, …0002. */
export function callOf(resourceType: string, action: string, parameters: Json, more: Partial<TaskCall> = {}): TaskCall {
  let uuids = 0;
  return {
    resource: `arn:aws:states:::${resourceType}:${action}`,
    resourceType,
    action,
    parameters,
    state: 'Ask',
    executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:machine:run',
    attempt: 0,
    epochMs: NOW_MS,
    region: 'eu-central-1',
    submitted: undefined,
    token: undefined,
    park: () => () => undefined,
    uuid: () => `00000000-0000-4000-8000-${String((uuids += 1)).padStart(12, '0')}`,
    ...more,
  };
}
