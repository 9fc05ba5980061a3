import { loadBundle } from './load-bundle';

/**
 * The synchronous twin of jsonata: parser and evaluator of https://github.com/jsonata-js/jsonata (MIT), from whose text the build has
 * taken `async` and `await` (`bin/vendor/synchronous-jsonata.mjs`). It throws plain objects (`JsonataThrown`).
 */
export interface Jsonata {
  /** Parses an expression. Throws `JsonataThrown`. */
  (source: string): JsonataProgram;
}

/** A parsed expression. */
export interface JsonataProgram {
  /** The syntax tree. */
  ast(): JsonataNode;
  /**
   * Evaluates against an input document (Step Functions has none: undefined) with variables by name, without the `$`.
   * The result may be a sequence: an array with properties of its own. Throws `JsonataThrown`.
   */
  evaluate(input: unknown, variables: object): unknown;
}

/** A function written in JavaScript that may stand among the variables. */
export interface JsonataDefinition {
  readonly _jsonata_function: true;
  /** Called with what `validate` answers. */
  readonly implementation: (...values: never[]) => unknown;
  readonly signature: { validate(values: readonly unknown[], context: unknown): readonly unknown[] };
}

/** A node of the syntax tree, after the parser's second pass: paths are flat, and there is no node for `.` and `[`. */
export interface JsonataNode {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly steps?: readonly JsonataNode[];
  readonly stages?: readonly JsonataStage[];
  readonly predicate?: readonly JsonataStage[];
  readonly group?: JsonataGroup;
  /** Of a binary operator; the pairs of an object constructor; the variable of a bind. */
  readonly lhs?: JsonataNode | readonly (readonly [JsonataNode, JsonataNode])[];
  readonly rhs?: JsonataNode;
  readonly expression?: JsonataNode;
  readonly expressions?: readonly JsonataNode[];
  readonly procedure?: JsonataNode;
  readonly arguments?: readonly JsonataNode[];
  readonly body?: JsonataNode;
  readonly condition?: JsonataNode;
  readonly then?: JsonataNode;
  readonly else?: JsonataNode;
  readonly terms?: readonly { readonly descending: boolean; readonly expression: JsonataNode }[];
  readonly pattern?: JsonataNode;
  readonly update?: JsonataNode;
  readonly delete?: JsonataNode;
  /** The variable that `@` or `#` binds. */
  readonly focus?: string;
  readonly index?: string;
  readonly tuple?: boolean;
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  readonly consarray?: boolean;
}

/** A predicate, or the `#` of a step. */
export interface JsonataStage {
  readonly type: 'filter' | 'index';
  readonly expr?: JsonataNode;
  readonly value?: string;
}

/** A grouping: `{…}` behind a step. */
export interface JsonataGroup {
  readonly lhs: readonly (readonly [JsonataNode, JsonataNode])[];
}

/** What the twin throws. Without a code: a bound that the gate keeps. */
export interface JsonataThrown {
  readonly code?: string;
  readonly message: string;
  readonly position?: number;
}

/** What the twin asks before it goes on. Every answer may be a throw. */
export interface JsonataGate {
  /** True to know the operators `?:` and `??`, which JSONata has since 2.1. */
  readonly hasDefaultOperators: boolean;
  /** The time of the evaluation. */
  now(): Date;
  /** A number in [0, 1). */
  random(): number;
  /** Milliseconds since 1970 of an ISO 8601 timestamp; one without a zone is in UTC. */
  parseTimestamp(text: string): number;
  /** A node of the tree is about to be evaluated. */
  enter(): void;
  /** The node has been evaluated. */
  leave(result: unknown): void;
  /** Work is about to be done that takes as long as so many nodes. */
  spend(steps: number): void;
  /** An array of so many items is about to be made. */
  holds(items: number): void;
  /** A string of so many characters is about to be made. */
  writes(characters: number): void;
  /** A value that $string writes; the outermost has the key ''. */
  written(key: string, value: unknown): void;
  /** A native function is about to be called. */
  called(values: readonly unknown[]): void;
  /** A native function has answered. */
  made(value: unknown): void;
  /** A number that a loop divides until it is small. */
  finite(value: number): number;
  /** A number that a recursion writes as a roman one. */
  roman(value: number): void;
  /** A function of the library gets the name and the place of its call: to be taken away after the evaluation. */
  marked(definition: { token?: unknown; position?: unknown }): void;
  /** A copy of an operand that stands once in the text and twice in the tree. */
  copied(node: object): object;
  /** A regular expression. */
  pattern(source: string, flags: string): Pick<RegExp, 'source' | 'flags' | 'lastIndex'> & { exec(text: unknown): unknown };
}

/** Loads the twin and binds it to a gate. Takes about 10 ms the first time. */
export const loadJsonata = (gate: JsonataGate): Jsonata => loadBundle<(gate: JsonataGate) => Jsonata>('jsonata')(gate);
