import type { Json, JsonObject } from '../../json/json';
import { type StructureType, stringField } from '../parameter-types';
import { type Action, type Service, structureAction } from '../service';
import { sdkError, type ServiceNames } from '../service-error';
import type { Account } from './account';
import { EXCEPTIONS, failureOf } from './integration-errors';
import { apiRequest, parameterType, sdkForm } from './integration-form';
import { type RefuseStateMachine, startOnce } from './integration-start';
import { perform } from './operations';
import { type OperationName, REQUESTS } from './request-model';
import type { StructureShape } from './shape';

const SDK: ServiceNames = { prefix: 'Sfn', service: 'Sfn', baseException: 'SfnException', exceptions: EXCEPTIONS };

/** `aws-sdk:sfn`: the whole API. https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export function sdkIntegration(accountOf: () => Account, refuse: RefuseStateMachine): Service {
  const action = (name: OperationName): Action => {
    const shape: StructureShape = REQUESTS[name];
    return structureAction(parameterType(shape) as StructureType, async (parameters, call) => {
      const requestId = call.uuid();
      const request = apiRequest(shape, parameters) as JsonObject;
      const starts = name === 'StartExecution' || name === 'StartSyncExecution';
      const asked = starts && request['name'] === undefined ? { ...request, name: call.uuid() } : request;
      if (starts) refuse(call, stringField(request, 'stateMachineArn') as string);
      try {
        const account = accountOf();
        const answer =
          name === 'StartExecution'
            ? startOnce(account, asked, requestId)
            : await perform(account, name, asked, undefined, () => call.park());
        return sdkForm(answer, isoText);
      } catch (error) {
        throw failureOf(error, (failure) => sdkError(SDK, { ...failure, requestId }));
      }
    });
  };
  return {
    resourceType: 'aws-sdk:sfn',
    actions: Object.fromEntries(
      (Object.keys(REQUESTS) as OperationName[]).map((name) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, action(name)]),
    ),
  };
}

/** A time in the answer of an SDK integration. */
const isoText = (time: Date): Json => time.toISOString();
