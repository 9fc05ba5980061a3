import type { StateMachineType } from '../../asl/types';
import type { Account, Activity, ExecutionRecord, StateMachine } from './account';
import type { Revision } from './revision';
import type { AccountEntry, ActivityEntry, Entry } from './saved-entries';

/** Tells what of an account has changed since it was asked last; at first, all of it. */
export class Saver {
  private readonly revisions = new Map<Revision, number>();
  /** Of executions, by ARN: which one, for a name may be used again, and how many of its events have been told. */
  private readonly told = new Map<string, { readonly sequence: number; readonly events: number }>();

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
    else if (this.told.delete(arn)) entries.push({ kind: 'executionGone', arn });
    else if (resourceTypeOf(arn) === 'activity') entries.push({ kind: 'activityGone', arn });
    // Of Express executions nothing is kept.
    else if (resourceTypeOf(arn) === 'stateMachine') entries.push({ kind: 'stateMachineGone', arn });
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
    const { testCase, redriveTokens } = record;
    const snapshot = started.snapshot();
    const told = this.told.get(arn);
    const known = told?.sequence === sequence ? told.events : 0;
    this.told.set(arn, { sequence, events: snapshot.events.length });
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
      testCase,
      redriveTokens,
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

const resourceTypeOf = (arn: string): string | undefined => arn.split(':')[5];

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
