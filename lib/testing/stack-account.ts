import type { Cloud } from '../cloud/cloud';
import type { Json } from '../json/json';
import { parseJson } from '../json/parse-json';
import { type Account, createAccount } from '../services/states/account';
import type { StatusChange } from '../services/states/status-change';
import { standingOf } from '../services/states/standing';
import { SimulatorError } from '../simulator/simulator-error';
import type { World } from '../simulator/world';
import type { Fake } from './fakes/fake';
import { fillAccount, type NamedDefinition } from './fill-account';

/** An execution that was started by the API. */
export interface ExecutionSummary {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startDate: Date;
  /** undefined: it runs. */
  readonly stopDate: Date | undefined;
  readonly input: Json;
  /** undefined: it has not succeeded. */
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** The Step Functions of a test: the state machines and activities of its stacks. @param faults takes in what could not go on */
export function stackAccount(
  world: World,
  cloud: Cloud,
  stateMachines: readonly NamedDefinition[],
  expressDuplicates: number,
  faults: SimulatorError[],
  onStatusChange: (change: StatusChange) => void,
): Account {
  const { account: id, region } = cloud.machines[0] ?? { account: undefined, region: world.region };
  const account = createAccount(world, {
    ...(id === undefined ? {} : { id }),
    region,
    expressDuplicates,
    onStatusChange,
    onRefusal: (executionArn, why) => void faults.push(new SimulatorError(`${executionArn}: ${why.message}`)),
  });
  const here = cloud.machines.filter((machine) => machine.account === id && machine.region === region);
  fillAccount(account, { ...cloud, machines: here }, stateMachines);
  return account;
}

/**
 * AWS would answer that it does not know the state machine. A simulation does not know what it has not been told, and a Catch of
 * `States.ALL` must not hide that.
 * @param who in words: a Task or a handler
 * @param resource of a Task, which may have a fake
 */
export function refuseUnknownMachine(
  who: string,
  resource: string | undefined,
  arn: string,
  { stateMachines }: Account,
  fakes: readonly Fake[],
): void {
  const unqualified = arn.split(':').slice(0, 7).join(':');
  if (stateMachines.has(unqualified)) return;
  const known = [...stateMachines.keys()];
  const fake =
    resource === undefined
      ? ''
      : `, or add a fake: service('${resource.replace('arn:aws:states:::', '')}', …)` +
        `${fakes.length === 0 ? '' : ` (there are: ${fakes.map(({ label }) => label).join(', ')})`}`;
  throw new SimulatorError(
    `${who} starts the state machine ${arn}, which is not in the stack${known.length === 0 ? '' : ` (it has: ${known.join(', ')})`}. ` +
      `Add it with the option stateMachines: [{ name, definition }]${fake}.`,
  );
}

/** What the API's executions have come to. */
export const summariesOf = ({ executions }: Account): readonly ExecutionSummary[] =>
  [...executions.values()].map((record) => {
    const { status, stopDate, output, error, cause } = standingOf(record);
    return {
      executionArn: record.arn,
      stateMachineArn: record.machine.arn,
      name: record.name,
      status,
      startDate: record.startDate,
      stopDate,
      input: parseJson(record.input, 'the input'),
      output,
      error,
      cause,
    };
  });
