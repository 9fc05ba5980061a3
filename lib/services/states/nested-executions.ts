import type { Json, JsonObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { type StructureType, stringField } from '../parameter-types';
import { type Header, httpDate, withSdkMetadata } from '../sdk-metadata';
import { type Service, structureAction } from '../service';
import { optimisedError, type ServiceNames } from '../service-error';
import type { Account, ExecutionRecord } from './account';
import { EXCEPTIONS, failureOf } from './integration-errors';
import { apiRequest, sdkForm } from './integration-form';
import { type RefuseStateMachine, type Started, startOnce } from './integration-start';
import { perform } from './operations';
import { REQUESTS } from './request-model';

const OPTIMISED: ServiceNames = {
  prefix: 'StepFunctions',
  service: 'AWSStepFunctions',
  baseException: 'AWSStepFunctionsException',
  exceptions: EXCEPTIONS,
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
const START: StructureType = {
  fields: { StateMachineArn: 'STRING', Input: 'JSON', Name: 'STRING', TraceHeader: 'STRING' },
  required: ['StateMachineArn'],
};

/** `states:startExecution`, with `.sync`, `.sync:2` and `.waitForTaskToken`. */
export function nestedExecutions(accountOf: () => Account, refuse: RefuseStateMachine): Service {
  return {
    resourceType: 'states',
    actions: {
      startExecution: {
        ...structureAction(START, (request, call) => {
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
        callOff(call) {
          // With which error and cause, if any, nobody has told.
          jobOf(accountOf(), call)?.started.stop();
        },
      },
    },
  };
}

/** The execution that a `.sync` task has started. */
const jobOf = ({ executions }: Account, { submitted }: TaskCall): ExecutionRecord | undefined =>
  executions.get(stringField(submitted as JsonObject, 'ExecutionArn') ?? '');

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
  const record = jobOf(account, call);
  if (record === undefined)
    throw new SimulatorError(
      `"${call.state}" waits for the execution that it has started, which this world does not have: ${renderJson(call.submitted as Json)}.`,
    );
  await ended(record, call);
  const described = sdkForm(perform(account, 'DescribeExecution', { executionArn: record.arn }), epochMs) as JsonObject;
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

/** A time in the answer of an optimised integration: see the table in README.md. */
const epochMs = (time: Date): Json => time.getTime();
