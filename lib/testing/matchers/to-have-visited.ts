import type { States } from '../../asl/types';
import { SimulatorError } from '../../simulator/simulator-error';
import { type MatcherContext, type MatcherResult, renderRun, runOf } from './matcher';

/** See `BatonMatchers`. */
export function toHaveVisited(this: MatcherContext, received: unknown, ...states: readonly string[]): MatcherResult {
  const run = runOf(received, 'toHaveVisited');
  const known = new Set(namesIn(run.definition));
  const unknown = states.filter((name) => !known.has(name));
  if (states.length === 0) throw new SimulatorError('toHaveVisited wants at least one state name.');
  if (unknown.length > 0) {
    throw new SimulatorError(
      `toHaveVisited: the definition has no state ${unknown.map((name) => `"${name}"`).join(', ')}. It has: ${[...known].join(', ')}.`,
    );
  }
  const entered = run.events.flatMap(({ stateEnteredEventDetails: details }) => (details === undefined ? [] : [details.name]));
  let index = 0;
  for (const name of entered) if (name === states[index]) index++;
  const pass = index === states.length;
  return {
    pass,
    message: () => {
      const missed = pass ? '' : ` It did not enter "${states[index]}"${index === 0 ? '' : ` after "${states[index - 1]}"`}.`;
      return (
        `Expected the execution ${this.isNot === true ? 'not ' : ''}to visit ${states.join(' → ')}.${missed}\n` +
        `It visited ${entered.join(' → ')}\n\n${renderRun(run)}`
      );
    },
  };
}

function namesIn(holder: States): string[] {
  return Object.entries(holder.States).flatMap(([name, state]) => [
    name,
    ...(state.Type === 'Parallel' ? state.Branches.flatMap(namesIn) : []),
    ...(state.Type === 'Map' ? namesIn(state.ItemProcessor) : []),
  ]);
}
