import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { type ParameterType, stringField, type StructureType } from '../parameter-types';
import { type Header, httpDate, withSdkMetadata } from '../sdk-metadata';
import { type Action, type Service, structureAction } from '../service';
import { optimisedError, sdkError, type ServiceFailure, type ServiceNames } from '../service-error';
import type { Account, ExecutionRecord } from './account';
import { ApiError } from './api-error';
import { perform } from './operations';
import { type OperationName, REQUESTS } from './request-model';
import type { Shape, StructureShape } from './shape';

/** What a state machine that nobody knows is refused with, before the API is asked. @throws SimulatorError */
export type RefuseStateMachine = (call: TaskCall, stateMachineArn: string) => void;

/** The integrations `states` (nested executions) and `aws-sdk:sfn` (the whole API) with an account. */
export const statesServices = (accountOf: () => Account, refuse: RefuseStateMachine): readonly Service[] => [
  optimised(accountOf, refuse),
  sdk(accountOf, refuse),
];

/** The API's exceptions, of which each has a class in the AWS SDKs for Java. */
const EXCEPTIONS: ReadonlySet<string> = new Set([
  'ActivityAlreadyExists',
  'ActivityDoesNotExist',
  'ActivityLimitExceeded',
  'ActivityWorkerLimitExceeded',
  'ConflictException',
  'ExecutionAlreadyExists',
  'ExecutionDoesNotExist',
  'ExecutionLimitExceeded',
  'ExecutionNotRedrivable',
  'InvalidArn',
  'InvalidDefinition',
  'InvalidEncryptionConfiguration',
  'InvalidExecutionInput',
  'InvalidLoggingConfiguration',
  'InvalidName',
  'InvalidOutput',
  'InvalidToken',
  'InvalidTracingConfiguration',
  'MissingRequiredParameter',
  'ResourceNotFound',
  'ServiceQuotaExceededException',
  'StateMachineAlreadyExists',
  'StateMachineDeleting',
  'StateMachineDoesNotExist',
  'StateMachineLimitExceeded',
  'StateMachineTypeNotSupported',
  'TaskDoesNotExist',
  'TaskTimedOut',
  'TooManyTags',
  'ValidationException',
]);

const OPTIMISED: ServiceNames = {
  prefix: 'StepFunctions',
  service: 'AWSStepFunctions',
  baseException: 'AWSStepFunctionsException',
  exceptions: EXCEPTIONS,
};
const SDK: ServiceNames = { prefix: 'Sfn', service: 'Sfn', baseException: 'SfnException', exceptions: EXCEPTIONS };

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
const START: StructureType = {
  fields: { StateMachineArn: 'STRING', Input: 'JSON', Name: 'STRING', TraceHeader: 'STRING' },
  required: ['StateMachineArn'],
};

function optimised(accountOf: () => Account, refuse: RefuseStateMachine): Service {
  return {
    resourceType: 'states',
    actions: {
      startExecution: structureAction(START, (request, call) => {
        const account = accountOf();
        if (call.submitted !== undefined) return endOf(account, call);
        const requestId = call.uuid();
        refuse(call, stringField(request, 'StateMachineArn') as string);
        const asked = {
          ...(apiRequest(REQUESTS.StartExecution, request) as JsonObject),
          // The same one if the call is made again.
          name: stringField(request, 'Name') ?? call.uuid(),
        };
        try {
          const started = startOnce(account, asked, requestId);
          if (awaitsEnd(call)) refuseExpress(account, started.executionArn, call);
          return startedAnswer(started, requestId, call);
        } catch (error) {
          throw failureOf(error, (failure) => optimisedError(OPTIMISED, { ...failure, requestId }));
        }
      }),
    },
  };
}

/** What StartExecution answers. */
interface Started {
  readonly executionArn: string;
  readonly startDate: Date;
}

/** A call that is made again, for a server was killed before it had landed, has started its execution already; perhaps that has ended by now. */
function startOnce(account: Account, asked: JsonObject, requestId: string): Started {
  const known = account.executions.get(`${executionPrefix(asked)}:${stringField(asked, 'name')}`);
  if (known?.startedBy === requestId) return { executionArn: known.arn, startDate: known.startDate };
  const started = perform(account, 'StartExecution', asked) as Started;
  const record = account.executions.get(started.executionArn);
  if (record !== undefined && record !== known) record.startedBy = requestId;
  return started;
}

/** What the ARNs of a state machine's executions begin with; the ARN may be that of a version or an alias. */
const executionPrefix = (asked: JsonObject): string | undefined =>
  stringField(asked, 'stateMachineArn')?.split(':').slice(0, 7).join(':').replace(':stateMachine:', ':execution:');

const awaitsEnd = ({ resource }: TaskCall): boolean => /\.sync(:2)?$/.test(resource);

/** Only Standard executions can be waited for: of others the API does not tell how they stand. */
function refuseExpress(account: Account, executionArn: string, call: TaskCall): void {
  if (account.executions.has(executionArn)) return;
  throw new SimulatorError(
    `"${call.state}" waits with ${call.resource} for an execution of an Express state machine, which Step Functions cannot do. ` +
      'Use arn:aws:states:::aws-sdk:sfn:startSyncExecution, or a Standard state machine.',
  );
}

function startedAnswer({ executionArn, startDate }: Started, requestId: string, call: TaskCall) {
  const body = renderJson({ executionArn, startDate: startDate.getTime() / 1000 });
  const headers: readonly Header[] = [
    ['x-amzn-RequestId', requestId],
    ['connection', 'keep-alive'],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Date', httpDate(call.epochMs)],
    ['Content-Type', 'application/x-amz-json-1.0'],
  ];
  return withSdkMetadata({ ExecutionArn: executionArn, StartDate: startDate.getTime() }, { statusCode: 200, headers, requestId });
}

/** Waits for a nested execution. @throws StatesError (rejects) with what DescribeExecution says of it, unless it has succeeded */
async function endOf(account: Account, call: TaskCall): Promise<Json> {
  const executionArn = stringField(call.submitted as JsonObject, 'ExecutionArn');
  const record = account.executions.get(executionArn ?? '');
  if (record === undefined)
    throw new SimulatorError(`"${call.state}" waits for the execution ${executionArn}, which this world does not have.`);
  await ended(record, call);
  const described = sdkForm(perform(account, 'DescribeExecution', { executionArn }), epochMs) as JsonObject;
  const result = sorted(call.resource.endsWith(':2') ? withParsedPayloads(described) : described);
  if (described['Status'] === 'SUCCEEDED') return result;
  throw new StatesError('States.TaskFailed', renderJson(result));
}

/** The call waits for the execution, and time does not wait for the call. @throws SimulatorError (rejects) if it could not go on */
async function ended(record: ExecutionRecord, call: TaskCall): Promise<void> {
  if (record.started.ending() === undefined && record.refusal === undefined) record.started.onEnd(call.park());
  await record.ended;
  if (record.refusal !== undefined) throw new SimulatorError(record.refusal.message);
}

function withParsedPayloads(described: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(described).map(([name, value]) => [
      name,
      (name === 'Input' || name === 'Output') && typeof value === 'string' ? parseJson(value, name) : value,
    ]),
  );
}

const sorted = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
function sdk(accountOf: () => Account, refuse: RefuseStateMachine): Service {
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

/** What only the simulator says is no Error Output. */
function failureOf(error: unknown, toError: (failure: Omit<ServiceFailure, 'requestId'>) => StatesError): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.code === 'NotSimulated') return new SimulatorError(error.message);
  return toError({ code: error.code, message: error.message, statusCode: 400 });
}

const pascal = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/** What Step Functions lets a parameter of that shape be. Where the API has JSON text, any value becomes one (recorded). */
function parameterType(shape: Shape): ParameterType {
  switch (shape.type) {
    case 'string':
      return shape.json === true ? 'JSON' : 'STRING';
    case 'integer':
    case 'float':
      return 'NUMBER';
    case 'boolean':
      return 'BOOLEAN';
    case 'list':
      return { list: parameterType(shape.of) };
    case 'structure':
      return {
        fields: Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [pascal(name), parameterType(member)])),
        required: shape.required.map(pascal),
      };
  }
}

/** Parameters as the API has them: its own names, JSON as text. Null is left out (recorded of Input). */
function apiRequest(shape: Shape, value: Json): Json {
  if (shape.type === 'structure' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(shape.members).flatMap(([name, member]) => {
        const given = get(value, pascal(name));
        return given === undefined || given === null ? [] : [[name, apiRequest(member, given)]];
      }),
    );
  }
  if (shape.type === 'list' && isArray(value)) return value.map((item) => apiRequest(shape.of, item));
  return shape.type === 'string' && shape.json === true && typeof value !== 'string' ? renderJson(value) : value;
}

/** A time in the answer of an optimised integration. */
const epochMs = (time: Date): Json => time.getTime();
/** A time in the answer of an SDK integration. */
const isoText = (time: Date): Json => time.toISOString();

/** A response as integrations have it. Names that are data stay. */
function sdkForm(value: unknown, renderTime: (time: Date) => Json): Json {
  if (value instanceof Date) return renderTime(value);
  if (Array.isArray(value)) return value.map((item) => sdkForm(item, renderTime));
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [pascal(name), name === 'variableReferences' ? (member as Json) : sdkForm(member, renderTime)]),
  );
}
