import { tryParse } from '../asl/parse';
import { Place } from '../asl/place';
import { type Problem, renderInvalidDefinition } from '../asl/problem';
import { readDefinition } from '../asl/read-definition';
import type { QueryLanguage, State, StateMachine, States } from '../asl/types';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { TestStateError, validationException } from './test-state-error';

/** The one state that is tested. */
export interface StateUnderTest {
  readonly name: string;
  readonly state: State;
  readonly language: QueryLanguage;
}

/** The name of a state that comes without a state machine (recorded in its Context Object). */
const LONE_STATE = 'StateName';

/**
 * Reads the definition and finds the state in it, at any depth.
 * @param stateName undefined: the definition is the state itself
 * @throws TestStateError with everything that AWS would refuse the definition for
 */
export function findStateUnderTest(definition: unknown, stateName: string | undefined): StateUnderTest {
  if (stateName === undefined) return stateIn(machineAround(definition), LONE_STATE);
  return stateIn(machineOf(definition), stateName);
}

function machineOf(definition: unknown): StateMachine {
  const { machine, problems } = tryParse(definition);
  if (machine === undefined) throw invalidDefinition(problems);
  return machine;
}

function invalidDefinition(problems: readonly Problem[]): TestStateError {
  return new TestStateError(
    'InvalidDefinition',
    renderInvalidDefinition(problems.filter(({ severity }) => severity === 'ERROR')),
  );
}

/** A machine of this state alone, and of an end wherever it may lead to. */
function machineAround(definition: unknown): StateMachine {
  const problems: Problem[] = [];
  const state = readDefinition(definition, Place.root(problems));
  if (state === undefined) throw invalidDefinition(problems);
  if (Object.hasOwn(state, 'States') && !Object.hasOwn(state, 'Type'))
    throw validationException('The definition is that of a state machine: name the state to test in stateName');
  const ends = targetsOf(state)
    .filter((target) => target !== LONE_STATE)
    .map((target) => [target, { Type: 'Succeed' }] as const);
  return machineOf({ StartAt: LONE_STATE, States: Object.fromEntries([[LONE_STATE, state], ...ends]) });
}

/** Where a state may go on. */
function targetsOf(state: JsonObject): readonly string[] {
  const holders: Json[] = [state, { Next: state['Default'] ?? null }];
  for (const list of [state['Choices'], state['Catch']]) if (isArray(list)) holders.push(...list);
  return holders.flatMap((holder) => (isObject(holder) && typeof holder['Next'] === 'string' ? [holder['Next']] : []));
}

function stateIn(machine: StateMachine, name: string): StateUnderTest {
  const state = tryFindState(machine, name);
  if (state === undefined) throw validationException('State not found in definition');
  return { name, state, language: state.QueryLanguage ?? machine.QueryLanguage ?? 'JSONPath' };
}

/** The state of that name, at any depth. */
function tryFindState(holder: States, name: string): State | undefined {
  if (Object.hasOwn(holder.States, name)) return holder.States[name];
  for (const state of Object.values(holder.States)) {
    for (const inner of insideOf(state)) {
      const found = tryFindState(inner, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The `States` maps inside a state. */
const insideOf = (state: State): readonly States[] =>
  state.Type === 'Parallel' ? state.Branches : state.Type === 'Map' ? [state.ItemProcessor] : [];

/** Whether a Map or a Parallel has a state of that name inside. */
export const hasInside = (state: State, name: string): boolean =>
  insideOf(state).some((inner) => tryFindState(inner, name) !== undefined);
