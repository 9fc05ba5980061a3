import { createTestWorld, type Fake, type HistoryEvent, type SimulatedRun, simulate, type TestWorld } from '../../../lib/testing';
import { type Definition, type Twins, withStates } from './twins';

/** What an observer sees of an execution. Twins look the same, but for the texts of errors that only one of the languages has. */
export interface Observed {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly seconds: number;
  /** Names of the states, with the second they were entered at. */
  readonly visited: readonly string[];
  /** Every call as it was scheduled: resource, request, time limits, role. */
  readonly calls: readonly unknown[];
  /** Variables, each time that some were assigned. */
  readonly assigned: readonly unknown[];
  /** What the fakes were asked for, and when. */
  readonly requests: readonly unknown[];
}

/** The whole machine in JSONata. */
export const inJsonata = (definition: Definition): Definition => ({ QueryLanguage: 'JSONata', ...definition });

/** A machine in JSONPath whose states are in JSONata, each by itself: so a workflow is rewritten state by state. */
export const inJsonataByState = (definition: Definition): Definition =>
  withStates(definition, (state) => ({ QueryLanguage: 'JSONata', ...state }));

/** Runs one of two twins in a world of its own. */
export async function runTwin(
  definition: Definition,
  { fakes: makeFakes }: Pick<Twins, 'fakes'>,
  input: unknown,
): Promise<Observed> {
  const fakes = makeFakes?.(() => world) ?? [];
  const world: TestWorld = createTestWorld(undefined, { fakes, startTime: new Date('2029-12-31T23:00:00Z') });
  return observed(await simulate(definition, { world, input, name: 'twin' }), fakes);
}

/** The part of a run that twins share. */
export function observed(run: SimulatedRun, fakes: readonly Fake[]): Observed {
  const secondOf = (date: Date): number => (date.getTime() - run.startDate.getTime()) / 1000;
  return {
    status: run.status,
    ...(run.status === 'SUCCEEDED' ? { output: run.output } : { error: run.error, cause: run.cause }),
    seconds: run.durationMs / 1000,
    visited: run.events.flatMap(({ stateEnteredEventDetails: entered, timestamp }) =>
      entered === undefined ? [] : [`${entered.name} at ${secondOf(timestamp)} s`],
    ),
    calls: run.events.flatMap(callOf),
    assigned: run.events.flatMap(({ stateExitedEventDetails: exited }) =>
      exited?.assignedVariables === undefined ? [] : [parsed(exited.assignedVariables)],
    ),
    requests: fakes.flatMap(({ label, calls }) =>
      calls.map(({ request, state, attempt, at }) => ({ label, request, state, attempt, second: secondOf(at) })),
    ),
  };
}

function callOf({ taskScheduledEventDetails: task, lambdaFunctionScheduledEventDetails: fn }: HistoryEvent): readonly unknown[] {
  if (task !== undefined) return [{ ...task, parameters: JSON.parse(task.parameters) }];
  return fn === undefined ? [] : [{ ...fn, input: JSON.parse(fn.input) }];
}

/** Fields may come in another order. */
const parsed = (texts: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text)]));
