import type { Fake, Json, TestWorld } from '../../../lib/testing';

/** A definition, as `simulate` takes it. */
export interface Definition {
  readonly QueryLanguage?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, object>>;
}

/** One state machine in both query languages, and what both make of some inputs. */
export interface Twins {
  readonly name: string;
  readonly jsonPath: Definition;
  /** Without `QueryLanguage`: whoever runs it adds that. */
  readonly jsonata: Definition;
  readonly runs: readonly Run[];
  /** Made anew for each execution. */
  readonly fakes?: (world: () => TestWorld) => readonly Fake[];
}

/** An execution of both: its input, its output (or a matcher of it) or how it fails, and how long it takes. */
export type Run = readonly [input: Json, ending: unknown, seconds?: number];

/** Ends FAILED, with an error of the same name in both languages or of a name of its own in each. */
export class Failed {
  constructor(
    readonly jsonPath: string,
    readonly jsonata: string = jsonPath,
    readonly cause?: string,
  ) {}
}

export const failed = (error: string, cause?: string): Failed => new Failed(error, error, cause);

/**
 * The data does not have what the state reads: States.Runtime, which nothing can catch, or States.QueryEvaluationError. Each language
 * has causes of its own. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const evaluationFailed = new Failed('States.Runtime', 'States.QueryEvaluationError');

/** A state as JSON. */
export interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

/** Twins of a single state. */
export function twinStates(name: string, jsonPath: State, jsonata: State, runs: readonly Run[], fakes?: Twins['fakes']): Twins {
  return { name, jsonPath: only(jsonPath), jsonata: only(jsonata), runs, ...(fakes === undefined ? {} : { fakes }) };
}

/** Twins of a Pass state. */
export const twinPasses = (name: string, jsonPath: object, jsonata: object, runs: readonly Run[]): Twins =>
  twinStates(name, { Type: 'Pass', ...jsonPath }, { Type: 'Pass', ...jsonata }, runs);

/** A definition with one state. */
export const only = (state: State): Definition => ({
  StartAt: 'Only',
  States: { Only: ['Succeed', 'Fail'].includes(state.Type) ? state : { ...state, End: true } },
});

/** A copy with other states, those in branches and iterations, too. */
export const withStates = (definition: Definition, change: (state: State) => State): Definition => ({
  ...definition,
  States: Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => [name, change(withInner(state as Container, change))]),
  ),
});

/** The states in a definition, those in branches and iterations, too. */
export function statesOf(definition: Definition): readonly State[] {
  const states: State[] = [];
  withStates(definition, (state) => (states.push(state), state));
  return states;
}

interface Container extends State {
  readonly Branches?: readonly Definition[];
  readonly ItemProcessor?: Definition;
  readonly Iterator?: Definition;
}

const withInner = (state: Container, change: (state: State) => State): State => ({
  ...state,
  ...(state.Branches === undefined ? {} : { Branches: state.Branches.map((branch) => withStates(branch, change)) }),
  ...(state.ItemProcessor === undefined ? {} : { ItemProcessor: withStates(state.ItemProcessor, change) }),
  ...(state.Iterator === undefined ? {} : { Iterator: withStates(state.Iterator, change) }),
});
