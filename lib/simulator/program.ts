import type { StateType } from '../asl/types';
import type { HistoryEventType } from './history-event';
import type { Branch } from './branch';
import type { MapRunPlan } from './map-run/plan';
import type { Effect, Heard } from './effects';
import type { Execution } from './execution';
import type { Frame } from './frame';

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

/** A compiled state. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  readonly entered: HistoryEventType;
  /** Of a Parallel or a Map: the programs inside, and the Map's name. */
  readonly nested?: { readonly program: (index: number) => Program; readonly iterationsOf: string | undefined };
  /** Of a Distributed Map. */
  readonly mapRun?: MapRunPlan;
  /** Of a Task: its call, in words. */
  readonly what?: string;
  /** Of a Task: calls off the job that it waits for, if its frame says that it waits for one. */
  readonly callOff?: (execution: Execution, frame: Frame) => void;
  /**
   * Goes on from the frame's step until the state has been left (undefined), or as far as it can without waiting: the effect that it
   * waits for. Throws what fails.
   * @param heard what that effect came to; undefined at the first go, also after a reload
   */
  readonly run: (branch: Branch, heard: Heard | undefined) => Effect | undefined;
}

/** A state that one can leave: all but Fail. */
export interface ExitableState extends CompiledState {
  readonly exited: HistoryEventType;
}

/** Task, Parallel and Map look at their failures themselves. */
export const knowsRetry = (type: StateType | undefined): boolean => type === 'Task' || type === 'Parallel' || type === 'Map';
