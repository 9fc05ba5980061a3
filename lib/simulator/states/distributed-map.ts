import type { MapState, QueryLanguage } from '../../asl/types';
import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../../json/json';
import { type Branch, record } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import { Failure } from '../failure';
import { MAX_MAP_RUN_REDRIVES } from '../limits';
import { failedStep } from '../frame';
import { compileSettings } from '../map-run/compile-settings';
import { countItems } from '../map-run/item-source';
import { MapRun } from '../map-run/map-run';
import type { MapRunPlan } from '../map-run/plan';
import { type Attempt, withPolicies } from '../policies';
import type { ExitableState, MachineProgram } from '../program';
import { randomFromSeed } from '../random';
import { SimulatorError } from '../simulator-error';
import { compileItems, compileItemSource, compileIterationInput, compileMaxConcurrency } from './map';

/** Distributed Map: an execution of its own for every item, or batch. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export function compileDistributedMap(
  name: string,
  state: MapState,
  language: QueryLanguage,
  program: MachineProgram,
): ExitableState {
  const flow = compileDataFlow(name, state, language, true);
  const items = state.ItemReader === undefined ? compileDistributedItems(state, language) : () => undefined;
  const maxConcurrency = compileMaxConcurrency(state);
  const settings = compileSettings(state, language);
  const plan: MapRunPlan = {
    state: name,
    express: state.ItemProcessor.ProcessorConfig?.ExecutionType === 'EXPRESS',
    program,
    select: compileIterationInput(name, state, language),
  };

  const attempt: Attempt = (branch) => {
    const { frame, scope, execution } = branch;
    if (frame.step.at === 'entered') {
      scope.input = frame.input;
      const most = maxConcurrency(branch);
      const effectiveInput = flow.input(branch);
      const found = items(branch);
      const length = found === undefined ? 0 : countItems(found);
      record(branch, { at: 'mapStarted', items: found, effectiveInput, maxConcurrency: most }, 'MapStateStarted', { length });
    }
    if (frame.step.at === 'mapStarted') {
      const { step } = frame;
      const all = { ...settings(branch, step.effectiveInput), maxConcurrency: step.maxConcurrency };
      const label = state.Label ?? labelOf(execution.machine.arn, name);
      const mapRunArn = `${execution.machine.arn.replace(':stateMachine:', ':mapRun:')}/${label}:${execution.random.uuid()}`;
      const { effectiveInput, items: found } = step;
      const run = new MapRun(branch, plan, {
        arn: mapRunArn,
        state: name,
        label,
        startMs: execution.epochMs,
        settings: all,
        effectiveInput,
        items: found,
      });
      execution.addMapRun(run);
      const startedEventId = execution.history.lastId + 1;
      record(branch, { at: 'mapRun', mapRunArn, startedEventId }, 'MapRunStarted', { mapRunArn });
      run.begin();
    }
    if (frame.step.at === 'mapRun') {
      const { mapRunArn, startedEventId } = frame.step;
      const run = execution.mapRun(mapRunArn) ?? revive(branch, plan, mapRunArn);
      if (frame.step.redriven) {
        if (run.redriveCount >= MAX_MAP_RUN_REDRIVES) {
          execution.assume('map-run-redrives');
          throw new Failure('States.Runtime', `The Map Run ${mapRunArn} was redriven ${MAX_MAP_RUN_REDRIVES} times already.`);
        }
        run.redrive();
        const { redriveCount } = run;
        record(branch, { at: 'mapRun', mapRunArn, startedEventId }, 'MapRunRedriven', { mapRunArn, redriveCount });
        run.begin();
      }
      if (run.end === undefined) return run.untilEnded;
      if ('thrown' in run.end) throw run.end.thrown;
      if ('failure' in run.end) {
        const failure = Failure.from(run.end.failure);
        const { error, cause } = failure;
        record(branch, failedStep('failed', failure, frame.step), 'MapRunFailed', { error, cause });
        throw failure;
      }
      record(branch, { at: 'mapRunSucceeded', result: run.end.result, startedEventId }, 'MapRunSucceeded', undefined);
    }
    if (frame.step.at === 'mapRunSucceeded') recordSucceeded(branch, frame.step);
    return undefined;
  };

  const compiled: ExitableState = {
    name,
    type: 'Map',
    entered: 'MapStateEntered',
    exited: 'MapStateExited',
    mapRun: plan,
    run: withPolicies(
      state,
      language,
      {
        attempt,
        flow,
        failed: (branch, failure, at) => record(branch, failedStep(at, failure, branch.frame.step), 'MapStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}

/** The Map Run of an execution that was cut. */
function revive(branch: Branch, plan: MapRunPlan, arn: string): MapRun {
  const saved = branch.execution.savedMapRun(arn);
  if (saved === undefined) throw new SimulatorError(`The execution stands in the Map Run ${arn}, which it does not have.`);
  const run = MapRun.resume(branch, plan, saved);
  branch.execution.addMapRun(run);
  return run;
}

/** MapStateSucceeded points to MapRunSucceeded; what comes after it, to MapRunStarted (recorded since November 2024). */
function recordSucceeded(
  { frame, execution }: Branch,
  { result, startedEventId }: { readonly result: Json; readonly startedEventId: number },
): void {
  const { previousEventId } = frame;
  const eventId = execution.nextEventId();
  frame.step = { at: 'succeeded', result, eventId };
  frame.previousEventId = startedEventId;
  execution.history.add('MapStateSucceeded', previousEventId, execution.epochMs, undefined);
}

/** AWS makes a label for a state that has none: here always the same for the same state. */
const labelOf = (machineArn: string, state: string): string => randomFromSeed(`${machineArn}/${state}`).uuid();

/** The items of the input. JSONPath reads the effective input. */
type DistributedItems = (branch: Branch) => JsonArray | JsonObject;

/** A Distributed Map takes objects too. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
function compileDistributedItems(state: MapState, language: QueryLanguage): DistributedItems {
  const source = compileItemSource(state, language);
  const arrayOnly = compileItems(state, language);
  return (branch) => {
    const value = source(branch);
    // For anything else the inline Map has AWS's words.
    return value !== undefined && (isArray(value) || isObject(value)) ? value : arrayOnly(branch);
  };
}
