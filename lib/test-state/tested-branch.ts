import type { Branch } from '../simulator/branch';
import type { GivenContextScope } from './context-object';

/** The branch of a state under test: its Context Object is given. */
export interface TestedBranch extends Branch {
  readonly scope: GivenContextScope;
}
