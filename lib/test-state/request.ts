import type { Json } from '../json/json';
import type { FieldValidationMode } from '../services/api-model/field-validation-mode';

/** How much the response tells. TRACE adds the HTTP request and response of an HTTP Task to what DEBUG tells. */
export type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/**
 * What TestState is asked, in the API's own names. Where the API wants JSON text the value itself will do, unless it is a string: a
 * string is always taken as JSON text. https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 */
export interface TestStateRequest {
  /** One state; or, together with `stateName`, a state machine. */
  readonly definition: unknown;
  /** The state to test, at any depth of the state machine. */
  readonly stateName?: string;
  /** The execution role. A Task without a mock must have one; nothing is done with it. */
  readonly roleArn?: string;
  /** The state's input, in JSON. @default {} */
  readonly input?: Json;
  /** @default 'INFO' */
  readonly inspectionLevel?: InspectionLevel;
  /** Not together with a mock. @default false */
  readonly revealSecrets?: boolean;
  /** The variables before the state, as a JSON object. @default - none */
  readonly variables?: Json;
  /** What the state's work comes to. Parallel and Map want one, as do activities, `.sync` and `.waitForTaskToken`. */
  readonly mock?: Mock;
  /** The Context Object, in JSON; only together with a mock. @default - that of an execution just started */
  readonly context?: Json;
  /** Where in its visit the state stands; only together with a mock. */
  readonly stateConfiguration?: StateConfiguration;
}

/** A mocked result or a mocked error: one of the two. */
export interface Mock {
  /** In JSON: of a Task what it answers, of a Parallel an array of its branches' results, of a Map of its iterations'. */
  readonly result?: Json;
  readonly errorOutput?: MockErrorOutput;
  /** How strictly a Task's result is held against the API that it calls. @default 'STRICT' */
  readonly fieldValidationMode?: FieldValidationMode;
}

/** An Error Output. */
export interface MockErrorOutput {
  readonly error: string;
  readonly cause?: string;
}

/** Where in its visit a state stands. */
export interface StateConfiguration {
  /** How often the Retrier that applies to the error has already retried. */
  readonly retrierRetryCount?: number;
  /** Name of the state, inside the Map or the Parallel, that the mocked error comes from. */
  readonly errorCausedByState?: string;
  /** How many iterations of the Map have failed. */
  readonly mapIterationFailureCount?: number;
  /** What the Map's ItemReader reads, as it stands in its source. */
  readonly mapItemReaderData?: Json;
}
