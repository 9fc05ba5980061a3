import { SimulatorError } from '../simulator/simulator-error';
import type { Cloud, LambdaFunction, Location, Machine, Resource, Table } from './cloud';
import { under } from './construct-metadata';

type Named = Location & { readonly name: string; readonly arn: string };

/**
 * The state machine with this name, ARN (also of a version or alias), logical id or construct path. The path may be that of the L2, of
 * the L1, or of anything, a stack too, that holds no other state machine.
 * @throws SimulatorError if there is none or more than one, listing what there is
 */
export const findMachine = (cloud: Cloud, query: string): Machine => find(cloud.machines, query, 'state machine');

/** As `findMachine`, but undefined if there is none. @throws SimulatorError if there is more than one */
export const tryFindMachine = (cloud: Cloud, query: string): Machine | undefined => tryFind(cloud.machines, query);

/** The Lambda function with this name, ARN, logical id or construct path, as `findMachine` has it. */
export const findFunction = (cloud: Cloud, query: string): LambdaFunction => find(cloud.functions, query, 'Lambda function');

/** As `findFunction`, but undefined if there is none. @throws SimulatorError if there is more than one */
export const tryFindFunction = (cloud: Cloud, query: string): LambdaFunction | undefined => tryFind(cloud.functions, query);

/** The table with this name, ARN, logical id or construct path, as `findMachine` has it. */
export const findTable = (cloud: Cloud, query: string): Table => find(cloud.tables, query, 'table');

/** As `findTable`, but undefined if there is none. @throws SimulatorError if there is more than one */
export const tryFindTable = (cloud: Cloud, query: string): Table | undefined => tryFind(cloud.tables, query);

/** An `AWS::StepFunctions::Activity`. */
export type Activity = Named;

/** The activities of a cloud. */
export const activitiesOf = ({ resources }: Cloud): readonly Activity[] =>
  resources.filter(({ type }) => type === 'AWS::StepFunctions::Activity') as readonly (Resource & Activity)[];

/** The activity with this name, ARN, logical id or construct path, as `findMachine` has it; undefined if there is none. @throws SimulatorError if there is more than one */
export const tryFindActivity = (cloud: Cloud, query: string): Activity | undefined => tryFind(activitiesOf(cloud), query);

const ofType = ({ resources }: Cloud, type: string): readonly Named[] =>
  resources.filter((resource) => resource.type === type) as readonly (Resource & Named)[];

/** The queue with this name, ARN, logical id or construct path, as `findMachine` has it. */
export const findQueue = (cloud: Cloud, query: string): Named => find(ofType(cloud, 'AWS::SQS::Queue'), query, 'queue');

/** The event bus with this name, ARN, logical id or construct path, as `findMachine` has it. The default bus is in no stack. */
export const findBus = (cloud: Cloud, query: string): Named => find(ofType(cloud, 'AWS::Events::EventBus'), query, 'event bus');
/** An `AWS::S3::Bucket`. */
export type Bucket = Named;

/** The buckets of a cloud. */
export const bucketsOf = ({ resources }: Cloud): readonly Bucket[] =>
  resources.filter(({ type }) => type === 'AWS::S3::Bucket') as readonly (Resource & Bucket)[];

/** The bucket with this name, ARN, logical id or construct path, as `findMachine` has it; undefined if there is none. @throws SimulatorError if there is more than one */
export const tryFindBucket = (cloud: Cloud, query: string): Bucket | undefined => tryFind(bucketsOf(cloud), query);

/** The APIs of API Gateway: REST, HTTP and WebSocket. An API is known by its id. */
export const apisOf = ({ resources }: Cloud): readonly Named[] =>
  resources
    .filter(({ type }) => type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api')
    .map((resource) => {
      const { stackName, account, region, logicalId, constructPath, ref: id = logicalId } = resource;
      const path = constructPath === undefined ? {} : { constructPath };
      return { stackName, account, region, logicalId, ...path, name: id, arn: id };
    });

/** The API with this id, logical id or construct path, as `findMachine` has it; undefined if there is none. @throws SimulatorError if there is more than one */
export const tryFindApi = (cloud: Cloud, query: string): Named | undefined => tryFind(apisOf(cloud), query);

/** The ways to name a resource, the narrowest first: a later one counts only if no earlier one fits. */
const WAYS: readonly ((one: Named, query: string) => boolean)[] = [
  (one, query) => one.arn === query || query.startsWith(`${one.arn}:`),
  (one, query) => one.constructPath === query || one.constructPath?.replace(/\/(Resource|Default)$/, '') === query,
  (one, query) => one.name === query,
  (one, query) => one.logicalId === query,
  (one, query) => one.constructPath !== undefined && under(query, one.constructPath),
];

function tryFind<T extends Named>(all: readonly T[], query: string): T | undefined {
  const wanted = query.replace(/^\//, '');
  for (const fits of WAYS) {
    const [found, ...more] = all.filter((one) => fits(one, wanted));
    if (found === undefined) continue;
    if (more.length === 0) return found;
    throw new SimulatorError(`"${query}" may be any of several:\n${render([found, ...more])}\nUse an ARN or a construct path.`);
  }
  return undefined;
}

function find<T extends Named>(all: readonly T[], query: string, what: string): T {
  const found = tryFind(all, query);
  if (found !== undefined) return found;
  const known = all.length === 0 ? `There is no ${what} at all.` : `There are:\n${render(all)}`;
  throw new SimulatorError(`There is no ${what} "${query}". ${known}\nUse a name, an ARN, a logical id or a construct path.`);
}

const render = (all: readonly Named[]): string =>
  all
    .map((one) => `  ${one.name} (${one.constructPath ?? `stack ${one.stackName}`}, logical id ${one.logicalId}, ${one.arn})`)
    .join('\n');
