import type { JsonObject } from '../json/json';
import { checkMachine } from './check-machine';
import { Place } from './place';
import { DefinitionError, type Problem } from './problem';
import { readDefinition } from './read-definition';
import type { StateMachine, StateMachineType } from './types';

/** How a definition is looked at. */
export interface DefinitionOptions {
  /** The type of the workflow, which decides on what a definition may hold. @default 'STANDARD' */
  readonly type?: StateMachineType;
}

/**
 * Reads a definition, given as JSON text or as a value.
 * The deprecated `Iterator` and `Parameters` of Map are read as `ItemProcessor` and `ItemSelector`.
 * @throws DefinitionError with every problem that AWS would refuse it for
 */
export function parse(definition: unknown, options: DefinitionOptions = {}): StateMachine {
  const { machine, problems } = tryParse(definition, options);
  const refusals = problems.filter(({ severity }) => severity === 'ERROR');
  if (machine === undefined || refusals.length > 0) throw new DefinitionError(refusals);
  return machine;
}

/** The same, as a value: the machine, undefined if AWS would refuse it, and all that AWS would say. */
export function tryParse(
  definition: unknown,
  { type = 'STANDARD' }: DefinitionOptions = {},
): {
  readonly machine: StateMachine | undefined;
  readonly source: JsonObject | undefined;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const root = Place.root(problems);
  const source = readDefinition(definition, root);
  if (source !== undefined) checkMachine(source, type, root);
  const isRefused = problems.some(({ severity }) => severity === 'ERROR');
  const machine = source === undefined || isRefused ? undefined : asMachine(source);
  return { machine, source, problems };
}

/** A definition that has been checked, as what it means. */
export const asMachine = (source: JsonObject): StateMachine => normalise(source) as unknown as StateMachine;

/** Map's deprecated names become the present ones, at every depth. */
function normalise(holder: JsonObject): JsonObject {
  const states = holder['States'] as JsonObject;
  return {
    ...holder,
    States: Object.fromEntries(Object.entries(states).map(([name, state]) => [name, normaliseState(state as JsonObject)])),
  };
}

function normaliseState(state: JsonObject): JsonObject {
  if (state['Type'] === 'Parallel') return { ...state, Branches: (state['Branches'] as JsonObject[]).map(normalise) };
  if (state['Type'] !== 'Map') return state;
  const {
    Iterator: iterator,
    ItemProcessor: processor = iterator,
    Parameters: parameters,
    ItemSelector: selector = parameters,
    ...rest
  } = state;
  return {
    ...rest,
    ItemProcessor: normalise(processor as JsonObject),
    ...(selector === undefined ? {} : { ItemSelector: selector }),
  };
}
