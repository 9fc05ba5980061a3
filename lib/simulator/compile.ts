import { tryParseResource } from '../asl/resource';
import type { State, StateMachine, States, StateType } from '../asl/types';
import type { CompiledState, MachineProgram, Program } from './program';
import { SimulatorError } from './simulator-error';
import { compileChoice } from './states/choice';
import { compileFail } from './states/fail';
import { compileMap } from './states/map';
import { compileParallel } from './states/parallel';
import { compilePass } from './states/pass';
import { compileSucceed } from './states/succeed';
import { compileTask } from './states/task';
import { compileWait } from './states/wait';

const programs = new WeakMap<StateMachine, MachineProgram>();

/**
 * Compiles a parsed state machine; once for each machine object.
 * @throws SimulatorError naming every state that uses what this version does not run
 */
export function compile(machine: StateMachine): MachineProgram {
  const known = programs.get(machine);
  if (known !== undefined) return known;
  const refusals: string[] = [];
  if (machine.QueryLanguage === 'JSONata') refusals.push('The state machine is written in JSONata');
  refuseUnsupported(machine, refusals);
  if (refusals.length > 0) {
    throw new SimulatorError(
      `This version of the simulator runs JSONPath without variables, inline Maps, and tasks that answer or wait for their token. It does not run:\n${refusals.map((text) => `  - ${text}.`).join('\n')}`,
    );
  }
  const types = new Map<string, StateType>();
  const program: MachineProgram = { ...compileStates(machine, types), timeoutSeconds: machine.TimeoutSeconds, types };
  programs.set(machine, program);
  return program;
}

function refuseUnsupported(holder: States, refusals: string[]): void {
  for (const [name, state] of Object.entries(holder.States)) {
    const fields = state as unknown as Record<string, unknown>;
    if (state.QueryLanguage === 'JSONata') refusals.push(`"${name}" is written in JSONata`);
    const catchers = 'Catch' in state ? (state.Catch ?? []) : [];
    const rules = state.Type === 'Choice' ? state.Choices : [];
    if ([state, ...catchers, ...rules].some((place) => 'Assign' in place)) refusals.push(`"${name}" assigns variables (Assign)`);
    if (state.Type === 'Map') {
      if (state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED') refusals.push(`"${name}" is a Distributed Map`);
      else {
        const only = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'ToleratedFailureCount', 'ToleratedFailurePercentage'].filter(
          (field) => field in fields,
        );
        if (only.length > 0) refusals.push(`"${name}" has ${only.join(', ')}, which only a Distributed Map has`);
      }
      refuseUnsupported(state.ItemProcessor, refusals);
    }
    if (state.Type === 'Task') {
      const resource = tryParseResource(state.Resource);
      if (resource?.kind === 'activity') refusals.push(`"${name}" uses an activity`);
      if (resource?.kind === 'service' && resource.pattern.startsWith('sync'))
        refusals.push(`"${name}" waits for a job (.${resource.pattern})`);
    }
    if (state.Type === 'Parallel') for (const branch of state.Branches) refuseUnsupported(branch, refusals);
  }
}

function compileStates(holder: States, types: Map<string, StateType>): Program {
  const states = new Map<string, CompiledState>();
  for (const [name, state] of Object.entries(holder.States)) {
    types.set(name, state.Type);
    states.set(name, compileState(name, state, types));
  }
  return { startAt: holder.StartAt, states };
}

function compileState(name: string, state: State, types: Map<string, StateType>): CompiledState {
  switch (state.Type) {
    case 'Pass':
      return compilePass(name, state);
    case 'Task':
      return compileTask(name, state);
    case 'Choice':
      return compileChoice(name, state);
    case 'Wait':
      return compileWait(name, state);
    case 'Succeed':
      return compileSucceed(name, state);
    case 'Fail':
      return compileFail(name, state);
    case 'Parallel':
      return compileParallel(
        name,
        state,
        state.Branches.map((branch) => compileStates(branch, types)),
      );
    case 'Map':
      return compileMap(name, state, compileStates(state.ItemProcessor, types));
  }
}
