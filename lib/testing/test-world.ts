import type { Cloud } from '../cloud/cloud';
import { DEFAULT_ACCOUNT } from '../cloud/stack';
import { findBus, findQueue, findTable } from '../cloud/find-in-cloud';
import { freezeMade } from '../json/freeze-made';
import type { Json, JsonObject } from '../json/json';
import { requestProblems } from '../services/api-model/check-request';
import { createAgentCore, noHarness } from '../services/agentcore/agentcore';
import { createBedrock } from '../services/bedrock/bedrock';
import { noModel } from '../services/bedrock/model-request';
import { combineServices } from '../services/combine-services';
import { createDeliveries } from '../services/deliveries';
import { createDynamoDb, type DynamoDb } from '../services/dynamodb/dynamodb';
import type { BusEvent } from '../services/events/event';
import { statusEvent } from '../services/events/status-event';
import { doorsOf } from '../services/doors/endpoints';
import { createLambda } from '../services/lambda/lambda';
import type { LambdaFunction as SimulatedFunction } from '../services/lambda/lambda-function';
import { createMessaging, type Messaging } from '../services/messaging';
import type { Email } from '../services/ses/email';
import { createHttp, nobody } from '../services/http/http';
import { createJobs, noJob } from '../services/jobs/jobs';
import { mapRunObjects } from '../services/s3/map-run-objects';
import { createS3 } from '../services/s3/s3';
import { createSes } from '../services/ses/ses';
import type { QueueMessage } from '../services/sqs/queue';
import type { Account } from '../services/states/account';
import { statesApi } from '../services/states/api';
import type { StatusChange } from '../services/states/status-change';
import { statesServices } from '../services/states/integrations';
import { SimulatorError } from '../simulator/simulator-error';
import type { Answer, Perform, TaskCall, UnscheduledCall } from '../simulator/task-call';
import { createWorld, DEFAULT_STALL_SECONDS, type World, type WorldOptions } from '../simulator/world';
import { refuseAll, unknownOptions } from './check-options';
import { bucketTools, makeBuckets, namedBuckets, type S3Object } from './buckets';
import { queryOf, type ResourceLike } from './construct';
import type { Fake, OpenFake } from './fakes/fake';
import { functionNameOf } from './fakes/lambda';
import { HandPace } from './hand-pace';
import { driveToEnd, driveUntil } from './in-hand';
import { type DurationLike, toMs } from './fakes/script';
import { addMessaging } from './stack-messaging';
import { type ExecutionSummary, summariesOf } from './execution-summary';
import { stackAccount } from './stack-account';
import { type SimulationTarget, cloudOf } from './target';
import { refuseIdleActivity, refuseUnknownFunction, refuseUnknownMachine } from './refuse-unknown';
import { simulatedFunction } from './stack-functions';
import { tableDefinition } from './stack-tables';
import { checkWorldOptions, type TestWorldOptions, WORLD_OPTIONS } from './world-options';

/**
 * Time, chance and AWS around the executions of a test: the stack's tables in memory, its functions, an outbox. A world is
 * fresh for every `simulate` unless one is passed; pass one to several executions to have them share it.
 */
export interface TestWorld {
  /** Behind every random choice. */
  readonly seed: string;
  /** Virtual time. */
  readonly now: Date;
  /** The emails that SES has accepted, in the order of the calls. */
  readonly outbox: readonly Email[];
  /** Puts items, in DynamoDB JSON, into a table of the stack. */
  seedTable(table: ResourceLike, items: readonly JsonObject[]): Promise<void>;
  /** All items of a table, in DynamoDB JSON. */
  items(table: ResourceLike): Promise<readonly JsonObject[]>;
  /** What is in a queue of the stack: sent, and not deleted. */
  messages(queue: ResourceLike): readonly QueueMessage[];
  /** What has come to an event bus, in this order, the latest 10,000; `'default'` is every account's. Executions tell of their own starts and ends there. */
  events(bus: ResourceLike): readonly BusEvent[];
  /** Puts an object into a bucket. */
  putObject(bucket: ResourceLike, key: string, body: string | Uint8Array): void;
  /** The objects of a bucket whose keys begin with `prefix`, in the order of their keys. @param prefix @default - all objects */
  objects(bucket: ResourceLike, prefix?: string): Promise<readonly S3Object[]>;
  /**
   * The executions that were started by the API: nested ones, those of handlers; in the order of their starts. Express ones leave no trace; others
   * are forgotten 90 days after their end, as AWS forgets them.
   */
  executions(): readonly ExecutionSummary[];
  /**
   * Lets everything that is still under way come to its end, such as executions that nobody waited for.
   * @throws SimulatorError (rejects) if the simulator could not go on with one of them
   */
  settled(): Promise<void>;
  /** Lets that much virtual time pass: what is due until then happens, deliveries and schedules too, also where no execution runs. */
  advance(duration: DurationLike): Promise<void>;
  /** SendTaskSuccess. False if nobody waits for the token. */
  sendTaskSuccess(token: string, output: Json): boolean;
  /** SendTaskFailure. False if nobody waits for the token. */
  sendTaskFailure(token: string, error?: string, cause?: string): boolean;
  /** SendTaskHeartbeat. False if nobody waits for the token. */
  sendTaskHeartbeat(token: string): boolean;
}

/** What `simulate` needs of a test world, and tests do not. */
export interface TestWorldParts {
  readonly world: World;
  readonly pace: HandPace;
  /** What the simulator could not go on with, in executions that others have started. */
  readonly faults: readonly SimulatorError[];
  readonly fakes: readonly Fake[];
  /** Tells EventBridge that a Standard execution has started or ended. */
  readonly tellStatus: (change: StatusChange) => void;
  /** Settles when all tables have been made. */
  readonly ready: () => Promise<void>;
  /** Makes the functions and tables of a cloud known. */
  add(cloud: Cloud): void;
  /** Fakes that come before all there are. */
  addFakes(fakes: readonly Fake[]): void;
  /** Labels of the fakes that nothing has used. */
  unusedFakes(): readonly string[];
  /** What of the fakes' answers nobody could hold against AWS's models, in words. */
  uncheckedAnswers(): readonly string[];
}

const parts = new WeakMap<TestWorld, TestWorldParts>();

/** What belongs to a world that `createTestWorld` made. */
export function partsOf(world: TestWorld): TestWorldParts {
  const found = parts.get(world);
  if (found === undefined) throw new SimulatorError('The option "world" wants what createTestWorld(…) gives.');
  return found;
}

/**
 * A world for several executions, or for a test that looks at tables and the outbox afterwards.
 * @param target the stack or construct whose functions and tables it has; those of what is simulated in it join them
 */
export function createTestWorld(target?: SimulationTarget, options: TestWorldOptions = {}): TestWorld {
  refuseAll(unknownOptions(options, WORLD_OPTIONS, 'createTestWorld(…)'));
  return createServedWorld(target, options, {});
}

/** What a server has of its own in a test world. */
export interface ServedWorldOptions extends Pick<WorldOptions, 'pace' | 'onEvent'> {
  /** The account behind the API. What it does not know, AWS would not know either. @default - one with what the stack has */
  readonly account?: () => Account;
  /** The activities whose workers poll, unless they have a fake. @default - none does: each needs a fake */
  readonly hasActivity?: (arn: string) => boolean;
  /** Answers a call before fakes and services are asked; undefined: it does not. */
  readonly mock?: (call: TaskCall) => Answer | undefined;
}

/** A test world that is a server's. */
export function createServedWorld(
  target: SimulationTarget | undefined,
  options: TestWorldOptions,
  { hasActivity, mock, account: servedAccount, ...served }: ServedWorldOptions,
): TestWorld {
  const {
    fakes = [],
    rejectedAddresses = [],
    stateMachines = [],
    expressDuplicates = 0,
    buckets = [],
    ...worldOptions
  } = options;
  checkWorldOptions(options);
  const clouds: Cloud[] = [];
  const merged: Cloud = { machines: [], functions: [], tables: [], connections: [], resources: [] };
  const functions: SimulatedFunction[] = [];
  const dynamoDb: DynamoDb = createDynamoDb();
  const ses = createSes({ rejectedAddresses });
  const s3 = createS3();
  const bedrock = createBedrock(noModel, s3);
  const faults: SimulatorError[] = [];
  const perform: Perform = (call) => {
    // Fakes and handlers of a test see them, and may not change what history keeps.
    freezeMade(call.parameters);
    const mocked = mock?.(call);
    if (mocked !== undefined) return mocked;
    const fake = fakeOf(call);
    if (fake === undefined) refuseUnknownFunction(call, functions, fakes);
    if (fake === undefined) refuseIdleActivity(call, fakes);
    const answer = fake === undefined ? services.perform(call) : fake.perform(call, (takesMs) => unfaked(call, takesMs));
    if (call.token !== undefined)
      open?.findLast(({ fake: { callbackOf } }) => callbackOf === call.state)?.answerToken?.(call, world);
    return answer;
  };
  const unfaked = (call: TaskCall, takesMs: number): Json | Promise<Json> =>
    functionNameOf(call) === undefined ? services.perform(call).value : lambda.perform(call, takesMs);
  const messaging: Messaging = createMessaging(createDeliveries(() => world, perform));
  let ownAccount: Account | undefined;
  // Few executions start others: their definitions are read when one does.
  const accountOf =
    servedAccount ?? (() => (ownAccount ??= stackAccount(world, merged, stateMachines, expressDuplicates, faults, tellStatus)));
  const lambda = createLambda(functions, {
    get epochMs() {
      return world.epochMs;
    },
    after: (durationMs, action) => world.after(durationMs, action),
    errand: (what, start, land) => world.errand(what, start, land),
    doors: () => doors,
    fakeOf: (call) => {
      const fake = fakeOf(call);
      return fake === undefined ? undefined : (made, real) => fake.perform(made, real);
    },
    asynchronousInvocations: messaging.invocations,
    patienceMs: (worldOptions.stallSeconds ?? DEFAULT_STALL_SECONDS) * 1000,
  });
  const sfn = statesApi(accountOf, (from, arn) => {
    if (servedAccount === undefined) refuseUnknownMachine(from.who, undefined, arn, accountOf(), fakes);
  });
  const apis = [lambda.api, dynamoDb.api, ...ses.apis, ...messaging.apis, s3.api, bedrock.api, sfn];
  const doors = doorsOf(apis);
  const services = combineServices([
    ...lambda.services,
    ...dynamoDb.services,
    ...ses.services,
    ...messaging.services,
    ...s3.services,
    ...createHttp(nobody, () => merged.connections),
    ...bedrock.services,
    ...createAgentCore(noHarness),
    ...createJobs(noJob),
    ...statesServices(accountOf, (call, arn) => {
      if (servedAccount === undefined) refuseUnknownMachine(`"${call.state}"`, call.resource, arn, accountOf(), fakes);
    }),
  ]);
  let open: readonly OpenFake[] | undefined;
  let ready: Promise<void> = Promise.resolve();

  const add = (cloud: Cloud): void => {
    if (clouds.includes(cloud)) return;
    clouds.push(cloud);
    for (const key of ['machines', 'functions', 'tables', 'connections', 'resources'] as const)
      (merged[key] as unknown[]).push(...cloud[key]);
    functions.push(...cloud.functions.map(simulatedFunction));
    addMessaging(messaging, cloud);
    const definitions = cloud.tables.map(tableDefinition);
    if (definitions.length > 0) {
      ready = Promise.all([ready, dynamoDb.createTables(definitions)]).then(() => undefined);
      // Whoever awaits `ready` hears of it.
      ready.catch(() => undefined);
    }
    makeBuckets(s3, merged, clouds.length === 1 ? buckets : [], world.epochMs);
    open ??= fakes.map((fake) => fake.open(merged, { s3 }));
  };

  const fakeOf = (call: UnscheduledCall): OpenFake | undefined => open?.findLast((candidate) => candidate.matches(call));
  const pace = new HandPace();
  const world: World = createWorld({
    ...worldOptions,
    pace,
    ...served,
    perform,
    objects: mapRunObjects(
      s3,
      () => merged.machines[0]?.account ?? DEFAULT_ACCOUNT,
      () => world.epochMs,
    ),
    callOff(call) {
      const fake = fakeOf(call);
      if (fake === undefined) services.callOff(call);
      else fake.callOff?.(call, world.epochMs);
    },
    worker(call) {
      const fake = fakeOf(call);
      if (fake !== undefined || hasActivity === undefined) return { workerName: fake?.workerName };
      return hasActivity(call.resource) ? 'polling' : undefined;
    },
    problems: (call) => {
      const mode = fakeOf(call)?.fieldValidationMode ?? 'STRICT';
      if (mode === 'NONE') return [];
      return services.has(call) ? services.problems(call) : requestProblems(call, call.parameters, mode);
    },
  });

  const tellStatus = (change: StatusChange): void => messaging.buses.take('default', statusEvent(change, messaging.uuid()), true);
  const table = (resource: ResourceLike): string => findTable(merged, queryOf(resource)).name;
  const made: TestWorld = {
    seed: world.seed,
    get now() {
      return new Date(world.epochMs);
    },
    outbox: ses.outbox,
    messages: (resource) => messaging.queues.content(findQueue(merged, queryOf(resource)).arn),
    events: (resource) => messaging.buses.events(resource === 'default' ? resource : findBus(merged, queryOf(resource)).name),
    executions: () => (ownAccount === undefined && servedAccount === undefined ? [] : summariesOf(accountOf())),
    async settled() {
      await ready;
      await driveToEnd(world, pace);
      await world.settled();
      const [fault] = faults;
      if (fault !== undefined) throw fault;
    },
    async advance(duration) {
      const durationMs = toMs(duration);
      if (!(durationMs >= 0)) throw new SimulatorError(`advance() wants a duration of zero or more; it got ${durationMs} ms.`);
      await ready;
      const untilMs = world.epochMs + durationMs;
      const pass = (lastsMs: number, then: () => void): void =>
        world.errand('the test', () => ({ value: null, durationMs: lastsMs }), then);
      // The second one comes after all that is due at that moment.
      pass(durationMs, () => pass(0, () => undefined));
      await (pace.isInHand ? driveUntil(world, pace, untilMs) : world.settled());
    },
    seedTable: async (resource, items) => dynamoDb.seed(table(resource), items),
    items: async (resource) => dynamoDb.scan(table(resource)),
    ...bucketTools(s3, merged, () => world.epochMs),
    sendTaskSuccess: (token, output) => world.sendTaskSuccess(token, JSON.stringify(output)),
    sendTaskFailure: (token, error, cause) => world.sendTaskFailure(token, error, cause),
    sendTaskHeartbeat: (token) => world.sendTaskHeartbeat(token),
  };
  parts.set(made, {
    world,
    faults,
    pace,
    fakes,
    tellStatus,
    ready: () => ready,
    add,
    addFakes(more) {
      checkWorldOptions({ fakes: more });
      open = [...(open ?? []), ...more.map((fake) => fake.open(merged, { s3 }))];
    },
    unusedFakes: () => (open ?? []).filter((fake) => !fake.used).map(({ fake }) => fake.label),
    uncheckedAnswers: () =>
      (open ?? []).flatMap(({ fake, unchecked = [] }) => [...unchecked].map((text) => `${fake.label}: ${text}`)),
  });
  if (target === undefined) makeBuckets(s3, merged, namedBuckets(buckets), world.epochMs);
  else add(cloudOf(target));
  return made;
}
