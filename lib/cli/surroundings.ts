import type { Draw } from './progress';

/** What a command has around it. */
export interface Surroundings {
  /** Takes a result, without the last line feed: for standard output. */
  readonly print: (text: string) => void;
  /** Takes what went wrong: for standard error. */
  readonly printError: (text: string) => void;
  /** The whole of standard input. */
  readonly readStandardInput: () => Buffer;
  /** Settles when whoever started the command wants it to end. */
  readonly interrupted: () => Promise<void>;
  /** Draws a line of the terminal over the one before, see `Draw`; undefined: nobody looks at a terminal. */
  readonly draw: Draw | undefined;
  /** What is printed may be coloured. */
  readonly colour: boolean;
  /** Longest line of a timeline, in characters. */
  readonly width: number;
}
