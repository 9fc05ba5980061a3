import { variableReferences } from '../../asl/variable-references';
import type { NotedEvent } from '../../simulator/world';
import { type Account, arnOf, now, type StateMachine } from './account';
import { ApiError, validationException } from './api-error';
import { isVersionNumber } from './arn';
import { addTags } from './configuration';
import { findActiveStateMachine, findExecution, findStateMachine, readArn, tryFindVersion, unknownStateMachine } from './find';
import { checkName } from './name';
import { pageOf } from './page';
import type { RequestOf } from './request-model';
import { asksForSame, firstRevision, nextRevision, type Revision } from './revision';
import { publish } from './versions';

/** CreateStateMachine. */
export function createStateMachine(account: Account, request: RequestOf<'CreateStateMachine'>): object {
  const { name, type = 'STANDARD', tags = [], versionDescription } = request;
  const created = { publish: request.publish === true, versionDescription };
  checkName(name);
  checkVersionDescription(request);
  const arn = arnOf(account, `stateMachine:${name}`);
  const known = account.stateMachines.get(arn);
  if (known !== undefined) {
    refuseOther(known, request);
    return createdResponse(known, known.versions.get(1)?.arn);
  }
  const creationDate = now(account);
  const machine: StateMachine = {
    sequence: ++account.lastSequence,
    arn,
    name,
    type,
    creationDate,
    status: 'ACTIVE',
    revision: firstRevision(request, type, creationDate),
    created,
    versions: new Map(),
    lastVersion: 0,
    aliases: new Map(),
    tags: new Map(),
    executions: [],
    running: new Set(),
  };
  addTags(machine.tags, tags, arn);
  account.stateMachines.set(arn, machine);
  account.touched?.add(arn);
  return createdResponse(machine, created.publish ? publish(account, machine, versionDescription).arn : undefined);
}

const createdResponse = ({ arn, creationDate }: StateMachine, versionArn: string | undefined): object => ({
  stateMachineArn: arn,
  creationDate,
  ...(versionArn === undefined ? {} : { stateMachineVersionArn: versionArn }),
});

/** Asked the same again, CreateStateMachine answers the same again: its role and its tags are not looked at. */
function refuseOther(known: StateMachine, request: RequestOf<'CreateStateMachine'>): void {
  const { arn, type, created, status } = known;
  if (status === 'DELETING') throw new ApiError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
  const isSame =
    (request.type ?? 'STANDARD') === type &&
    (request.publish === true) === created.publish &&
    request.versionDescription === created.versionDescription &&
    asksForSame(known.revision, request);
  if (!isSame) throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
}

function checkVersionDescription({
  publish: publishes,
  versionDescription,
}: {
  readonly publish?: boolean;
  readonly versionDescription?: string;
}): void {
  if (versionDescription !== undefined && publishes !== true)
    throw validationException('Version description can only be set when publish is true');
}

/** UpdateStateMachine. Executions that run keep what they began with. */
export function updateStateMachine(account: Account, request: RequestOf<'UpdateStateMachine'>): object {
  const machine = findActiveStateMachine(account, request.stateMachineArn);
  const { definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = request;
  const changes = [definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration];
  if (changes.every((change) => change === undefined))
    throw new ApiError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  checkVersionDescription(request);
  const updateDate = now(account);
  account.touched?.add(machine.arn);
  machine.revision = nextRevision(machine.revision, request, machine.type, updateDate, () => account.random.uuid());
  const version = request.publish === true ? publish(account, machine, request.versionDescription) : undefined;
  return {
    updateDate,
    ...(machine.revision.id === undefined ? {} : { revisionId: machine.revision.id }),
    ...(version === undefined ? {} : { stateMachineVersionArn: version.arn }),
  };
}

/** DescribeStateMachine, of a state machine or of a version. */
export function describeStateMachine(
  account: Account,
  { stateMachineArn, includedData }: RequestOf<'DescribeStateMachine'>,
): object {
  const { qualifier } = readArn(stateMachineArn);
  if (qualifier === undefined) {
    const machine = findStateMachine(account, stateMachineArn);
    return { ...describe(machine, machine.revision, includedData), stateMachineArn, creationDate: machine.creationDate };
  }
  const found = isVersionNumber(qualifier) ? tryFindVersion(account, stateMachineArn) : undefined;
  if (found === undefined) throw unknownStateMachine(stateMachineArn);
  const { machine, version } = found;
  return {
    ...describe(machine, version.revision, includedData),
    stateMachineArn,
    creationDate: version.creationDate,
    ...(version.description === undefined ? {} : { description: version.description }),
  };
}

const describe = (
  { name, type, status }: StateMachine,
  revision: Revision,
  includedData: RequestOf<'DescribeStateMachine'>['includedData'],
): object => ({ name, type, status, ...describeRevision(revision, includedData) });

function describeRevision(
  { id, definition, roleArn, logging, tracing, encryption }: Revision,
  includedData: RequestOf<'DescribeStateMachine'>['includedData'],
): object {
  const references = variableReferences(definition);
  const included = includedData !== 'METADATA_ONLY';
  return {
    // Without the right to the key, there is an empty definition. https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    definition: included ? definition : '{}',
    roleArn,
    loggingConfiguration: logging,
    tracingConfiguration: tracing,
    encryptionConfiguration: encryption,
    ...(id === undefined ? {} : { revisionId: id }),
    ...(included && Object.keys(references).length > 0 ? { variableReferences: references } : {}),
  };
}

/** DescribeStateMachineForExecution: what the execution began with. */
export function describeStateMachineForExecution(
  account: Account,
  { executionArn, includedData }: RequestOf<'DescribeStateMachineForExecution'>,
): object {
  const { machine, revision, child } = findExecution(account, executionArn);
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    updateDate: revision.date,
    ...describeRevision(revision, includedData),
    ...(child === undefined ? {} : { mapRunArn: child.mapRunArn, label: child.label }),
  };
}

/** ListStateMachines. */
export function listStateMachines(account: Account, request: RequestOf<'ListStateMachines'>): object {
  const all = [...account.stateMachines.values()];
  const { items, nextToken } = pageOf(request, all, ({ sequence }) => sequence, ['ListStateMachines'], account.world.epochMs);
  return {
    stateMachines: items.map(({ arn, name, type, creationDate }) => ({ stateMachineArn: arn, name, type, creationDate })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** DeleteStateMachine, with its versions and aliases: at once, or when the executions that run have come to their next transition. */
export function deleteStateMachine(account: Account, { stateMachineArn }: RequestOf<'DeleteStateMachine'>): object {
  const { qualifier } = readArn(stateMachineArn);
  if (qualifier !== undefined)
    throw validationException(`A version or an alias is not deleted by DeleteStateMachine: '${stateMachineArn}'`);
  const machine = account.stateMachines.get(stateMachineArn);
  if (machine === undefined) return {};
  machine.status = 'DELETING';
  account.touched?.add(machine.arn);
  forgetIfDeleted(account, machine);
  return {};
}

/** A state machine that is being deleted is gone when nothing of it runs any more. */
export function forgetIfDeleted(account: Account, machine: StateMachine): void {
  if (machine.status !== 'DELETING' || machine.running.size > 0) return;
  if (account.stateMachines.get(machine.arn) !== machine) return;
  account.stateMachines.delete(machine.arn);
  account.touched?.add(machine.arn);
}

/**
 * An execution, or a child of one of its Map Runs, has come to an event: it is to be saved; and if its state machine is being deleted, it ends
 * at its next transition.
 */
export function noticeEvent({ executions, touched }: Account, { executionArn, rootArn, id }: NotedEvent): void {
  const execution = executions.get(rootArn);
  if (execution !== undefined) touched?.add(rootArn);
  if (execution?.machine.status !== 'DELETING' || executionArn !== rootArn) return;
  const type = execution.started.recorded()[id - 1]?.type;
  if (type !== undefined && /State(Entered|Exited)$/.test(type)) execution.started.stop();
}
