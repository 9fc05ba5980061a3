/**
 * What TestState answers, in the API's own names; what is absent has no key. Values are JSON text, as in the API.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 */
export interface TestStateResponse {
  /** RETRIABLE: a Retrier would try again. CAUGHT_ERROR: a Catcher takes the error. */
  readonly status: TestExecutionStatus;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Where the execution would go on. */
  readonly nextState?: string;
  /** At DEBUG and TRACE. */
  readonly inspectionData?: InspectionData;
  /**
   * Beyond the API: what of a mocked result nobody could hold against AWS's model, and why, in words. An SDK client that is not
   * installed, a member that its model does not have. Empty if everything was checked, or nothing had to be.
   */
  readonly unchecked: readonly string[];
}

/** How a tested state came out. */
export type TestExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';

/** The data on its way through the state, as JSON text; counts are numbers. */
export interface InspectionData {
  readonly input?: string;
  /** JSONata. */
  readonly afterArguments?: string;
  readonly afterInputPath?: string;
  readonly afterParameters?: string;
  readonly afterItemsPath?: string;
  readonly afterItemsPointer?: string;
  /** An array: the inputs of the iterations. */
  readonly afterItemSelector?: string;
  /** An array: the inputs of the child executions. */
  readonly afterItemBatcher?: string;
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  /** The variables after the state, if there are any. */
  readonly variables?: string;
  /** What Retry and Catch made of an error. */
  readonly errorDetails?: InspectionErrorDetails;
  /** Of an HTTP Task, at TRACE. */
  readonly request?: InspectionDataRequest;
  /** Of an HTTP Task, at TRACE. */
  readonly response?: InspectionDataResponse;
}

/** Which Retrier and which Catcher applied to an error. */
export interface InspectionErrorDetails {
  readonly retryIndex?: number;
  readonly retryBackoffIntervalSeconds?: number;
  readonly catchIndex?: number;
}

/** The HTTP request of an HTTP Task. */
export interface InspectionDataRequest {
  readonly protocol?: string;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: string;
  readonly body?: string;
}

/** What came back for the HTTP request of an HTTP Task. */
export interface InspectionDataResponse {
  readonly protocol?: string;
  readonly statusCode?: string;
  readonly statusMessage?: string;
  readonly headers?: string;
  readonly body?: string;
}
