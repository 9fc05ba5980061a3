import { statesServices } from '../../../lib/services/states/integrations';
import type { Service } from '../../../lib/services/service';
import { describeService } from '../service-suite';
import { accountWith } from './account';

const PREFIX = 'arn:aws:states:us-east-1:123456789012';
const orders = `${PREFIX}:stateMachine:orders`;

/** The integration with an account that has the state machine `orders`. */
async function only(resourceType: string): Promise<Service> {
  const { account, call } = accountWith();
  const definition = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
  await call('CreateStateMachine', { name: 'orders', definition, roleArn: 'arn:aws:iam::123456789012:role/Orders' });
  const services = statesServices(
    () => account,
    () => undefined,
  );
  return services.find((service) => service.resourceType === resourceType) as Service;
}

describeService('states', {
  create: () => only('states'),
  succeeding: { action: 'startExecution', parameters: { StateMachineArn: orders, Input: { total: 7 }, Name: 'first' } },
  failing: {
    action: 'startExecution',
    parameters: { StateMachineArn: `${PREFIX}:stateMachine:refunds` },
    error: 'StepFunctions.StateMachineDoesNotExistException',
    cause:
      /^State Machine Does Not Exist: '.*:refunds' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: [-0-9a-f]+; Proxy: null\)$/,
  },
  malformed: {
    action: 'startExecution',
    parameters: { Input: {} },
    problems: ["The field 'StateMachineArn' is required but was missing"],
  },
});

describeService('aws-sdk:sfn', {
  create: () => only('aws-sdk:sfn'),
  succeeding: { action: 'describeStateMachine', parameters: { StateMachineArn: orders } },
  failing: {
    action: 'describeStateMachine',
    parameters: { StateMachineArn: `${PREFIX}:stateMachine:refunds` },
    error: 'Sfn.StateMachineDoesNotExistException',
    cause:
      /^State Machine Does Not Exist: '.*:refunds' \(Service: Sfn, Status Code: 400, Request ID: [-0-9a-f]+\) \(SDK Attempt Count: 1\)$/,
  },
  malformed: {
    action: 'describeStateMachine',
    parameters: {},
    problems: ["The field 'StateMachineArn' is required but was missing"],
  },
});
