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
  /** https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html */
  readonly pattern: 'requestResponse' | 'sync' | 'sync:2' | 'waitForTaskToken';
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

const SERVICE = /^arn:[a-z-]+:states:[a-z0-9-]*:\d*:((?:aws-sdk:)?[A-Za-z0-9-]+):([A-Za-z0-9]+)(\.sync:2|\.sync|\.waitForTaskToken)?$/;
const LAMBDA = /^arn:[a-z-]+:lambda:[a-z0-9-]*:\d*:function:[^:]+(?::[^:]+)?$/;
const ACTIVITY = /^arn:[a-z-]+:states:[a-z0-9-]+:\d+:activity:.+$/;

/** Reads a Resource ARN; undefined where Step Functions would not recognise it. */
export function tryParseResource(arn: string): Resource | undefined {
  if (LAMBDA.test(arn)) return { kind: 'lambda', arn };
  if (ACTIVITY.test(arn)) return { kind: 'activity', arn };
  const match = SERVICE.exec(arn);
  if (match === null) return undefined;
  const [, resourceType = '', action = '', suffix = ''] = match;
  const pattern = suffix === '' ? 'requestResponse' : (suffix.slice(1) as 'sync' | 'sync:2' | 'waitForTaskToken');
  return { kind: 'service', resourceType, resource: `${action}${suffix}`, action, pattern };
}
