import type { StateMachineType } from '../../asl/types';
import type { Snapshot } from '../../simulator/execution';
import type { SeededRandom } from '../../simulator/random';
import type { Activity, Alias, ExecutionRecord, RedriveToken, Refusal, StateMachine, Version } from './account';
import type { Revision } from './revision';

/**
 * What is saved of an account: entries, each of which takes the place of an earlier one for the same thing. All of them are JSON.
 * An execution's history is saved as it grows.
 */
export type Entry =
  | AccountEntry
  | RevisionEntry
  | MachineEntry
  | { readonly kind: 'stateMachineGone'; readonly arn: string }
  | ActivityEntry
  | { readonly kind: 'activityGone'; readonly arn: string }
  | ExecutionEntry
  | { readonly kind: 'executionGone'; readonly arn: string };

/** The account itself. */
export interface AccountEntry {
  readonly kind: 'account';
  readonly id: string;
  readonly region: string;
  readonly seed: string;
  readonly epochMs: number;
  readonly random: SeededRandom['state'];
  readonly lastSequence: number;
}

/** A revision of a state machine, by a number of the file's own. */
export interface RevisionEntry extends Omit<Revision, 'machine' | 'date'> {
  readonly kind: 'revision';
  readonly number: number;
  readonly type: StateMachineType;
  readonly date: number;
}

/** A state machine with its versions and aliases. */
export interface MachineEntry extends Pick<
  StateMachine,
  'sequence' | 'arn' | 'name' | 'type' | 'status' | 'created' | 'lastVersion'
> {
  readonly kind: 'stateMachine';
  readonly creationDate: number;
  readonly revision: number;
  readonly versions: readonly (Pick<Version, 'sequence' | 'arn' | 'description'> & {
    readonly number: number;
    readonly creationDate: number;
    readonly revision: number;
  })[];
  readonly aliases: readonly (Omit<Alias, 'creationDate' | 'updateDate'> & {
    readonly creationDate: number;
    readonly updateDate: number;
  })[];
  readonly tags: readonly (readonly [string, string])[];
}

/** An activity. */
export interface ActivityEntry extends Omit<Activity, 'creationDate' | 'tags'> {
  readonly kind: 'activity';
  readonly creationDate: number;
  readonly tags: readonly (readonly [string, string])[];
}

/** A Standard execution. */
export interface ExecutionEntry extends Pick<ExecutionRecord, 'sequence' | 'arn' | 'input'> {
  readonly kind: 'execution';
  readonly machine: Pick<StateMachine, 'sequence' | 'arn' | 'name' | 'type'>;
  readonly revision: number;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly traceHeader: string | undefined;
  /** Name of the test case that it runs in. */
  readonly testCase: string | undefined;
  readonly redriveTokens: readonly RedriveToken[];
  readonly startedBy: string | undefined;
  readonly refusal: Refusal | undefined;
  /** Its `events` are those that are new. */
  readonly snapshot: Snapshot;
}
