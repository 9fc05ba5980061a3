import type { Json, JsonObject } from '../../lib/json/json';
import type { Caller, Operation } from '../../lib/services/api';
import type { Deliveries, Delivery, Outcome } from '../../lib/services/deliveries';
import { NOW_MS } from './call-of';

/** Time in a test's hand, for services that do something later. */
export interface Timeline extends Deliveries {
  /** Everything that a service has called, in order. */
  readonly calls: readonly (Delivery & { readonly atMs: number })[];
  /** Lets that much time pass. */
  pass(durationMs: number): void;
  /** Who calls at this moment. */
  caller(): Caller;
  /** What an operation answers at this moment. */
  ask(operation: Operation | undefined, request: JsonObject): Json | Promise<Json>;
}

/** @param answer what a service's own calls come to */
export function timeline(answer: (call: Delivery) => Outcome = () => ({ kind: 'answer', value: {} })): Timeline {
  let nowMs = NOW_MS;
  let uuids = 0;
  const due: { atMs: number; action: () => void }[] = [];
  const calls: (Delivery & { atMs: number })[] = [];
  const uuid = (): string => `00000000-0000-4000-8000-${String((uuids += 1)).padStart(12, '0')}`;
  const after = (durationMs: number, action: () => void): void => void due.push({ atMs: nowMs + durationMs, action });
  const pass = (durationMs: number): void => {
    const untilMs = nowMs + durationMs;
    for (;;) {
      const next = due.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      due.splice(due.indexOf(next), 1);
      nowMs = next.atMs;
      next.action();
    }
    nowMs = untilMs;
  };
  const caller = (): Caller => ({
    who: '"Ask"',
    epochMs: nowMs,
    region: 'eu-central-1',
    accountId: '123456789012',
    state: 'Ask',
    executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:machine:run',
    resource: 'arn:aws:states:::aws-sdk:service:action',
    uuid,
    park: () => () => undefined,
  });
  return {
    get epochMs() {
      return nowMs;
    },
    region: 'eu-central-1',
    uuid,
    after,
    meanwhile: after,
    perform(_, callOf, land) {
      after(0, () => {
        const call = callOf();
        if (call === undefined) return;
        calls.push({ ...call, atMs: nowMs });
        land(answer(call));
      });
    },
    calls,
    pass,
    caller,
    ask: (operation, request) => (operation as Operation)(request, caller()),
  };
}
