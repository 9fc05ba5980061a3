import { parse } from '../../asl/parse';
import type { RecordedEvent } from '../../simulator/history';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Account, StateMachine } from './account';
import { sortEnded } from './retention';
import type { Revision } from './revision';
import type { ActivityEntry, Entry, ExecutionEntry, MachineEntry, RevisionEntry } from './saved-entries';
import { follow } from './start';
import { forgetIfDeleted } from './state-machines';
import { machineOf, tryFindTestCase } from './target';

/**
 * Fills a new account with what was saved of another. Executions that ran go on.
 * @throws SimulatorError if one of them runs in a test case that is not there any more
 */
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
        const known = executions.get(entry.arn);
        // A name may be used again.
        const events = known?.entry.sequence === entry.sequence ? known.events : [];
        for (const event of entry.snapshot.events) events.push(event);
        executions.set(entry.arn, { entry, events });
        break;
      }
      case 'executionGone':
        executions.delete(entry.arn);
        break;
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
  refuseLostTestCases(
    account,
    bySequence.map(({ entry }) => entry),
  );
  for (const { entry, events } of bySequence) restoreExecution(account, entry, events, revision(entry.revision));
  sortEnded(account);
  for (const machine of account.stateMachines.values()) forgetIfDeleted(account, machine);
}

/** Without its mocks, an execution would go on with calls that its test case was to keep it from. */
function refuseLostTestCases(account: Account, entries: readonly ExecutionEntry[]): void {
  const lost = entries.filter(
    (entry) => !isOver(entry) && entry.testCase !== undefined && tryFindTestCase(account, entry) === undefined,
  );
  if (lost.length === 0) return;
  const names = lost.map(({ machine, testCase, arn }) => `  - "${testCase}" of the state machine "${machine.name}", for ${arn}`);
  throw new SimulatorError(
    `Executions of the state file run in test cases which the mock configuration does not have. Give one that has:\n${names.join('\n')}`,
  );
}

const isOver = ({ snapshot, refusal }: ExecutionEntry): boolean => snapshot.ending !== undefined || refusal !== undefined;

function revisionOf({ kind: _kind, number: _number, type, date, ...rest }: RevisionEntry): Revision {
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
  const { versionArn, aliasArn, startedBy, refusal, redriveTokens, snapshot } = entry;
  const present = account.stateMachines.get(entry.machine.arn);
  const machine = present?.sequence === entry.machine.sequence ? present : deletedMachine(entry, revision);
  const target = { machine, revision, versionArn, aliasArn };
  const testCase = isOver(entry) ? undefined : tryFindTestCase(account, entry);
  if (testCase !== undefined) account.testCases.set(entry.arn, testCase);
  const started = account.world.resumeExecution(machineOf(target), {
    ...snapshot,
    events,
    // What could not go on does not go on.
    ...(refusal === undefined ? {} : { ending: { status: 'FAILED', error: undefined, cause: undefined } }),
  });
  const record = follow(account, target, entry, started);
  record.startedBy = startedBy;
  record.redriveTokens = redriveTokens;
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
