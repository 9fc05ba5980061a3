import { assignedNames } from '../assignment';
import type { StateNode, WorkflowScope } from '../workflow';
import { catchersOf } from './error-names';

/** Whether a state of a scope, or of one around it that it sees, assigns the variable. */
export type IsAssigned = (name: string, scope: WorkflowScope) => boolean;

/** Looks for variables by name, each scope once. */
export function findAssignments(): IsAssigned {
  const assigned = new Map<WorkflowScope, ReadonlySet<string>>();
  const isAssigned: IsAssigned = (name, scope) => {
    const own = assigned.get(scope) ?? new Set([...scope.nodes.values()].flatMap(assignedBy));
    assigned.set(scope, own);
    return own.has(name) || (scope.kind !== 'children' && scope.parent !== undefined && isAssigned(name, scope.parent.scope));
  };
  return isAssigned;
}

function assignedBy(node: StateNode): readonly string[] {
  const { state } = node;
  const holders = [state, ...catchersOf(node), ...(state.Type === 'Choice' ? state.Choices : [])];
  return holders.flatMap((holder) =>
    'Assign' in holder && holder.Assign !== undefined ? assignedNames(holder.Assign, node.language) : [],
  );
}
