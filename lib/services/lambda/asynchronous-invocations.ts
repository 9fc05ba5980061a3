import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { DEFAULT_ASYNCHRONOUS_CONFIG } from './asynchronous';
import type { AsynchronousConfig, FinishedInvocation } from './asynchronous';
import { parseFunctionName } from './function-name';

/** An asynchronous invocation, whoever asked for it. */
export interface AsynchronousInvocation {
  /** Name or ARN, qualified or not. */
  readonly functionName: string;
  readonly requestId: string;
  readonly event: Json;
}

/** What a destination or a dead-letter queue gets. */
export interface Afterword {
  /** Who sends it, in words. */
  readonly what: string;
  /** ARN of the function. */
  readonly from: string;
  /** ARN of a queue, topic, function or event bus. */
  readonly target: string;
  /** JSON. */
  readonly text: string;
  /** Message attributes as the API has them, of a dead letter. */
  readonly messageAttributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
  readonly succeeded: boolean;
}

/** What the stack says of one function, or of one version or alias of it. */
export interface AsynchronousDefinition extends Partial<AsynchronousConfig> {
  /** Name or ARN, qualified or not. */
  readonly functionName: string;
  /** @default - that of the name, else `$LATEST` */
  readonly qualifier?: string | undefined;
}

/** How long a dead letter's ErrorMessage may be, in bytes. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
const MAX_MESSAGE_BYTES = 1024;

/**
 * What becomes of the asynchronous invocations of a world: who hears of them in the end.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class AsynchronousInvocations {
  private readonly unread: (() => readonly AsynchronousDefinition[])[] = [];
  private readonly definitions: AsynchronousDefinition[] = [];

  constructor(
    private readonly now: () => { readonly epochMs: number; readonly region: string },
    private readonly send: (afterword: Afterword) => void,
  ) {}

  /** @param definitions asked for when a function is first invoked asynchronously */
  add(definitions: () => readonly AsynchronousDefinition[]): void {
    this.unread.push(definitions);
  }

  /** How Lambda treats the invocations of a function. A later definition adds to an earlier one. */
  configOf(functionName: string): AsynchronousConfig {
    for (const read of this.unread.splice(0)) this.definitions.push(...read());
    const wanted = qualified(functionName);
    return this.definitions
      .filter((definition) => {
        const found = qualified(definition.functionName, definition.qualifier);
        return found.name === wanted.name && (definition.deadLetterArn !== undefined || found.qualifier === wanted.qualifier);
      })
      .reduce((config, definition) => ({ ...config, ...definition }), DEFAULT_ASYNCHRONOUS_CONFIG);
  }

  /** Tells the destination and the dead-letter queue of a function what an invocation has come to. */
  finish(invocation: AsynchronousInvocation, config: AsynchronousConfig, finished: FinishedInvocation): void {
    const succeeded = finished.condition === 'Success';
    const destination = succeeded ? config.onSuccess : config.onFailure;
    const functionArn = this.arnOf(invocation.functionName);
    const { name } = parseFunctionName(functionArn);
    const common = { what: `the function ${name}`, from: functionArn, succeeded };
    if (destination !== undefined) {
      const text = renderJson(recordOf(invocation, functionArn, finished, this.now().epochMs));
      this.send({ ...common, target: destination, text, messageAttributes: {} });
    }
    if (succeeded || config.deadLetterArn === undefined || finished.result.kind !== 'error') return;
    const { errorMessage } = finished.result.error;
    const messageAttributes = {
      RequestID: { DataType: 'String', StringValue: invocation.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: beginning(errorMessage === '' ? 'null' : errorMessage) },
    };
    this.send({ ...common, target: config.deadLetterArn, text: renderJson(invocation.event), messageAttributes });
  }

  /** With the qualifier. What a name alone leaves open, the stack knows. */
  private arnOf(functionName: string): string {
    const { name, qualifier, ...given } = qualified(functionName);
    const known = this.definitions
      .map((definition) => parseFunctionName(definition.functionName))
      .find((one) => one.name === name && one.account !== undefined);
    const region = given.region ?? known?.region ?? this.now().region;
    return `arn:aws:lambda:${region}:${given.account ?? known?.account ?? ''}:function:${name}:${qualifier}`;
  }
}

/** Of a Lambda whose functions have neither destinations nor dead-letter queues. */
export const nobodyHears = new AsynchronousInvocations(
  () => ({ epochMs: 0, region: '' }),
  () => undefined,
);

const qualified = (functionName: string, explicit?: string) => {
  const { qualifier, ...rest } = parseFunctionName(functionName);
  return { ...rest, qualifier: explicit ?? qualifier ?? '$LATEST' };
};

const beginning = (text: string): string => {
  let end = Math.min(text.length, MAX_MESSAGE_BYTES);
  while (Buffer.byteLength(text.slice(0, end)) > MAX_MESSAGE_BYTES) end -= 1;
  return text.slice(0, end);
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations */
function recordOf(
  { requestId, event }: AsynchronousInvocation,
  functionArn: string,
  { condition, attempts, result }: FinishedInvocation,
  epochMs: number,
): Json {
  const { executedVersion } = result;
  const failed = result.kind === 'error';
  return {
    version: '1.0',
    timestamp: new Date(epochMs).toISOString(),
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: attempts },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion, ...(failed ? { functionError: 'Unhandled' } : {}) },
    responsePayload: failed ? { ...result.error } : result.payload(),
  };
}
