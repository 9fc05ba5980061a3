import type { IntrinsicCall } from '../../expressions/intrinsic/parse-intrinsic';
import type { ParsedPath } from '../../expressions/path/parse-path';
import type { Position } from '../position';
import type { Selection } from './select';
import type { ObjectShape, Shape } from './shape';

/** What expressions read, and who watches them do it. */
export interface Scene {
  /** What `$` means in JSONPath. */
  readonly document: Shape;
  /** What `$$` means. */
  readonly context: Shape;
  /** Workflow variables by name. */
  readonly variables: ObjectShape;
  /** `$states` in JSONata. */
  readonly states: ObjectShape;
  readonly watch: Watch;
  /** Expressions of JSONPath that were taken apart before, by their text. */
  readonly parsed: Map<string, ParsedPath | IntrinsicCall | undefined>;
}

/** Told of what expressions do. */
export interface Watch {
  /** A path is read. */
  read(reading: Read): void;
  /** A field gets its value. */
  give(position: Position, shape: Shape): void;
  /** A function is called, or a comparison made. */
  use(use: Use): void;
}

/** Watches nothing. */
export const UNWATCHED: Watch = { read: () => undefined, give: () => undefined, use: () => undefined };

/** A path that is read, and what it finds. */
export interface Read extends Selection {
  /** The path as it is written. */
  readonly text: string;
  readonly root: 'document' | 'context' | 'variable' | 'states';
  readonly position: Position;
}

/** A function with its arguments, or an operator of JSONata that compares, with its two sides. */
export interface Use {
  /** `States.Hash`, `$parse`, `<`. */
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly position: Position;
}
