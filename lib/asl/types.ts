import type { Json, JsonObject } from '../json/json';

/**
 * The Amazon States Language, with the specification's own field names. https://states-language.net/spec.html
 * A value of these types has been through `parse` and can be trusted.
 */

/** What `QueryLanguage` may say. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** What CreateStateMachine takes as `type`. */
export type StateMachineType = 'STANDARD' | 'EXPRESS';

/** A map of states with the one to begin with: a state machine, a branch of Parallel, the ItemProcessor of Map. */
export interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A whole state machine. */
export interface StateMachine extends States {
  readonly Comment?: string;
  readonly Version?: string;
  readonly QueryLanguage?: QueryLanguage;
  /** Seconds after which the execution ends as TIMED_OUT. */
  readonly TimeoutSeconds?: number;
}

/** Any of the eight state types. */
export type State = TaskState | ParallelState | MapState | PassState | WaitState | ChoiceState | SucceedState | FailState;

/** The name of a state type. */
export type StateType = State['Type'];

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
}

/** Where a JSONata state takes an expression, it stands as text in `{% %}`. */
export type Expression = string;

interface Outcomes {
  /** JSONata: what the state hands on. */
  readonly Output?: Json;
  /** New values of variables, by name. */
  readonly Assign?: JsonObject;
}

interface Paths {
  /** null: the effective input is `{}`. */
  readonly InputPath?: string | null;
  /** null: the output is `{}`. */
  readonly OutputPath?: string | null;
}

interface Results {
  readonly Parameters?: JsonObject;
  /** null: the result is discarded and the raw input goes on. */
  readonly ResultPath?: string | null;
}

/** Where a state goes on: exactly one of the two. */
export interface Onward {
  readonly Next?: string;
  readonly End?: boolean;
}

interface Failing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/** A unit of work done outside. https://states-language.net/spec.html#task-state */
export interface TaskState extends Common, Outcomes, Paths, Results, Onward, Failing {
  readonly Type: 'Task';
  /** JSONata: what the task is asked with. Default: the state's input. */
  readonly Arguments?: Json;
  readonly Resource: string;
  readonly ResultSelector?: JsonObject;
  readonly TimeoutSeconds?: number | Expression;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | Expression;
  readonly HeartbeatSecondsPath?: string;
  readonly Credentials?: JsonObject;
}

/** Branches that run at once. https://states-language.net/spec.html#parallel-state */
export interface ParallelState extends Common, Outcomes, Paths, Results, Onward, Failing {
  readonly Type: 'Parallel';
  /** JSONata: what every branch gets. Default: the state's input. */
  readonly Arguments?: Json;
  readonly Branches: readonly States[];
  readonly ResultSelector?: JsonObject;
}

/** The same states for every item. https://states-language.net/spec.html#map-state */
export interface MapState extends Common, Outcomes, Paths, Onward, Failing {
  readonly Type: 'Map';
  /** The states of an iteration; `Iterator` is the deprecated name and is read as this. */
  readonly ItemProcessor: ItemProcessor;
  readonly ItemsPath?: string;
  /** JSONPath: a Payload Template. JSONata: any value. `Parameters` is the deprecated name and is read as this. */
  readonly ItemSelector?: Json;
  /** JSONata: the items, or an expression that gives them. Default: the state's input. */
  readonly Items?: Json;
  readonly ResultSelector?: JsonObject;
  readonly ResultPath?: string | null;
  readonly MaxConcurrency?: number | Expression;
  readonly MaxConcurrencyPath?: string;
  /** Of a Distributed Map: where the items are read from. */
  readonly ItemReader?: JsonObject;
  /** Of a Distributed Map: how many items a child execution gets. */
  readonly ItemBatcher?: JsonObject;
  /** Of a Distributed Map: where the results are written to. */
  readonly ResultWriter?: JsonObject;
  /** Of a Distributed Map: stands in the ARNs of its Map Runs and children. */
  readonly Label?: string;
  readonly ToleratedFailureCount?: number | Expression;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: number | Expression;
  readonly ToleratedFailurePercentagePath?: string;
}

/** The states of an iteration, or of a child execution if `Mode` is DISTRIBUTED. */
export interface ItemProcessor extends States {
  readonly ProcessorConfig?: { readonly Mode?: 'INLINE' | 'DISTRIBUTED'; readonly ExecutionType?: 'STANDARD' | 'EXPRESS' };
}

/** Hands on its input or a fixed result. https://states-language.net/spec.html#pass-state */
export interface PassState extends Common, Outcomes, Paths, Results, Onward {
  readonly Type: 'Pass';
  readonly Result?: Json;
}

/** Waits for a time or until one: exactly one of its four times. https://states-language.net/spec.html#wait-state */
export interface WaitState extends Common, Outcomes, Paths, Onward {
  readonly Type: 'Wait';
  readonly Seconds?: number | Expression;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}

/** Goes where the first rule that holds leads. https://states-language.net/spec.html#choice-state */
export interface ChoiceState extends Common, Outcomes, Paths {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

/** Ends its branch well. https://states-language.net/spec.html#succeed-state */
export interface SucceedState extends Common, Omit<Outcomes, 'Assign'>, Paths {
  readonly Type: 'Succeed';
}

/** Ends its branch with an error. https://states-language.net/spec.html#fail-state */
export interface FailState extends Common {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

/** A top-level Choice Rule; its test is compiled by `expressions/choice-rule`. */
export interface ChoiceRule {
  readonly Next: string;
  readonly Comment?: string;
  /** JSONata only: true, or an expression that gives a boolean. */
  readonly Condition?: boolean | string;
  /** Assigned if the rule holds. */
  readonly Assign?: JsonObject;
  /** JSONata only: what goes on if the rule holds. */
  readonly Output?: Json;
  readonly [field: string]: Json | undefined;
}

/** When and how often to try again. https://states-language.net/spec.html#retrying-after-error */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  /** Default 1. */
  readonly IntervalSeconds?: number;
  /** Default 3; 0: never. */
  readonly MaxAttempts?: number;
  /** Default 2.0. */
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  /** Default NONE. */
  readonly JitterStrategy?: 'NONE' | 'FULL';
  readonly Comment?: string;
}

/** Where to go with an error that is not, or no longer, retried. https://states-language.net/spec.html#fallback-states */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  /** Default `$`: the Error Output replaces the input. */
  readonly ResultPath?: string | null;
  /** JSONata. Default: the Error Output. */
  readonly Output?: Json;
  readonly Assign?: JsonObject;
  readonly Comment?: string;
}
