import { SimulatorError } from '../../simulator/simulator-error';
import type { Deliveries } from '../deliveries';
import { tryParseRuleExpression } from '../occurrences/expression';
import type { BusEvent } from './event';
import { eventTime } from './event';
import type { RuleDefinition } from './rule';

/**
 * Lets a rule come at its times.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 * @param madeAtMs what a rate counts from
 */
export function armRule(
  deliveries: Deliveries,
  { name, arn, schedule, isEnabled }: RuleDefinition,
  madeAtMs: number,
  fire: (event: BusEvent) => void,
): void {
  if (schedule === undefined || !isEnabled) return;
  const occurrences = tryParseRuleExpression(schedule, madeAtMs);
  if (occurrences === undefined) {
    throw new SimulatorError(
      `The rule ${name} has the ScheduleExpression ${schedule}, which EventBridge would not take. Correct it in the template: rate(5 minutes), cron(0 8 * * ? *).`,
    );
  }
  const arm = (afterMs: number): void => {
    const nextMs = occurrences.next(afterMs);
    if (nextMs === undefined) return;
    deliveries.meanwhile(nextMs - deliveries.epochMs, () => {
      fire(scheduledEvent(arn, deliveries));
      arm(nextMs);
    });
  };
  arm(madeAtMs);
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
function scheduledEvent(ruleArn: string, { epochMs, uuid }: Deliveries): BusEvent {
  const [, , , region = '', account = ''] = ruleArn.split(':');
  return {
    version: '0',
    id: uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: eventTime(epochMs),
    region,
    resources: [ruleArn],
    detail: {},
  };
}
