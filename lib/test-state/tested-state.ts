import { tryParseResource } from '../asl/resource';
import type { State, StateType } from '../asl/types';
import type { JsonObject } from '../json/json';
import { type Branch, exit } from '../simulator/branch';
import type { DataFlow } from '../simulator/data-flow/data-flow';
import { compileFilter } from '../simulator/data-flow/json-path';
import type { Effect, Heard } from '../simulator/effects';
import type { CompiledState, ExitableState } from '../simulator/program';
import { compileChoice } from '../simulator/states/choice';
import { compileFail } from '../simulator/states/fail';
import { compileSucceed } from '../simulator/states/succeed';
import { compileWait } from '../simulator/states/wait';
import { contextOf, GivenContextScope } from './context-object';
import { compileInspectedFlow } from './inspected-flow';
import type { Inspection } from './inspection';
import { compileMapWork } from './map-work';
import { type MockedWork, succeed } from './mocked-work';
import type { StateConfiguration } from './request';
import type { StateUnderTest } from './state-under-test';
import { compileTaskWork } from './task-work';
import type { TestedBranch } from './tested-branch';
import { type TestedRun, withTestedPolicies, type Work } from './tested-policies';
import { failedWith, failureOf, leftFor, type Verdict } from './verdict';

/** What a state is tested with. */
export interface Setup {
  /** Of Map and Parallel there is one. */
  readonly mock: MockedWork | undefined;
  /** Undefined: that of an execution just started. */
  readonly context: JsonObject | undefined;
  readonly variables: JsonObject;
  readonly roleArn: string | undefined;
  readonly configuration: StateConfiguration;
}

/**
 * Compiles the state into one that runs once, in a world, as the only state of its machine: it notes what comes of its data and reports
 * its verdict. It leads nowhere: the execution ends with it.
 */
export function compileTestedState(
  tested: StateUnderTest,
  setup: Setup,
  inspection: Inspection,
  report: (verdict: Verdict) => void,
): CompiledState {
  const { name, state } = tested;
  const run = compileRun(tested, setup, inspection);
  let branch: TestedBranch | undefined;
  return {
    name,
    type: state.Type,
    entered: `${state.Type}StateEntered`,
    run(given, heard) {
      branch ??= prepare(given, state, setup);
      const { frame } = branch;
      inspection.input ??= frame.input;
      const came = verdictOrEffect(branch, heard);
      if ('kind' in came) return came;
      report(came);
      if (Object.keys(frame.variables).length > 0) inspection.variables = frame.variables;
      frame.step = { at: 'done', output: null };
      return undefined;
    },
  };

  function verdictOrEffect(at: TestedBranch, heard: Heard | undefined): Effect | Verdict {
    try {
      return run(at, heard);
    } catch (thrown) {
      return failedWith(failureOf(thrown, at));
    }
  }
}

function prepare(branch: Branch, state: State, { configuration, context, roleArn, variables }: Setup): TestedBranch {
  const { frame, execution } = branch;
  const { retrierRetryCount: retryCount = 0 } = configuration;
  frame.variables = variables;
  frame.retryCount = retryCount;
  // The count is that of the Retrier that applies to the error; the others' are not looked at.
  if ('Retry' in state) frame.retries = state.Retry?.map(() => retryCount);
  const resource = state.Type === 'Task' ? tryParseResource(state.Resource) : undefined;
  const token = resource?.kind === 'service' && resource.pattern === 'waitForTaskToken' ? execution.newToken() : undefined;
  return { ...branch, scope: new GivenContextScope(branch, context ?? contextOf(branch, roleArn, token)) };
}

function compileRun(tested: StateUnderTest, { mock, configuration }: Setup, inspection: Inspection): TestedRun {
  const { name, state, language } = tested;
  switch (state.Type) {
    case 'Task': {
      const flow = compileInspectedFlow(name, state, language, true, inspection);
      const work = compileTaskWork(name, state, flow, mock, inspection);
      return withTestedPolicies({ ...tested, state }, work, flow, exitable(name, 'Task'), inspection);
    }
    case 'Parallel': {
      const flow = compileInspectedFlow(name, state, language, true, inspection);
      const work = compileParallelWork(flow, mock as MockedWork);
      return withTestedPolicies({ ...tested, state }, work, flow, exitable(name, 'Parallel'), inspection);
    }
    case 'Map': {
      const flow = compileInspectedFlow(name, state, language, true, inspection);
      const work = compileMapWork({ ...tested, state }, flow, mock as MockedWork, configuration, inspection);
      return withTestedPolicies({ ...tested, state }, work, flow, exitable(name, 'Map'), inspection);
    }
    case 'Pass': {
      const flow = compileInspectedFlow(name, state, language, false, inspection);
      const pass = exitable(name, 'Pass');
      const { Result: literal, Next: next } = state;
      return (branch) => {
        const effectiveInput = flow.input(branch);
        exit(branch, pass, flow.output(branch, literal === undefined ? effectiveInput : literal), next);
        return leftFor(branch);
      };
    }
    case 'Choice':
      return asItRuns(compileChoice(name, state, language), inputFilter(state.InputPath));
    case 'Wait':
      return asItRuns(compileWait(name, state, language), inputFilter(state.InputPath));
    case 'Succeed':
      return asItRuns(compileSucceed(name, state, language), inputFilter(state.InputPath));
    case 'Fail':
      return asItRuns(compileFail(name, state, language), inputFilter(undefined));
  }

  /** The simulator's own state, after InputPath was noted; it has no other stage that AWS tells. */
  function asItRuns(compiled: CompiledState, filter: (branch: TestedBranch) => void): TestedRun {
    return (branch, heard) => {
      filter(branch);
      return compiled.run(branch, heard) ?? leftFor(branch);
    };
  }

  function inputFilter(path: string | null | undefined): (branch: TestedBranch) => void {
    const filter = compileFilter(path);
    return ({ scope, frame }) => {
      if (language === 'JSONata') return;
      scope.input = frame.input;
      inspection.afterInputPath = filter(scope);
    };
  }
}

/** Runs by other means; that it can be left is all that `exit` asks. */
const exitable = (name: string, type: Exclude<StateType, 'Fail'>): ExitableState => ({
  name,
  type,
  entered: `${type}StateEntered`,
  exited: `${type}StateExited`,
  run: () => undefined,
});

/** Every branch's input, and the mock. */
const compileParallelWork =
  (flow: DataFlow, mock: MockedWork): Work =>
  (branch) => {
    flow.input(branch);
    return succeed(branch, mock);
  };
