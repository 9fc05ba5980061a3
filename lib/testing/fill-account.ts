import { isYamlDefinition, readYamlDefinition } from '../asl/read-yaml-definition';
import type { StateMachineType } from '../asl/types';
import type { Cloud, Machine } from '../cloud/cloud';
import { activitiesOf } from '../cloud/find-in-cloud';
import { renderJson } from '../json/render-json';
import { toJson } from '../json/to-json';
import { type Account, arnOf } from '../services/states/account';
import { ApiError } from '../services/states/api-error';
import { perform } from '../services/states/operations';
import type { OperationName, RequestOf } from '../services/states/request-model';
import { SimulatorError } from '../simulator/simulator-error';
import type { DefinitionLike } from './target';

/** A state machine to begin with. */
export interface NamedDefinition {
  readonly name: string;
  readonly definition: DefinitionLike;
  /** @default 'STANDARD' */
  readonly type?: StateMachineType;
}

/**
 * Makes what is there from the beginning: the state machines and activities of a cloud, with versions and aliases, and some more. What is
 * there already, from a server's state file, is brought to what it is now.
 * @throws SimulatorError if AWS would refuse one of them
 */
export function fillAccount(account: Account, cloud: Cloud, definitions: readonly NamedDefinition[]): void {
  for (const machine of cloud.machines) addMachine(account, machine);
  for (const { name } of activitiesOf(cloud)) make(account, 'CreateActivity', name, { name });
  for (const { name, definition, type } of definitions)
    addStateMachine(account, { name, definition: textOf(definition), type, roleArn: roleOf(account) });
}

function addMachine(account: Account, machine: Machine): void {
  const { name, arn, type, definition, roleArn, tracingEnabled, versions, aliases } = machine;
  addStateMachine(account, { name, type, definition, roleArn, tracingConfiguration: { enabled: tracingEnabled } });
  if (!account.stateMachines.has(arn))
    throw new SimulatorError(
      `The state machine ${arn} belongs to another account or region than the server's. Serve one account and one region at a time.`,
    );
  if (versions.length > 0) make(account, 'PublishStateMachineVersion', name, { stateMachineArn: arn });
  for (const { name: alias, arn: stateMachineAliasArn, routingConfiguration: routes } of aliases) {
    const routingConfiguration = routes.map(({ StateMachineVersionArn, Weight }) => ({
      stateMachineVersionArn: StateMachineVersionArn,
      weight: Weight,
    }));
    if (account.stateMachines.get(arn)?.aliases.has(alias) === true)
      make(account, 'UpdateStateMachineAlias', alias, { stateMachineAliasArn, routingConfiguration });
    else make(account, 'CreateStateMachineAlias', alias, { name: alias, routingConfiguration });
  }
}

function addStateMachine(account: Account, request: RequestOf<'CreateStateMachine'>): void {
  const { name, type: _, ...changes } = request;
  const stateMachineArn = arnOf(account, `stateMachine:${name}`);
  if (account.stateMachines.has(stateMachineArn)) make(account, 'UpdateStateMachine', name, { stateMachineArn, ...changes });
  else make(account, 'CreateStateMachine', name, request);
}

/** The role of what has none: nothing asks it. */
const roleOf = ({ id }: Account): string => `arn:aws:iam::${id}:role/baton`;

const textOf = (definition: DefinitionLike): string => {
  if (typeof definition !== 'string') return renderJson(toJson(definition, 'the definition'));
  return isYamlDefinition(definition) ? renderJson(toJson(readYamlDefinition(definition), 'the definition')) : definition;
};

function make(account: Account, operation: OperationName, what: string, request: object): void {
  try {
    void perform(account, operation, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new SimulatorError(
      `${operation} of "${what}", which is to be there from the beginning: ${error.code}: ${error.message}`,
    );
  }
}
