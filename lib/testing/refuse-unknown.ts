import { parseFunctionName, refersTo } from '../services/lambda/function-name';
import type { LambdaFunction } from '../services/lambda/lambda-function';
import type { Account } from '../services/states/account';
import { SimulatorError } from '../simulator/simulator-error';
import type { TaskCall } from '../simulator/task-call';
import { activityName } from './fakes/activity';
import type { Fake } from './fakes/fake';
import { functionNameOf, isAnsweredAtOnce } from './fakes/lambda';

/**
 * AWS would answer that it does not know the function. A simulation does not know what it has not been told, and a Catch of
 * `States.ALL` must not hide that.
 */
export function refuseUnknownFunction(call: TaskCall, functions: readonly LambdaFunction[], fakes: readonly Fake[]): void {
  const functionName = functionNameOf(call);
  // Of the others, Lambda looks for a fake and for the function.
  if (functionName === undefined || !isAnsweredAtOnce(call)) return;
  const reference = parseFunctionName(functionName);
  if (functions.some((lambda) => refersTo(reference, lambda))) return;
  throw new SimulatorError(
    `"${call.state}" invokes the function ${functionName}, which is not in the stack. Add a fake: lambda('${reference.name}', …)${givenFakes(fakes)}; ` +
      `to see what AWS says of a function that does not exist: lambda('${reference.name}', fails('Lambda.ResourceNotFoundException')).`,
  );
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
      : `, or add a fake: service('${resource.replace('arn:aws:states:::', '')}', …)${givenFakes(fakes)}`;
  throw new SimulatorError(
    `${who} starts the state machine ${arn}, which is not in the stack${known.length === 0 ? '' : ` (it has: ${known.join(', ')})`}. ` +
      `Add it with the option stateMachines: [{ name, definition }]${fake}.`,
  );
}

/** On AWS the task would wait for a worker, perhaps for ever: its TimeoutSeconds count from the moment that a worker has it. */
export function refuseIdleActivity({ resourceType, resource, state }: TaskCall, fakes: readonly Fake[]): void {
  if (resourceType !== 'activity') return;
  const name = activityName(resource);
  throw new SimulatorError(
    `"${state}" waits for a worker of the activity ${name}, and there is none. Add a fake: activity('${name}', …)${givenFakes(fakes)}.`,
  );
}

/** Perhaps one of them was meant. */
const givenFakes = (fakes: readonly Fake[]): string =>
  fakes.length === 0 ? '' : ` (there are: ${fakes.map(({ label }) => label).join(', ')})`;
