import type { QueryLanguage, State, StateMachine, States, StateType } from '../asl/types';
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
  refuseUnsupported(machine, refusals);
  if (refusals.length > 0) {
    throw new SimulatorError(
      `This version of the simulator runs no Distributed Maps:\n${refusals.map((text) => `  - ${text}.`).join('\n')}`,
    );
  }
  const types = new Map<string, StateType>();
  const program: MachineProgram = {
    ...compileStates(machine, machine.QueryLanguage ?? 'JSONPath', types),
    timeoutSeconds: machine.TimeoutSeconds,
    types,
  };
  programs.set(machine, program);
  return program;
}

function refuseUnsupported(holder: States, refusals: string[]): void {
  for (const [name, state] of Object.entries(holder.States)) {
    const fields = state as unknown as Record<string, unknown>;
    if (state.Type === 'Map') {
      if (state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED') refusals.push(`"${name}" is a Distributed Map`);
      else {
        const only = ['ItemReader', 'ItemBatcher', 'ResultWriter'].filter((field) => field in fields);
        if (only.length > 0) refusals.push(`"${name}" has ${only.join(', ')}, which only a Distributed Map has`);
      }
      refuseUnsupported(state.ItemProcessor, refusals);
    }
    if (state.Type === 'Parallel') for (const branch of state.Branches) refuseUnsupported(branch, refusals);
  }
}

function compileStates(holder: States, language: QueryLanguage, types: Map<string, StateType>): Program {
  const states = new Map<string, CompiledState>();
  for (const [name, state] of Object.entries(holder.States)) {
    types.set(name, state.Type);
    states.set(name, compileState(name, state, language, types));
  }
  return { startAt: holder.StartAt, states };
}

function compileState(name: string, state: State, machineLanguage: QueryLanguage, types: Map<string, StateType>): CompiledState {
  // Inner states fall back to the language of the machine, not of the Map or Parallel around them.
  const language = state.QueryLanguage ?? machineLanguage;
  switch (state.Type) {
    case 'Pass':
      return compilePass(name, state, language);
    case 'Task':
      return compileTask(name, state, language);
    case 'Choice':
      return compileChoice(name, state, language);
    case 'Wait':
      return compileWait(name, state, language);
    case 'Succeed':
      return compileSucceed(name, state, language);
    case 'Fail':
      return compileFail(name, state, language);
    case 'Parallel':
      return compileParallel(
        name,
        state,
        language,
        state.Branches.map((branch) => compileStates(branch, machineLanguage, types)),
      );
    case 'Map':
      return compileMap(name, state, language, compileStates(state.ItemProcessor, machineLanguage, types));
  }
}
