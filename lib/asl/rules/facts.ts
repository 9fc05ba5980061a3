import type { JsonObject } from '../../json/json';
import { follow } from '../shapes/flow';
import { type Shape, UNKNOWN } from '../shapes/shape';
import type { StateMachine, StateMachineType } from '../types';
import { allNodes, layOut } from '../workflow';
import { findLoops } from './loops';
import type { Facts } from './rule';

/**
 * Gathers what rules look at.
 * @param source the definition that the machine was parsed from
 * @param input what is known of the execution's input
 */
export function gatherFacts(definition: StateMachine, source: JsonObject, type: StateMachineType, input: Shape = UNKNOWN): Facts {
  const machine = layOut(definition, source, type);
  return { definition, machine, nodes: allNodes(machine), flow: follow(machine, input), loops: findLoops(machine) };
}
