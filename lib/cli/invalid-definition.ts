import { type Definition, type LocatedProblem, problemsOf } from './definition';

/** A definition that AWS would refuse. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';

  constructor(
    readonly definition: Definition,
    readonly problems: readonly LocatedProblem[],
  ) {
    super(`${definition.name} is not valid.`);
  }
}

/** The JSON text of a definition that AWS would take. @throws InvalidDefinition with all that is wrong with it */
export function requireValid(definition: Definition): string {
  const problems = problemsOf(definition, 'ERROR');
  if (definition.text === undefined || problems.length > 0) throw new InvalidDefinition(definition, problems);
  return definition.text;
}
