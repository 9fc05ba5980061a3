import type { QueryLanguage, State, StateMachine, States, StateType } from '../asl/types';
import type { CompiledState, MachineProgram, Program } from './program';
import { SimulatorError } from './simulator-error';
import { compileChoice } from './states/choice';
import { compileDistributedMap } from './states/distributed-map';
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
 * @throws SimulatorError naming every inline Map that has what only a Distributed Map can have
 */
export function compile(machine: StateMachine): MachineProgram {
  const known = programs.get(machine);
  if (known !== undefined) return known;
  const refusals: string[] = [];
  refuseInlineReaders(machine, refusals);
  if (refusals.length > 0)
    throw new SimulatorError(
      `What AWS makes of this is not known:\n${refusals.map((text) => `  - ${text}.`).join('\n')}\nGive the Map the Mode DISTRIBUTED in its ProcessorConfig.`,
    );
  const types = new Map<string, StateType>();
  const program: MachineProgram = {
    ...compileStates(machine, machine.QueryLanguage ?? 'JSONPath', types),
    timeoutSeconds: machine.TimeoutSeconds,
    types,
  };
  programs.set(machine, program);
  return program;
}

function refuseInlineReaders(holder: States, refusals: string[]): void {
  for (const [name, state] of Object.entries(holder.States)) {
    if (state.Type === 'Parallel') for (const branch of state.Branches) refuseInlineReaders(branch, refusals);
    if (state.Type !== 'Map') continue;
    const only = ['ItemReader', 'ItemBatcher', 'ResultWriter'].filter((field) => field in state);
    if (only.length > 0 && state.ItemProcessor.ProcessorConfig?.Mode !== 'DISTRIBUTED')
      refusals.push(`"${name}" is an inline Map and has ${only.join(', ')}`);
    refuseInlineReaders(state.ItemProcessor, refusals);
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

/** The state machine of a Distributed Map's children. @param types takes in its states, too */
function compileChild(processor: States, language: QueryLanguage, types: Map<string, StateType>): MachineProgram {
  const own = new Map<string, StateType>();
  const program = compileStates(processor, language, own);
  for (const [name, type] of own) types.set(name, type);
  return { ...program, timeoutSeconds: undefined, types: own };
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
      return state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED'
        ? compileDistributedMap(name, state, language, compileChild(state.ItemProcessor, machineLanguage, types))
        : compileMap(name, state, language, compileStates(state.ItemProcessor, machineLanguage, types));
  }
}
