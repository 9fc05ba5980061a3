import { parse } from '../../asl/parse';
import type { StateMachineType } from '../../asl/types';
import type { Snapshot } from '../../simulator/execution';
import type { RecordedEvent } from '../../simulator/history';
import type { SeededRandom } from '../../simulator/random';
import type { Account, Activity, Alias, ExecutionRecord, Refusal, StateMachine, Version } from './account';
import type { Revision } from './revision';
import { follow, machineOf } from './start';
import { forgetIfDeleted } from './state-machines';

/**
 * What is saved of an account: entries, each of which takes the place of an earlier one for the same thing. All of them are JSON.
 * An execution's history is saved as it grows.
 */
export type Entry =
  | AccountEntry
  | ({ readonly kind: 'revision'; readonly number: number; readonly type: StateMachineType; readonly date: number } & Omit<
      Revision,
      'machine' | 'date'
    >)
  | MachineEntry
  | { readonly kind: 'stateMachineGone'; readonly arn: string }
  | ActivityEntry
  | { readonly kind: 'activityGone'; readonly arn: string }
  | ExecutionEntry;

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

interface MachineEntry extends Pick<StateMachine, 'sequence' | 'arn' | 'name' | 'type' | 'status' | 'created' | 'lastVersion'> {
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

interface ActivityEntry extends Omit<Activity, 'creationDate' | 'tags'> {
  readonly kind: 'activity';
  readonly creationDate: number;
  readonly tags: readonly (readonly [string, string])[];
}

interface ExecutionEntry extends Pick<ExecutionRecord, 'sequence' | 'arn' | 'input'> {
  readonly kind: 'execution';
  readonly machine: Pick<StateMachine, 'sequence' | 'arn' | 'name' | 'type'>;
  readonly revision: number;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly traceHeader: string | undefined;
  /** Name of the test case that it runs in. */
  readonly testCase: string | undefined;
  readonly startedBy: string | undefined;
  readonly refusal: Refusal | undefined;
  /** Its `events` are those that are new. */
  readonly snapshot: Snapshot;
}

/** Tells what of an account has changed since it was asked last; at first, all of it. */
export class Saver {
  private readonly revisions = new Map<Revision, number>();
  /** How many events of an execution have been told, by its ARN. */
  private readonly events = new Map<string, number>();

  constructor(private readonly account: Account) {
    const { touched, stateMachines, activities, executions } = account;
    for (const all of [stateMachines, activities, executions]) for (const arn of all.keys()) touched?.add(arn);
  }

  /** Entries in the order in which they have to be read; the account itself is the last. */
  changes(): readonly Entry[] {
    const { account } = this;
    const entries: Entry[] = [];
    for (const arn of account.touched ?? []) this.add(arn, entries);
    account.touched?.clear();
    if (entries.length > 0) entries.push(accountEntry(account));
    return entries;
  }

  private add(arn: string, entries: Entry[]): void {
    const { stateMachines, activities, executions } = this.account;
    const machine = stateMachines.get(arn);
    const activity = activities.get(arn);
    const execution = executions.get(arn);
    if (machine !== undefined) this.addMachine(machine, entries);
    else if (activity !== undefined) entries.push(activityEntry(activity));
    else if (execution !== undefined) this.addExecution(execution, entries);
    else if (arn.includes(':activity:')) entries.push({ kind: 'activityGone', arn });
    // Of Express executions nothing is kept.
    else if (arn.includes(':stateMachine:')) entries.push({ kind: 'stateMachineGone', arn });
  }

  private addMachine(machine: StateMachine, entries: Entry[]): void {
    const { sequence, arn, name, type, status, created, lastVersion } = machine;
    const versions = [...machine.versions].map(([number, version]) => ({
      sequence: version.sequence,
      arn: version.arn,
      description: version.description,
      number,
      creationDate: version.creationDate.getTime(),
      revision: this.numberOf(version.revision, type, entries),
    }));
    const aliases = [...machine.aliases.values()].map((alias) => ({
      ...alias,
      creationDate: alias.creationDate.getTime(),
      updateDate: alias.updateDate.getTime(),
    }));
    entries.push({
      kind: 'stateMachine',
      sequence,
      arn,
      name,
      type,
      status,
      created,
      lastVersion,
      creationDate: machine.creationDate.getTime(),
      revision: this.numberOf(machine.revision, type, entries),
      versions,
      aliases,
      tags: [...machine.tags],
    });
  }

  private addExecution(record: ExecutionRecord, entries: Entry[]): void {
    const { sequence, arn, input, machine, revision, versionArn, aliasArn, traceHeader, startedBy, refusal, started } = record;
    const snapshot = started.snapshot();
    const known = this.events.get(arn) ?? 0;
    this.events.set(arn, snapshot.events.length);
    entries.push({
      kind: 'execution',
      sequence,
      arn,
      input,
      machine: { sequence: machine.sequence, arn: machine.arn, name: machine.name, type: machine.type },
      revision: this.numberOf(revision, machine.type, entries),
      versionArn,
      aliasArn,
      traceHeader,
      testCase: this.account.testCases.get(arn)?.name,
      startedBy,
      refusal,
      snapshot: { ...snapshot, events: snapshot.events.slice(known) },
    });
  }

  private numberOf(revision: Revision, type: StateMachineType, entries: Entry[]): number {
    const known = this.revisions.get(revision);
    if (known !== undefined) return known;
    const number = this.revisions.size;
    this.revisions.set(revision, number);
    const { machine: _, date, ...rest } = revision;
    entries.push({ kind: 'revision', number, type, date: date.getTime(), ...rest });
    return number;
  }
}

const activityEntry = ({ tags, creationDate, ...activity }: Activity): ActivityEntry => ({
  kind: 'activity',
  ...activity,
  creationDate: creationDate.getTime(),
  tags: [...tags],
});

const accountEntry = ({ id, region, world, random, lastSequence }: Account): AccountEntry => ({
  kind: 'account',
  id,
  region,
  seed: world.seed,
  epochMs: world.epochMs,
  random: random.state,
  lastSequence,
});

/** Fills a new account with what was saved of another. Executions that ran go on. */
export function restore(account: Account, entries: Iterable<Entry>): void {
  const revisions = new Map<number, Revision>();
  const machines = new Map<string, MachineEntry>();
  const activities = new Map<string, ActivityEntry>();
  const executions = new Map<string, { readonly entry: ExecutionEntry; readonly events: RecordedEvent[] }>();
  for (const entry of entries) {
    switch (entry.kind) {
      case 'account':
        account.lastSequence = entry.lastSequence;
        break;
      case 'revision':
        revisions.set(entry.number, revisionOf(entry));
        break;
      case 'stateMachine':
        machines.set(entry.arn, entry);
        break;
      case 'stateMachineGone':
        machines.delete(entry.arn);
        break;
      case 'activity':
        activities.set(entry.arn, entry);
        break;
      case 'activityGone':
        activities.delete(entry.arn);
        break;
      case 'execution': {
        const events = executions.get(entry.arn)?.events ?? [];
        events.push(...entry.snapshot.events);
        executions.set(entry.arn, { entry, events });
        break;
      }
    }
  }
  const revision = (number: number): Revision => revisions.get(number) as Revision;
  for (const entry of machines.values()) account.stateMachines.set(entry.arn, stateMachineOf(entry, revision));
  for (const { kind: _, ...activity } of activities.values())
    account.activities.set(activity.arn, {
      ...activity,
      creationDate: new Date(activity.creationDate),
      tags: new Map(activity.tags),
    });
  const bySequence = [...executions.values()].sort((a, b) => a.entry.sequence - b.entry.sequence);
  for (const { entry, events } of bySequence) restoreExecution(account, entry, events, revision(entry.revision));
  for (const machine of account.stateMachines.values()) forgetIfDeleted(account, machine);
}

function revisionOf({
  kind: _kind,
  number: _number,
  type,
  date,
  ...rest
}: Extract<Entry, { readonly kind: 'revision' }>): Revision {
  return { ...rest, date: new Date(date), machine: parse(rest.definition, { type }) };
}

const stateMachineOf = (entry: MachineEntry, revision: (number: number) => Revision): StateMachine => ({
  sequence: entry.sequence,
  arn: entry.arn,
  name: entry.name,
  type: entry.type,
  creationDate: new Date(entry.creationDate),
  status: entry.status,
  revision: revision(entry.revision),
  created: entry.created,
  versions: new Map(
    entry.versions.map(({ number, ...version }) => [
      number,
      { ...version, creationDate: new Date(version.creationDate), revision: revision(version.revision) },
    ]),
  ),
  lastVersion: entry.lastVersion,
  aliases: new Map(
    entry.aliases.map((alias) => [
      alias.name,
      { ...alias, creationDate: new Date(alias.creationDate), updateDate: new Date(alias.updateDate) },
    ]),
  ),
  tags: new Map(entry.tags),
  executions: [],
  running: new Set(),
});

function restoreExecution(account: Account, entry: ExecutionEntry, events: readonly RecordedEvent[], revision: Revision): void {
  const { versionArn, aliasArn, testCase, startedBy, refusal, snapshot } = entry;
  const present = account.stateMachines.get(entry.machine.arn);
  const machine = present?.sequence === entry.machine.sequence ? present : deletedMachine(entry, revision);
  const target = { machine, revision, versionArn, aliasArn };
  const mocks = testCase === undefined ? undefined : account.mockConfig?.stateMachines.get(machine.name)?.get(testCase);
  if (mocks !== undefined) account.testCases.set(entry.arn, mocks);
  const started = account.world.resumeExecution(machineOf(target), {
    ...snapshot,
    events,
    // What could not go on does not go on.
    ...(refusal === undefined ? {} : { ending: { status: 'FAILED', error: undefined, cause: undefined } }),
  });
  const record = follow(account, target, entry, started);
  record.startedBy = startedBy;
  record.refusal = refusal;
}

/** What executions know of a state machine that is gone. */
const deletedMachine = ({ machine }: ExecutionEntry, revision: Revision): StateMachine => ({
  ...machine,
  creationDate: revision.date,
  status: 'DELETING',
  revision,
  created: { publish: false, versionDescription: undefined },
  versions: new Map(),
  lastVersion: 0,
  aliases: new Map(),
  tags: new Map(),
  executions: [],
  running: new Set(),
});
