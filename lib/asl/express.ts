import type { JsonObject } from '../json/json';
import { isDistributed } from './distributed-map';
import type { Place } from './place';
import { tryParseResource } from './resource';

/**
 * Refuses what an Express workflow, or an EXPRESS child of a Distributed Map, cannot do.
 * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
export function checkExpress(state: JsonObject, place: Place): void {
  const arn = state['Resource'];
  const resource = state['Type'] === 'Task' && typeof arn === 'string' ? tryParseResource(arn) : undefined;
  const at = place.member('Resource');
  if (resource?.kind === 'activity')
    at.refuse('Express state machine does not support Activity ARN', 'use a Standard workflow, or a Lambda function');
  if (resource?.kind === 'service' && resource.pattern === 'waitForTaskToken')
    // The blank at the end is AWS's (recorded).
    at.refuse(
      "Express state machine does not support '.waitForTaskToken' service integration ",
      'use a Standard workflow, or do not wait for the token',
    );
  if (resource?.kind === 'service' && (resource.pattern === 'sync' || resource.pattern === 'sync:2'))
    at.refuse("Express state machine does not support '.sync' service integration", 'use a Standard workflow, or do not wait');
  if (state['Type'] === 'Map' && isDistributed(state)) {
    const processor = place.member(Object.hasOwn(state, 'Iterator') ? 'Iterator' : 'ItemProcessor');
    processor
      .member('ProcessorConfig')
      .member('Mode')
      .refuse(
        "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
        'use a Standard workflow, or Mode INLINE',
      );
  }
}
