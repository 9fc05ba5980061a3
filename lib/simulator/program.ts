import type { StateType } from '../asl/types';
import type { HistoryEventType } from './history-event';
import type { Branch } from './branch';
import type { Routine } from './effects';

/** A compiled `StartAt`/`States` pair: everything that depends on the definition alone has been computed. */
export interface Program {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, CompiledState>;
}

/** A compiled state machine. */
export interface MachineProgram extends Program {
  readonly timeoutSeconds: number | undefined;
  /** The states at every depth. */
  readonly types: ReadonlyMap<string, StateType>;
}

/** A compiled state. Exactly one of `run` and `routine`: what never waits needs no generator. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  readonly entered: HistoryEventType;
  /** Of a Parallel or a Map: the programs inside, and the Map's name. */
  readonly nested?: { readonly program: (index: number) => Program; readonly iterationsOf: string | undefined };
  /** From the frame's step to the state's exit, in one go. */
  readonly run?: (branch: Branch) => void;
  /** The same, waiting in between. */
  readonly routine?: (branch: Branch) => Routine<void>;
}

/** A state that one can leave: all but Fail. */
export interface ExitableState extends CompiledState {
  readonly exited: HistoryEventType;
}

/** Task, Parallel and Map look at their failures themselves. */
export const knowsRetry = (type: StateType | undefined): boolean => type === 'Task' || type === 'Parallel' || type === 'Map';
