import { type Account, now, type StateMachine, type Version } from './account';
import { ApiError, validationException } from './api-error';
import { findActiveStateMachine, readArn, tryFindVersion } from './find';
import { isVersionNumber } from './arn';
import { pageOf } from './page';
import type { RequestOf } from './request-model';

/** Most versions of a state machine. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_VERSIONS = 1000;

/** How the API calls the revision of a state machine that has never been updated, where it needs a name. */
const INITIAL = 'INITIAL';

/** The version of the latest revision: the one that it has, else a new one. @throws ApiError */
export function publish(account: Account, machine: StateMachine, description: string | undefined): Version {
  const { versions, revision } = machine;
  for (const version of versions.values()) if (version.revision === revision) return version;
  if (versions.size >= MAX_VERSIONS)
    throw new ApiError('ServiceQuotaExceededException', `The state machine has ${MAX_VERSIONS} versions: '${machine.arn}'`);
  const number = ++machine.lastVersion;
  const version: Version = {
    sequence: ++account.lastSequence,
    arn: `${machine.arn}:${number}`,
    creationDate: now(account),
    description,
    revision,
  };
  versions.set(number, version);
  account.touched?.add(machine.arn);
  return version;
}

/** PublishStateMachineVersion. */
export function publishStateMachineVersion(account: Account, request: RequestOf<'PublishStateMachineVersion'>): object {
  const machine = findActiveStateMachine(account, request.stateMachineArn);
  const current = machine.revision.id ?? INITIAL;
  if (request.revisionId !== undefined && request.revisionId !== current)
    throw new ApiError(
      'ConflictException',
      `Failed to publish the State Machine version for revision ${request.revisionId}. The current State Machine revision is ${current}.`,
    );
  const { arn, creationDate } = publish(account, machine, request.description);
  return { stateMachineVersionArn: arn, creationDate };
}

/** DeleteStateMachineVersion. Executions that it runs go on. */
export function deleteStateMachineVersion(account: Account, request: RequestOf<'DeleteStateMachineVersion'>): object {
  const arn = request.stateMachineVersionArn;
  const { qualifier } = readArn(arn);
  if (qualifier === undefined || !isVersionNumber(qualifier))
    throw validationException(`Not the ARN of a state machine version: '${arn}'`);
  const found = tryFindVersion(account, arn);
  if (found === undefined) return {};
  const users = [...found.machine.aliases.values()].filter(({ routing }) =>
    routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn),
  );
  if (users.length > 0)
    throw new ApiError(
      'ConflictException',
      'Version to be deleted must not be referenced by an alias. ' +
        `Current list of aliases referencing this version: [${users.map(({ name }) => name).join(', ')}]`,
    );
  found.machine.versions.delete(Number(qualifier));
  account.touched?.add(found.machine.arn);
  return {};
}

/** ListStateMachineVersions, the newest first. Of a state machine that is not there the API has no exception: it has none. */
export function listStateMachineVersions(account: Account, request: RequestOf<'ListStateMachineVersions'>): object {
  const { unqualified } = readArn(request.stateMachineArn);
  const all = [...(account.stateMachines.get(unqualified)?.versions.values() ?? [])].reverse();
  const list = ['ListStateMachineVersions', unqualified];
  const { items, nextToken } = pageOf(request, all, ({ sequence }) => sequence, list, account.world.epochMs);
  return {
    stateMachineVersions: items.map(({ arn, creationDate }) => ({ stateMachineVersionArn: arn, creationDate })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}
