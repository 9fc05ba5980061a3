import type { StatusChange } from '../states/status-change';
import type { BusEvent } from './event';
import { eventTime } from './event';

/**
 * The event with which Step Functions tells that a Standard execution has started or ended.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function statusEvent(change: StatusChange, id: string): BusEvent {
  const [, , , region = '', account = ''] = change.executionArn.split(':');
  return {
    version: '0',
    id,
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: eventTime(change.stopDate ?? change.startDate),
    region,
    resources: [change.executionArn],
    detail: { ...change },
  };
}
