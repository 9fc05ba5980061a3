import type { Json } from '../json/json';
import type { AssumptionId } from './assumptions';
import { type Ending, type Execution, isExpress } from './execution';
import { type Headroom, headroomOf } from './headroom';
import { type RecordedEvent, renderHistory } from './history';
import type { HistoryEvent } from './history-event';
import type { MapRunSummary } from './map-run/summary';
import type { Run } from './run';

/** What an execution that has ended leaves behind. Its events are rendered, and its headroom is measured, when they are first read. */
export const finishedRun = (execution: Execution, ending: Ending): Run =>
  (ending.status === 'SUCCEEDED' ? new Succeeded(execution, ending) : new Failed(execution, ending)) as Run;

// Classes, because a property that is defined one by one costs as much as ten events.
class Finished {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: Json;
  readonly startDate: Date;
  readonly stopDate: Date;
  readonly durationMs: number;
  readonly seed: string;
  readonly mapRuns: readonly MapRunSummary[];
  readonly redriveCount: number;
  readonly droppedCalls: readonly string[];
  readonly assumptions: readonly AssumptionId[];
  readonly #recorded: readonly RecordedEvent[];
  readonly #express: boolean;
  #events: readonly HistoryEvent[] | undefined;
  #headroom: Headroom | undefined;

  constructor(execution: Execution) {
    const { arn, name, input, startMs, history, machine, seed, droppedCalls, assumptions, redriveCount } = execution;
    const stopMs = history.recorded.at(-1)?.epochMs ?? startMs;
    this.executionArn = arn;
    this.stateMachineArn = machine.arn;
    this.name = name;
    this.input = input;
    this.startDate = new Date(startMs);
    this.stopDate = new Date(stopMs);
    this.durationMs = stopMs - startMs;
    this.seed = seed;
    this.mapRuns = execution.mapRunsAtEnd;
    this.redriveCount = redriveCount;
    this.droppedCalls = [...droppedCalls];
    this.assumptions = assumptions;
    this.#recorded = history.recorded;
    this.#express = isExpress(machine);
  }

  get events(): readonly HistoryEvent[] {
    return (this.#events ??= renderHistory(this.#recorded));
  }

  get headroom(): Headroom {
    return (this.#headroom ??= headroomOf(this.#recorded, this.#express));
  }

  /** For JSON.stringify, which does not see what is made on demand. */
  toJSON(): object {
    return { ...this, headroom: this.headroom, events: this.events };
  }
}

class Succeeded extends Finished {
  readonly status = 'SUCCEEDED';
  readonly output: Json;

  constructor(execution: Execution, { output }: Extract<Ending, { status: 'SUCCEEDED' }>) {
    super(execution);
    this.output = output;
  }
}

class Failed extends Finished {
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;

  constructor(execution: Execution, { status, error, cause }: Exclude<Ending, { status: 'SUCCEEDED' }>) {
    super(execution);
    this.status = status;
    this.error = error;
    this.cause = cause;
  }
}
