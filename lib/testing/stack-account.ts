import type { Cloud } from '../cloud/cloud';
import { type Account, createAccount } from '../services/states/account';
import type { StatusChange } from '../services/states/status-change';
import { SimulatorError } from '../simulator/simulator-error';
import type { World } from '../simulator/world';
import { fillAccount, type NamedDefinition } from './fill-account';

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
