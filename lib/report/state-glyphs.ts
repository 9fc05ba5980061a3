import type { StateType } from '../asl/types';

/** A stroke for each state type, in a square of 16. */
export const STATE_GLYPHS: Readonly<Record<StateType, string>> = {
  Task: 'M9 2 4 9h4l-1 5 5-7H8z',
  Choice: 'M8 2l6 6-6 6-6-6z',
  Parallel: 'M4 3v10M8 3v10M12 3v10',
  Map: 'M3 3h6v6H3zM6 12h7V5',
  Wait: 'M8 2a6 6 0 1 0 .01 0M8 5v3l2.5 1.5',
  Pass: 'M2.5 8h10M9 4.5 12.5 8 9 11.5',
  Succeed: 'M3 8.5 6.5 12 13 4.5',
  Fail: 'M4 4l8 8M12 4l-8 8',
};
