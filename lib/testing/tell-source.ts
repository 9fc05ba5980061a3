import { DefinitionError, type Problem } from '../asl/problem';
import type { StateMachineType } from '../asl/types';
import { type Source, sourceOf } from './target';

/** What `look` says of a target's source; the faults of YAML text, where it has some. */
export function tellSource(
  target: unknown,
  type: StateMachineType | undefined,
  look: (source: Source) => readonly Problem[],
): readonly Problem[] {
  let source: Source;
  try {
    source = sourceOf(target, type);
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
  return look(source);
}
