import { type Account, type Alias, now, type Route, type StateMachine } from './account';
import { ApiError, validationException } from './api-error';
import { isVersionNumber } from './arn';
import { isSame } from './configuration';
import { readArn, refuseDeleting, tryFindVersion, unknownResource, unknownStateMachine } from './find';
import { pageOf } from './page';
import type { RequestOf } from './request-model';

/** Most aliases of a state machine. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_ALIASES = 100;

/** CreateStateMachineAlias. */
export function createStateMachineAlias(account: Account, request: RequestOf<'CreateStateMachineAlias'>): object {
  const { name, description, routingConfiguration: routing } = request;
  const machine = findMachineOfRoutes(account, routing);
  refuseDeleting(machine);
  const known = machine.aliases.get(name);
  if (known !== undefined) {
    if (known.description !== description || !isSame(known.routing, routing))
      throw new ApiError(
        'ConflictException',
        'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      );
    return { stateMachineAliasArn: known.arn, creationDate: known.creationDate };
  }
  if (machine.aliases.size >= MAX_ALIASES)
    throw new ApiError('ServiceQuotaExceededException', `The state machine has ${MAX_ALIASES} aliases: '${machine.arn}'`);
  const creationDate = now(account);
  const alias: Alias = {
    sequence: ++account.lastSequence,
    arn: `${machine.arn}:${name}`,
    name,
    creationDate,
    updateDate: creationDate,
    description,
    routing,
  };
  machine.aliases.set(name, alias);
  account.touched?.add(machine.arn);
  return { stateMachineAliasArn: alias.arn, creationDate };
}

/** The state machine whose versions a routing configuration names. @throws ApiError if they are not one's, or it makes no sense */
function findMachineOfRoutes(account: Account, routing: readonly Route[]): StateMachine {
  const arns = routing.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const refuse = (must: string, received: readonly (string | number)[]): never => {
    throw validationException(`${must} Received: [${received.join(', ')}]`, 'INVALID_ROUTING_CONFIGURATION');
  };
  const read = arns.map((arn) => readArn(arn));
  if (read.some(({ qualifier }) => qualifier === undefined || !isVersionNumber(qualifier)))
    refuse('Routing configuration must contain state machine version ARNs.', arns);
  if (new Set(arns).size < arns.length) refuse('Routing configuration must contain distinct state machine version ARNs.', arns);
  if (new Set(read.map(({ unqualified }) => unqualified)).size > 1)
    refuse('Routing configuration must contain versions of one state machine.', arns);
  const weights = routing.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    refuse('Sum of routing configuration weights must equal 100.', weights);
  const [machine] = arns.map((arn) => {
    const found = tryFindVersion(account, arn);
    if (found === undefined) throw unknownResource();
    return found.machine;
  });
  if (machine === undefined) throw unknownResource();
  return machine;
}

/** UpdateStateMachineAlias. */
export function updateStateMachineAlias(account: Account, request: RequestOf<'UpdateStateMachineAlias'>): object {
  const { description, routingConfiguration: routing } = request;
  const { alias, machine } = findAlias(account, request.stateMachineAliasArn);
  if (description === undefined && routing === undefined)
    throw validationException(
      'Either the description or the RoutingConfiguration must be specified',
      'MISSING_REQUIRED_PARAMETER',
    );
  refuseDeleting(machine);
  if (routing !== undefined && findMachineOfRoutes(account, routing) !== machine)
    throw validationException(
      `Routing configuration must contain versions of the alias's own state machine. Received: [${routing.map((route) => route.stateMachineVersionArn).join(', ')}]`,
      'INVALID_ROUTING_CONFIGURATION',
    );
  if (description !== undefined) alias.description = description;
  if (routing !== undefined) alias.routing = routing;
  alias.updateDate = now(account);
  account.touched?.add(machine.arn);
  return { updateDate: alias.updateDate };
}

/** DescribeStateMachineAlias. */
export function describeStateMachineAlias(account: Account, request: RequestOf<'DescribeStateMachineAlias'>): object {
  const { arn, name, description, routing, creationDate, updateDate } = findAlias(account, request.stateMachineAliasArn).alias;
  return {
    stateMachineAliasArn: arn,
    name,
    ...(description === undefined ? {} : { description }),
    routingConfiguration: routing,
    creationDate,
    updateDate,
  };
}

/** DeleteStateMachineAlias; one that is not there is gone already (recorded). */
export function deleteStateMachineAlias(account: Account, request: RequestOf<'DeleteStateMachineAlias'>): object {
  const found = tryFindAlias(account, request.stateMachineAliasArn);
  if (found === undefined) return {};
  found.machine.aliases.delete(found.alias.name);
  account.touched?.add(found.machine.arn);
  return {};
}

/** ListStateMachineAliases: of a state machine, or those that lead to one of its versions. */
export function listStateMachineAliases(account: Account, request: RequestOf<'ListStateMachineAliases'>): object {
  const { stateMachineArn } = request;
  const { unqualified, qualifier } = readArn(stateMachineArn);
  const machine = account.stateMachines.get(unqualified);
  if (machine === undefined) throw unknownStateMachine(stateMachineArn);
  if (qualifier !== undefined && tryFindVersion(account, stateMachineArn) === undefined) throw unknownResource();
  const all = [...machine.aliases.values()].filter(
    ({ routing }) => qualifier === undefined || routing.some((route) => route.stateMachineVersionArn === stateMachineArn),
  );
  const list = ['ListStateMachineAliases', stateMachineArn];
  const { items, nextToken } = pageOf(request, all, ({ sequence }) => sequence, list, account.world.epochMs);
  return {
    stateMachineAliases: items.map(({ arn, creationDate }) => ({ stateMachineAliasArn: arn, creationDate })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** An alias by its ARN, and its state machine. @throws ApiError */
function findAlias(account: Account, arn: string): { readonly machine: StateMachine; readonly alias: Alias } {
  const found = tryFindAlias(account, arn);
  if (found === undefined) throw unknownResource();
  return found;
}

/** The same; undefined: there is none. @throws ApiError if it is no alias's ARN */
export function tryFindAlias(
  account: Account,
  arn: string,
): { readonly machine: StateMachine; readonly alias: Alias } | undefined {
  const { unqualified, qualifier } = readArn(arn);
  if (qualifier === undefined || isVersionNumber(qualifier))
    throw validationException(`Not the ARN of a state machine alias: '${arn}'`);
  const machine = account.stateMachines.get(unqualified);
  const alias = machine?.aliases.get(qualifier);
  return machine === undefined || alias === undefined ? undefined : { machine, alias };
}

/** The version that an alias starts its next execution in: by its weights, from the account's randomness. */
export function chooseVersion({ random }: Account, { routing }: Alias): string {
  const [first, second] = routing as readonly [Route, Route?];
  return second === undefined || random.next() * 100 < first.weight
    ? first.stateMachineVersionArn
    : second.stateMachineVersionArn;
}
