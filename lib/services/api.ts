import type { Json, JsonObject } from '../json/json';

/**
 * A simulated service's API, as AWS's endpoint has it. Integrations (`Service`) and SDK clients in handlers both come here: what one of them
 * does, the other one sees.
 */
export interface Api {
  /** As `aws-sdk:` integrations name it: `sqs`, `dynamodb`, `eventbridge`. */
  readonly name: string;
  /** By operation in PascalCase. What is not here is refused by name. */
  readonly operations: Readonly<Record<string, Operation>>;
}

/**
 * Performs an operation. Requests and responses have the API's own member names; bytes are Base64, times are seconds since 1970.
 * @throws ApiFailure (or rejects with it) where AWS refuses the request; SimulatorError for what is not simulated
 */
export type Operation = (request: JsonObject, from: Caller) => Json | Promise<Json>;

/** Whoever calls an API: a Task, a handler, a client of the server. */
export interface Caller {
  /** In words, for messages: `"Ask"`, `the handler of ChargeCard`. */
  readonly who: string;
  /** Virtual time, milliseconds since 1970. */
  readonly epochMs: number;
  readonly region: string;
  readonly accountId: string;
  /** Name of the Task state behind the call, and ARN of its execution; undefined: there is none. */
  readonly state: string | undefined;
  readonly executionArn: string | undefined;
  /** `Resource` of that Task. @default - there is none */
  readonly resource?: string;
  /** A UUID from the world's seed. */
  uuid(): string;
  /** See `TaskCall.park`. */
  park(): () => void;
  /** Whoever asks has gone away. @default - it stays */
  readonly signal?: AbortSignal | undefined;
  /** What a test answers in place of an operation; undefined: nothing. @default - nothing ever */
  fake?(api: string, operation: string, request: JsonObject): Promise<Json> | undefined;
}

/** How AWS refuses a request. */
export class ApiFailure extends Error {
  override readonly name: string = 'ApiFailure';

  constructor(
    /** The API's error code, such as `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    readonly statusCode = 400,
    /** Members of the exception besides the message. */
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
