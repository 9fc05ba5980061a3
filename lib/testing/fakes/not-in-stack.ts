import type { Location } from '../../cloud/cloud';
import { SimulatorError } from '../../simulator/simulator-error';

/** The fake of a resource that the stack does not have, and what it has. @param role what it is to the resource: `the fake of` */
export function notInStack(
  label: string,
  role: string,
  resource: 'activity' | 'API' | 'bucket' | 'function',
  known: readonly Location[],
): SimulatorError {
  const article = /^a/i.test(resource) ? 'an' : 'a';
  const names = known.map(({ logicalId, constructPath }) => constructPath ?? logicalId);
  return new SimulatorError(
    `${label} is ${role} ${article} ${resource} that the stack does not have. It has: ${names.length === 0 ? 'none' : names.join(', ')}. An imported ${resource} is named by its ARN.`,
  );
}
