import { tryFindClientPackage } from '../aws-sdk/client-package';
import { renderNearest } from '../names/nearest-name';
import { type IntegrationPattern, OPTIMISED_INTEGRATIONS } from './optimised-integrations';

/** What a Task's `Resource` ARN means. */
export type Resource = ServiceResource | LambdaResource | ActivityResource;

/** An optimised (`arn:aws:states:::lambda:invoke`) or SDK integration (`arn:aws:states:::aws-sdk:sqs:sendMessage`). */
export interface ServiceResource {
  readonly kind: 'service';
  /** As in the history: `lambda`, `aws-sdk:sqs`. */
  readonly resourceType: string;
  /** As in the history: `invoke`, `sendMessage.waitForTaskToken`. */
  readonly resource: string;
  /** Without the pattern: `sendMessage`. */
  readonly action: string;
  readonly pattern: IntegrationPattern;
}

/** A Lambda function's own ARN as Resource. */
export interface LambdaResource {
  readonly kind: 'lambda';
  readonly arn: string;
}

/** An activity's ARN as Resource. */
export interface ActivityResource {
  readonly kind: 'activity';
  readonly arn: string;
}

const SERVICE =
  /^arn:[a-z-]+:states:[a-z0-9-]*:\d*:((?:aws-sdk:)?[A-Za-z0-9-]+):([A-Za-z0-9]+)(\.sync:2|\.sync|\.waitForTaskToken)?$/;
/** AWS takes a region and an account that cannot be (recorded: `your-region:your-account-id`). */
const LAMBDA = /^arn:[a-z-]+:lambda:[a-z0-9-]*:[a-z0-9-]*:function:[^:]+(?::[^:]+)?$/;
const ACTIVITY = /^arn:[a-z-]+:states:[a-z0-9-]+:\d+:activity:.+$/;

const SDK = 'aws-sdk:';

/** Reads a Resource ARN; undefined where Step Functions would not recognise it. */
export function tryParseResource(arn: string): Resource | undefined {
  if (LAMBDA.test(arn)) return { kind: 'lambda', arn };
  if (ACTIVITY.test(arn)) return { kind: 'activity', arn };
  const resource = tryParseService(arn);
  return resource !== undefined && patternsOf(resource).includes(resource.pattern) ? resource : undefined;
}

/** What to write in place of a Resource ARN that Step Functions does not recognise. */
export function adviseOnResource(arn: string): string {
  const resource = tryParseService(arn);
  if (resource === undefined) return 'write arn:aws:states:::service:action, or the ARN of a Lambda function or an activity';
  const { resourceType, action } = resource;
  const patterns = patternsOf(resource);
  if (patterns.length === 0 && resourceType.startsWith(SDK)) return adviseOnSdk(resourceType.slice(SDK.length), action);
  if (patterns.length > 0)
    return `${resourceType}:${action} supports ${patterns.map((pattern) => PATTERN_NAMES[pattern]).join(', ')}`;
  const actions = Object.keys(actionsOf(resourceType));
  const known =
    actions.length === 0
      ? `${resourceType} has no optimised integration`
      : `the optimised integration of ${resourceType} has only ${actions.join(', ')}`;
  return `${known}; write arn:aws:states:::${SDK}<service>:${action} with the service as the AWS SDK names it`;
}

const PATTERN_NAMES: Readonly<Record<IntegrationPattern, string>> = {
  requestResponse: 'request response (no suffix)',
  sync: '.sync',
  'sync:2': '.sync:2',
  waitForTaskToken: '.waitForTaskToken',
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const SDK_PATTERNS: readonly IntegrationPattern[] = ['requestResponse', 'waitForTaskToken'];

function patternsOf({ resourceType, action }: ServiceResource): readonly IntegrationPattern[] {
  if (resourceType.startsWith(SDK)) return isSdkAction(resourceType.slice(SDK.length), action) ? SDK_PATTERNS : [];
  const actions = actionsOf(resourceType);
  return (Object.hasOwn(actions, action) ? actions[action] : undefined) ?? [];
}

/** As SDK integrations write them. https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const SDK_SERVICE = /^[a-z0-9]+$/;
const SDK_ACTION = /^[a-z]/;

/** False where AWS has no such action for sure. The installed client of the service knows its actions; without it any may be one. */
function isSdkAction(service: string, action: string): boolean {
  if (!SDK_SERVICE.test(service) || !SDK_ACTION.test(action)) return false;
  return tryFindClientPackage(service)?.operations?.has(operationOf(action)) !== false;
}

/** What is wrong with an SDK integration that is none. */
function adviseOnSdk(service: string, action: string): string {
  const token = service.toLowerCase().replaceAll('-', '');
  const camelCase = actionOf(action);
  const client = tryFindClientPackage(token);
  if (isSdkAction(token, camelCase)) {
    const rule = token === service ? 'the action begins with a small letter' : 'the service has small letters and no hyphens';
    return `${rule}: write arn:aws:states:::${SDK}${token}:${camelCase}`;
  }
  const { name = '', operations = [] } = client ?? {};
  const near = renderNearest(camelCase, [...operations].map(actionOf));
  return `@aws-sdk/client-${name} as installed has no ${camelCase}.${near} If AWS has it by now, install a newer client`;
}

/** The API's name of an action. */
const operationOf = (action: string): string => action.charAt(0).toUpperCase() + action.slice(1);
/** The action by which Step Functions calls an operation. */
const actionOf = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1);

const actionsOf = (service: string): Readonly<Record<string, readonly IntegrationPattern[]>> =>
  (Object.hasOwn(OPTIMISED_INTEGRATIONS, service) ? OPTIMISED_INTEGRATIONS[service] : undefined) ?? {};

function tryParseService(arn: string): ServiceResource | undefined {
  const match = SERVICE.exec(arn);
  if (match === null) return undefined;
  const [, resourceType = '', action = '', suffix = ''] = match;
  const pattern = suffix === '' ? 'requestResponse' : (suffix.slice(1) as 'sync' | 'sync:2' | 'waitForTaskToken');
  return { kind: 'service', resourceType, resource: `${action}${suffix}`, action, pattern };
}
