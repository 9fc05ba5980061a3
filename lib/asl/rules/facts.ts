import type { Readable } from '../around-errors';
import { asMachine } from '../parse';
import { follow } from '../shapes/flow';
import { type Shape, UNKNOWN } from '../shapes/shape';
import type { StateMachineType } from '../types';
import { allNodes, layOut } from '../workflow';
import { findLoops } from './loops';
import type { Facts } from './rule';

/**
 * Gathers what rules look at.
 * @param input what is known of the execution's input
 */
export function gatherFacts({ definition: source, faults }: Readable, type: StateMachineType, input: Shape = UNKNOWN): Facts {
  const definition = asMachine(source);
  const machine = layOut(definition, source, type, faults);
  return { definition, machine, nodes: allNodes(machine), flow: follow(machine, input), loops: findLoops(machine) };
}
