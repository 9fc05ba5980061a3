import type { Json } from '../json/json';
import { type Branch, enter } from './branch';
import { type Heard, type Routine, TURN, WOKEN } from './effects';
import { Failure } from './failure';
import { TURNING } from './frame';
import { knowsRetry } from './program';
import { SimulatorError } from './simulator-error';
import { tryFailure } from './try-failure';

/**
 * Runs a branch from wherever its frame stands to its end. Returns the output; throws a `Failure` that nothing caught.
 * Nested branches let others go first before each state, so that they interleave.
 */
export function* runBranch(branch: Branch): Routine<Json> {
  const { frame, program } = branch;
  for (;;) {
    if (frame.step.at === 'done') return frame.step.output;
    if (frame.step.at === 'branchFailed') throw Failure.from(frame.step);
    const state = program.states.get(frame.state);
    if (state === undefined) {
      throw new SimulatorError(
        `The execution stands at the state "${frame.state}", which its state machine does not have. Resume it with the machine it was started with.`,
      );
    }
    try {
      if (frame.step.at === 'enter' && branch.nested) {
        frame.step = TURNING;
        yield TURN;
      }
      if (frame.step.at === 'enter' || frame.step.at === 'turn') enter(branch, state);
      if (frame.step.at === 'failed' && !knowsRetry(state.type)) throw Failure.from(frame.step);
      let effect = state.run(branch, undefined);
      while (effect !== undefined) {
        // What a routine is resumed with depends on the effect.
        const heard = (yield effect) as Heard | undefined;
        effect = state.run(branch, heard ?? WOKEN);
      }
    } catch (thrown) {
      throw tryFailure(thrown, branch) ?? thrown;
    }
  }
}
