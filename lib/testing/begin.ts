import type { StateMachine, StateMachineType } from '../asl/types';
import { freezeMade } from '../json/freeze-made';
import type { Json } from '../json/json';
import { parseJson } from '../json/parse-json';
import { renderJson } from '../json/render-json';
import { toJson } from '../json/to-json';
import { type StatusChange, statusChangeOf } from '../services/states/status-change';
import { isExpress, type Machine } from '../simulator/execution';
import type { Run } from '../simulator/run';
import { SimulatorError } from '../simulator/simulator-error';
import type { StartedExecution, World } from '../simulator/world';
import { type OptionNames, refuseAll, unknownOptions } from './check-options';
import { checkCallbacks } from './fakes/callback';
import type { Fake } from './fakes/fake';
import { runToEnd } from './in-hand';
import { cloudOf, machineOf, type SimulationTarget } from './target';
import { createServedWorld, partsOf, type TestWorld } from './test-world';
import { type TestWorldOptions, WORLD_OPTIONS } from './world-options';

/** How a simulation runs. */
export interface SimulationOptions extends TestWorldOptions {
  /** The execution's input: a JSON value. @default {} */
  readonly input?: unknown;
  /** The execution's input as JSON text, in place of `input`. */
  readonly inputText?: string;
  /** The execution's name. @default - a UUID from the seed */
  readonly name?: string;
  /** The workflow type of a definition. @default 'STANDARD'; a construct, or a machine of an assembly, has its own */
  readonly type?: StateMachineType;
  /** A world that other executions have used, or will. It has its own fakes and seed. @default - a fresh one */
  readonly world?: TestWorld;
}

/** A finished simulation. */
export type SimulatedRun<Output = Json> = Run<Output> & {
  /** The definition that ran. */
  readonly definition: StateMachine;
  /** Fakes of the world that nothing has used so far. */
  readonly unusedFakes: readonly string[];
  /** What the world's fakes have answered so far and nobody could hold against AWS's models of the APIs, in words. */
  readonly uncheckedAnswers: readonly string[];
  /**
   * RedriveExecution: goes on where the execution did not succeed, in the same world and at its time (`world.advance` lets some pass before).
   * Of a Parallel, a Map and a Map Run only what did not succeed runs again.
   *
   * ```ts
   * const run = await simulate(orders, { input, fakes: [lambda(orders.charge, fails('CardService.Busy'))] });
   * const again = await run.redrive({ fakes: [lambda(orders.charge, { paymentId: 'p-1' })] });
   * expect(again).toSucceedWith(…);
   * ```
   * @throws SimulatorError (rejects) if the execution has succeeded or has been redriven already, and as `simulate`
   */
  redrive(options?: RedriveOptions): Promise<SimulatedRun<Output>>;
};

/** How an execution is redriven. */
export interface RedriveOptions {
  /** What resources answer from now on. They come before the world's. @default - as before */
  readonly fakes?: readonly Fake[];
}

/** A simulation that has been started. */
export interface BegunSimulation {
  readonly testWorld: TestWorld;
  /** Names of the states, at every depth. */
  readonly states: readonly string[];
  readonly execution: StartedExecution;
  /** What the test gets of a run that has ended. */
  readonly simulated: (run: Run) => SimulatedRun;
}

/**
 * Starts an execution of a target's state machine. Everything here is synchronous: executions start in the order of the calls.
 * @param whose what was called, for messages: `simulate(…)`
 * @param onEvent hears of every event
 */
export function begin(
  target: SimulationTarget,
  options: SimulationOptions,
  whose: string,
  onEvent?: () => void,
): BegunSimulation {
  refuseAll(unknownOptions(options, OPTIONS, whose));
  const { input, inputText, name, type, world: given, ...worldOptions } = options;
  if (given !== undefined) refuseWorldOptions(worldOptions);
  const testWorld = given ?? createServedWorld(target, worldOptions, { onEvent });
  const { world, pace, add, addFakes, fakes, unusedFakes, uncheckedAnswers, tellStatus } = partsOf(testWorld);
  add(cloudOf(target));
  const { machine, definition } = machineOf(target, type, world.region);
  const states = [...machine.program.types.keys()];
  // A world that is given may have callbacks for other state machines.
  if (given === undefined) checkCallbacks(fakes, definition);
  const value = readInput(input, inputText);
  const execution = world.startExecution(machine, value, name);
  if (!isExpress(machine)) tellStarts(world, machine, execution, value, tellStatus);
  return {
    testWorld,
    states,
    execution,
    simulated: simulatedRun,
  };

  function simulatedRun(run: Run): SimulatedRun {
    const simulated = plainRun(run);
    let isRedriven = false;
    // No part of the data: two runs that are alike have different ones.
    return Object.defineProperty(simulated, 'redrive', {
      value: async (redriveOptions: RedriveOptions = {}) => {
        refuseAll(unknownOptions(redriveOptions, REDRIVE_OPTIONS, 'redrive(…)'));
        if (isRedriven)
          throw new SimulatorError(`The execution ${run.executionArn} has gone on from here: redrive the run that came of it.`);
        addFakes(redriveOptions.fakes ?? []);
        execution.redrive();
        isRedriven = true;
        const again = await runToEnd(world, pace, execution);
        if (!pace.isInHand) await world.settled();
        return simulatedRun(again);
      },
    }) as SimulatedRun;
  }

  function plainRun(run: Run): Omit<SimulatedRun, 'redrive'> {
    if (run.status === 'SUCCEEDED') freezeMade(run.output);
    return {
      ...run,
      get events() {
        return run.events;
      },
      get headroom() {
        return run.headroom;
      },
      definition,
      unusedFakes: unusedFakes(),
      uncheckedAnswers: uncheckedAnswers(),
    };
  }
}

const REDRIVE_OPTIONS: OptionNames<RedriveOptions> = { fakes: true };

const OPTIONS: OptionNames<SimulationOptions> = {
  input: true,
  inputText: true,
  name: true,
  type: true,
  world: true,
  ...WORLD_OPTIONS,
};

/** Tells EventBridge of the execution's start, when it has begun to run, and of its end. */
function tellStarts(
  world: World,
  machine: Machine,
  started: StartedExecution,
  input: Json,
  tell: (change: StatusChange) => void,
): void {
  const { executionArn: arn, name } = started;
  const told = { arn, name, machine, startDate: new Date(world.epochMs), input: renderJson(input), started, refusal: undefined };
  let begins: StatusChange | undefined = statusChangeOf(told);
  const tellStart = (): void => {
    if (begins !== undefined) tell(begins);
    begins = undefined;
  };
  world.after(0, tellStart);
  started.onEnd(() => {
    if (started.ending() === undefined) return;
    tellStart();
    tell(statusChangeOf(told));
  });
}

function refuseWorldOptions(options: object): void {
  const given = Object.keys(options);
  if (given.length > 0)
    throw new SimulatorError(
      `With the option "world", ${given.join(', ')} belong to createTestWorld(target, { … }): a world has one of each.`,
    );
}

function readInput(input: unknown, text: string | undefined): Json {
  if (text !== undefined && input !== undefined) throw new SimulatorError('Pass either input or inputText, not both.');
  try {
    return text === undefined ? toJson(input === undefined ? {} : input, 'the input') : parseJson(text, 'the input');
  } catch (error) {
    throw new SimulatorError((error as Error).message, { cause: error });
  }
}
