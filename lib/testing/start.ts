import type { Json } from '../json/json';
import type { Frame } from '../simulator/frame';
import type { RecordedEvent } from '../simulator/history';
import type { Run } from '../simulator/run';
import { SimulatorError } from '../simulator/simulator-error';
import { begin, type SimulatedRun, type SimulationOptions } from './begin';
import type { DurationLike } from './fakes/script';
import { END_OF_TIME_MS } from '../simulator/pace';
import { driveUntil, runToEnd } from './in-hand';
import type { SimulationTarget } from './target';
import { partsOf, type TestWorld } from './test-world';
import { framesIn, tryFindToken } from './whereabouts';

/**
 * An execution whose time is in the test's hand: it moves only while the test waits for one of the promises here, and no further than that
 * takes. Wait for them one after the other.
 */
export interface ExecutionInHand<Output = Json> {
  readonly executionArn: string;
  /** What is around the execution: its tables, its outbox, other executions in the same time. */
  readonly world: TestWorld;
  /** Virtual time. */
  readonly now: Date;
  /**
   * Lets time go on until the execution is in that state and nothing more happens at that moment. At once, if it is there already.
   * @throws SimulatorError if it ends without, or can never get there, with what it waits for
   */
  reached(state: string): Promise<ReachedState>;
  /** Lets that much virtual time pass: all that is due until then happens. */
  advance(duration: DurationLike): Promise<void>;
  /**
   * Lets time go on to the execution's end.
   * @throws SimulatorError if it waits for what nothing will bring about, with what that is; it goes on waiting
   */
  finished(): Promise<SimulatedRun<Output>>;
  /** SendTaskSuccess. @throws SimulatorError if nobody waits for the token */
  sendTaskSuccess(token: string, output: Json): void;
  /** SendTaskFailure. @throws SimulatorError if nobody waits for the token */
  sendTaskFailure(token: string, error?: string, cause?: string): void;
  /** SendTaskHeartbeat. @throws SimulatorError if nobody waits for the token */
  sendTaskHeartbeat(token: string): void;
  /** StopExecution. */
  stop(error?: string, cause?: string): void;
}

/** A state that an execution is in. */
export interface ReachedState {
  /** Task tokens that it waits for, in the order in which they were sent; several where a Map or a Parallel is in it. */
  readonly taskTokens: readonly string[];
  /** The one that it waits for. @throws SimulatorError if it waits for none, or for several */
  readonly taskToken: string;
}

/**
 * Starts an execution for a test that acts in between.
 *
 * ```ts
 * const execution = start(orders, { input });
 * const { taskToken } = await execution.reached('WaitForApproval');
 * await execution.advance(Duration.hours(1));
 * execution.sendTaskSuccess(taskToken, { approved: true });
 * expect(await execution.finished()).toSucceedWith({ approved: true });
 * ```
 * Takes the same as `simulate`. In a world that is given, time is in the test's hand from now on, also for its other executions.
 * @throws DefinitionError SimulatorError as `simulate` does
 */
export function start<Output = Json>(target: SimulationTarget, options: SimulationOptions = {}): ExecutionInHand<Output> {
  const { testWorld, execution, simulated, states } = begin(target, options, 'start(…)');
  const { world, pace, ready } = partsOf(testWorld);
  pace.take();
  let over = false;
  execution.onEnd(() => (over = true));

  const framesOf = (state: string): Frame[] => (over ? [] : [...framesIn(execution.snapshot().frame, state)]);
  const hear = (token: string, heard: boolean): void => {
    if (heard) return;
    throw new SimulatorError(
      `Nobody waits for the task token ${token}: it has been answered, its task has ended, or there never was such a token. AWS would answer with TaskTimedOut, or with InvalidToken.`,
    );
  };

  return {
    executionArn: execution.executionArn,
    world: testWorld,
    get now() {
      return testWorld.now;
    },
    async reached(state) {
      refuseUnknownState(state, states);
      await ready();
      const since = execution.recorded().length;
      const hasBeenThere = (): boolean => framesOf(state).length > 0 || hasEntered(execution.recorded(), since, state);
      await driveUntil(world, pace, END_OF_TIME_MS, () => over || hasBeenThere());
      if (hasBeenThere()) return reachedState(state, framesOf(state));
      const run = await execution.run();
      throw new SimulatorError(`The execution has ended in ${run.status} without having reached "${state}"${because(run)}.`);
    },
    advance: (duration) => testWorld.advance(duration),
    async finished() {
      await ready();
      return simulated(await runToEnd(world, pace, execution)) as SimulatedRun<Output>;
    },
    sendTaskSuccess: (token, output) => hear(token, testWorld.sendTaskSuccess(token, output)),
    sendTaskFailure: (token, error, cause) => hear(token, testWorld.sendTaskFailure(token, error, cause)),
    sendTaskHeartbeat: (token) => hear(token, testWorld.sendTaskHeartbeat(token)),
    stop: (error, cause) => execution.stop(error, cause),
  };
}

function refuseUnknownState(state: string, states: readonly string[]): void {
  if (!states.includes(state))
    throw new SimulatorError(`The state machine has no state "${state}". It has: ${states.join(', ')}.`);
}

const hasEntered = (events: readonly RecordedEvent[], since: number, state: string): boolean =>
  events.slice(since).some(({ type, details }) => type.endsWith('StateEntered') && details?.['name'] === state);

const because = (run: Run): string => (run.status === 'SUCCEEDED' || run.error === undefined ? '' : `: ${run.error}`);

function reachedState(state: string, frames: readonly Frame[]): ReachedState {
  const taskTokens = frames.map(tryFindToken).filter((token) => token !== undefined);
  return {
    taskTokens,
    get taskToken() {
      const [only, ...more] = taskTokens;
      if (only !== undefined && more.length === 0) return only;
      throw new SimulatorError(
        only === undefined
          ? `"${state}" waits for no task token.`
          : `"${state}" waits for ${taskTokens.length} task tokens: they are in taskTokens.`,
      );
    },
  };
}
