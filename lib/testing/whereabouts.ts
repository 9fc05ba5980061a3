import { isJoining, type Frame } from '../simulator/frame';

/** The frames of an execution that are in a state: entered, and not left. */
export function* framesIn(frame: Frame, state: string): Generator<Frame> {
  const { step } = frame;
  if (frame.state === state && !OUTSIDE.has(step.at)) yield frame;
  if (step.at === 'branches' && isJoining(frame)) for (const branch of step.frames) yield* framesIn(branch, state);
}

/** Steps before a state, and behind the last one. */
const OUTSIDE: ReadonlySet<Frame['step']['at']> = new Set(['enter', 'turn', 'done', 'branchFailed']);

/** The task token that a frame waits for. */
export const tryFindToken = ({ step }: Frame): string | undefined =>
  step.at === 'submitted' && step.attempt.answer === undefined ? step.attempt.token : undefined;
