import type { Json, JsonObject } from '../json/json';
import type { TaskCall } from '../simulator/task-call';
import { parameterProblems } from './parameter-types';
import type { StructureType } from './parameter-types';

/** A fake AWS service as one kind of integration sees it. */
export interface Service {
  /** As in the history: `dynamodb` (optimised), `aws-sdk:dynamodb`, `lambda-function` (a function's ARN as Resource). */
  readonly resourceType: string;
  /** By API action in camelCase. What is not here is refused by name. */
  readonly actions: Readonly<Record<string, Action>>;
}

/** What a service does for one API action. */
export interface Action {
  /** What Step Functions says against the parameters before it starts the Task; empty: nothing. See `parameterProblems`. */
  problems(parameters: Json): readonly string[];
  /**
   * Performs the call; asked only where `problems` found none. Throws or rejects with `StatesError` for the task's Error Output and
   * `SimulatorError` for what the fake does not do. Whatever it takes from the call's randomness it takes before it first waits,
   * so that the order of the draws is the order of the calls.
   */
  run(call: TaskCall): Json | Promise<Json>;
  /** Calls off the job that the action has started for a `.sync` task. Absent: it starts none, or the job goes on. */
  callOff?(call: TaskCall): void;
}

/** An action whose parameters are a structure. */
export function structureAction(
  parameters: StructureType,
  run: (request: JsonObject, call: TaskCall) => Json | Promise<Json>,
): Action {
  return {
    problems: (value) => parameterProblems(parameters, value),
    run: (call) => run(call.parameters as JsonObject, call),
  };
}
