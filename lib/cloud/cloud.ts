import type { JsonObject } from '../json/json';
import type { SourceEntry } from './stack';

/**
 * Everything that a simulation needs to know of a cloud assembly or a template. Names and ARNs are made up where CloudFormation
 * would make them up, and are always the same.
 *
 * Fields marked *on demand* are resolved when they are first read. Reading one whose value cannot be resolved throws a
 * `SimulatorError` that names every such value, where it stands and what to do.
 */
export interface Cloud {
  readonly machines: readonly Machine[];
  readonly functions: readonly LambdaFunction[];
  readonly tables: readonly Table[];
  readonly connections: readonly Connection[];
  /** Every resource that the templates make, those above among them, in the order of the templates. */
  readonly resources: readonly Resource[];
}

/** Where a resource stands. */
export interface Location {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly logicalId: string;
  /** Path of the L1 construct without a leading slash, such as `Stack/Orders/Resource`; absent if the assembly does not tell. */
  readonly constructPath?: string;
}

/** Any resource of a template. */
export interface Resource extends Location {
  /** `AWS::SQS::Queue`. */
  readonly type: string;
  /** Physical name; undefined for a type that the simulator does not know. */
  readonly name: string | undefined;
  /** On demand. What `Ref` returns; undefined for a type that the simulator does not know. */
  readonly ref: string | undefined;
  /** On demand. Undefined for a type without an ARN, or that the simulator does not know. */
  readonly arn: string | undefined;
  /** On demand: all properties, resolved. */
  readonly properties: JsonObject;
}

/** An `AWS::StepFunctions::StateMachine`. */
export interface Machine extends Location {
  readonly name: string;
  readonly arn: string;
  /** On demand. */
  readonly type: 'STANDARD' | 'EXPRESS';
  /** On demand: the definition as JSON text, intrinsic functions resolved and substitutions made. */
  readonly definition: string;
  /** On demand. */
  readonly roleArn: string;
  /** On demand: `LoggingConfiguration` as it stands, resolved. */
  readonly loggingConfiguration: JsonObject | undefined;
  /** On demand. */
  readonly tracingEnabled: boolean;
  /** On demand: the versions that the templates publish, of any stack. */
  readonly versions: readonly MachineVersion[];
  /** On demand: the aliases that the templates make, of any stack. */
  readonly aliases: readonly MachineAlias[];
}

/** An `AWS::StepFunctions::StateMachineVersion`. */
export interface MachineVersion {
  readonly arn: string;
}

/** An `AWS::StepFunctions::StateMachineAlias`. */
export interface MachineAlias {
  readonly arn: string;
  readonly name: string;
  /** Where it routes to. With a DeploymentPreference: its version, all of the weight. */
  readonly routingConfiguration: readonly { readonly StateMachineVersionArn: string; readonly Weight: number }[];
  readonly deploymentPreference: JsonObject | undefined;
}

/** An `AWS::Lambda::Function`. */
export interface LambdaFunction extends Location {
  readonly name: string;
  /** Without a qualifier. */
  readonly arn: string;
  /** On demand. `index.handler`; undefined for a function made from a container image. */
  readonly handler: string | undefined;
  /** On demand. `nodejs20.x`; undefined for a function made from a container image. */
  readonly runtime: string | undefined;
  /** On demand. Default 3. */
  readonly timeoutSeconds: number;
  /** On demand. Default 128. */
  readonly memorySizeMb: number;
  /** On demand: `Environment.Variables`, resolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** On demand: ARN of the queue or topic for events that it has failed with; undefined: it has none. */
  readonly deadLetterArn: string | undefined;
  /** On demand. */
  readonly code: FunctionCode;
  /** The source, where one of our constructs recorded it. */
  readonly entry?: SourceEntry;
  /** On demand: the versions that the templates publish, of any stack. */
  readonly versions: readonly { readonly arn: string; readonly version: string }[];
  /** On demand: the aliases that the templates make, of any stack. */
  readonly aliases: readonly { readonly arn: string; readonly name: string; readonly version: string }[];
}

/** Where the code of a function is. */
export type FunctionCode =
  /** Absolute path of a directory, or of a zip file, in the assembly. */
  | { readonly kind: 'directory' | 'zip'; readonly path: string }
  /** `ZipFile`: the text of `index.js`. */
  | { readonly kind: 'inline'; readonly text: string }
  /** Not in the assembly; `reason` is a whole sentence that says what is there instead. */
  | { readonly kind: 'elsewhere'; readonly reason: string };

/** An `AWS::Events::Connection`, whose parameters HTTP Tasks send. */
export interface Connection extends Location {
  readonly name: string;
  readonly arn: string;
  /** On demand: those of the template. What cannot be resolved, as a secret, stays as it stands there or is named: `{{ApiKeyValue of the connection shop}}`. */
  readonly properties: JsonObject;
}

/** An `AWS::DynamoDB::Table` or `AWS::DynamoDB::GlobalTable`. Structures are those of the template, resolved. */
export interface Table extends Location {
  readonly name: string;
  readonly arn: string;
  /** On demand. */
  readonly keySchema: readonly KeySchemaElement[];
  /** On demand. */
  readonly attributeDefinitions: readonly AttributeDefinition[];
  /** On demand. */
  readonly globalSecondaryIndexes: readonly SecondaryIndex[];
  /** On demand. */
  readonly localSecondaryIndexes: readonly SecondaryIndex[];
  /** On demand. Default PROVISIONED. */
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_KeySchemaElement.html */
export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html */
export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

/** A global or local secondary index. */
export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}
