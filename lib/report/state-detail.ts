import type { State } from '../asl/types';
import { renderDuration } from './duration';

/** What a state does, in a few words: `dynamodb:getItem`, `lambda validate-order`, `Wait 3h 00m`. */
export function renderStateDetail(state: State): string {
  switch (state.Type) {
    case 'Task':
      return renderResource(state.Resource);
    case 'Wait':
      if (typeof state.Seconds === 'number') return `Wait ${renderDuration(state.Seconds * 1000)}`;
      if (state.Seconds !== undefined) return `Wait ${state.Seconds} seconds`;
      if (state.SecondsPath !== undefined) return `Wait ${state.SecondsPath} seconds`;
      return `Wait until ${state.Timestamp ?? state.TimestampPath}`;
    case 'Fail':
      return state.Error ?? state.ErrorPath ?? 'Fail';
    case 'Map':
      return state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED' ? 'Distributed Map' : 'Map';
    case 'Parallel':
    case 'Choice':
    case 'Pass':
    case 'Succeed':
      return state.Type;
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
function renderResource(resource: string): string {
  const [, , service = '', , , kind = '', ...rest] = resource.split(':');
  if (service === 'states' && kind !== 'activity') return [kind, ...rest].join(':');
  if (service === 'lambda') return `lambda ${rest.join(':')}`;
  if (kind === 'activity') return `activity ${rest.join(':')}`;
  return resource;
}
