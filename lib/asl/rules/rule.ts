import type { Json, JsonObject } from '../../json/json';
import type { Position } from '../position';
import type { Flow } from '../shapes/flow';
import type { StateMachine, StateMachineType } from '../types';
import type { StateNode, WorkflowScope } from '../workflow';
import type { Loop } from './loops';

/** Looks for one class of mistakes that AWS takes and that hurt later. */
export interface Rule {
  /** Stable; also the name of the file. */
  readonly id: string;
  /** What is wrong, in one line. */
  readonly summary: string;
  /** What happens on AWS. */
  readonly why: string;
  /** Where people ran into it, or AWS's documentation. */
  readonly source: string;
  /** A definition that the rule warns of. */
  readonly failing: Example;
  /** The same, made right. */
  readonly corrected: Example;
  readonly check: (facts: Facts) => readonly Finding[];
}

/** A workflow that shows what a rule means. */
export interface Example {
  readonly definition: JsonObject;
  /** @default 'STANDARD' */
  readonly type?: StateMachineType;
  /** JSON Schema of the execution's input. */
  readonly inputSchema?: Json;
}

/** What a rule has found. */
export interface Finding {
  readonly at: Position;
  /** What is wrong here. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** What is known of a workflow. */
export interface Facts {
  readonly definition: StateMachine;
  readonly machine: WorkflowScope;
  /** Every state, those inside Parallel and Map states behind their state. */
  readonly nodes: readonly StateNode[];
  /** The data from state to state. */
  readonly flow: Flow;
  /** The cycles, each as the states in it. */
  readonly loops: readonly Loop[];
}
