import type { Json, JsonObject } from '../../json/json';
import type { Branch } from '../branch';
import type { MachineProgram } from '../program';
import type { Batching } from './batching';
import type { Tolerance } from './tolerance';

/** What a definition says of a state's Map Runs. */
export interface MapRunPlan {
  readonly state: string;
  /** Children are Express executions. */
  readonly express: boolean;
  readonly program: MachineProgram;
  /** Makes an item of what was read; undefined: the item is what was read. @param item `$$.Map.Item` */
  readonly select: ((branch: Branch, item: JsonObject, effectiveInput: Json) => Json) | undefined;
}

/** What the fields of a state have come to, for one Map Run. Plain JSON but for Infinity. */
export interface MapRunSettings {
  /** How many children may run at once; 0: as many as AWS allows. */
  readonly maxConcurrency: number;
  readonly tolerance: Tolerance;
  /** undefined: a child gets one item, as it is. */
  readonly batching: Batching | undefined;
  /** undefined: the items are in the state's input. */
  readonly reader: ReaderRequest | undefined;
  readonly writer: WriterRequest;
}

/** What is read. */
export interface ReaderRequest {
  readonly action: 'getObject' | 'listObjectsV2';
  /** `Parameters` or `Arguments`, evaluated. */
  readonly request: JsonObject;
  readonly config: ReaderConfig;
  /** 0: all there are. */
  readonly maxItems: number;
}

/** `ReaderConfig` without MaxItems. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export interface ReaderConfig {
  readonly InputType?: 'CSV' | 'JSON' | 'JSONL' | 'PARQUET' | 'MANIFEST';
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  readonly ManifestType?: 'ATHENA_DATA' | 'S3_INVENTORY';
  readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  readonly ItemsPointer?: string;
}

/** What becomes of the results. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export interface WriterRequest {
  /** `Bucket` and `Prefix`; undefined: the results become the state's own. */
  readonly destination: JsonObject | undefined;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly outputType: 'JSON' | 'JSONL';
}
