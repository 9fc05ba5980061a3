import type { Json, JsonArray, JsonObject } from '../../json/json';
import type { Execution, Snapshot } from '../execution';
import type { FailureData, Ticket } from '../frame';
import type { Counts } from './counts';
import type { FeedSnapshot } from './feed';
import type { MapRunSettings } from './plan';

/** Where a Map Run stands, in the API's words. */
export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** How a Map Run ended: with the state's result, with what the state fails with, or with what made it impossible to go on. */
export type MapRunEnd = { readonly result: Json } | { readonly failure: FailureData } | { readonly thrown: unknown };

/** What a Map Run begins with. */
export interface MapRunStart {
  readonly arn: string;
  /** Name of the Map. */
  readonly state: string;
  /** Stands in its ARN and in those of its children. */
  readonly label: string;
  /** Virtual time. */
  readonly startMs: number;
  readonly settings: MapRunSettings;
  /** Of the state: ItemSelector reads it. */
  readonly effectiveInput: Json;
  /** Of the state's input; undefined: an ItemReader reads them. */
  readonly items: JsonArray | JsonObject | undefined;
}

/** Everything that is needed to go on with a Map Run: plain JSON. */
export interface MapRunSnapshot extends MapRunStart {
  readonly status: MapRunStatus;
  readonly stopMs: number | undefined;
  readonly end: MapRunEnd | undefined;
  readonly halted: FailureData | 'aborted' | undefined;
  readonly itemCounts: Counts;
  readonly executionCounts: Counts;
  readonly names: readonly [number, number, number, number];
  readonly ticket: Ticket;
  readonly feed: FeedSnapshot;
  readonly isRead: boolean;
  readonly started: number;
  readonly lastSequence: number;
  readonly lastSecond: SecondOfStarts;
  readonly results: Json;
  readonly children: readonly ChildSnapshot[];
  readonly unsuccessful: readonly UnsuccessfulChild[];
  readonly again: readonly UnsuccessfulChild[];
  readonly redriveCount: number;
  readonly redriveMs: number | undefined;
}

/** The second of virtual time in which children were started last. Begins with the first of them. */
export interface SecondOfStarts {
  startMs: number;
  children: number;
}

/** A child that was cut. */
export interface ChildSnapshot extends Pick<Child, 'index' | 'items' | 'sequence'> {
  readonly snapshot: Snapshot;
}

/** A child execution under way. */
export interface Child {
  /** Its place among the children. */
  readonly index: number;
  /** How many items it has. */
  readonly items: number;
  /** Counts executions in the order of their starts. */
  readonly sequence: number;
  readonly execution: Execution;
}

/** A child that did not succeed: what a redrive runs again. */
export interface UnsuccessfulChild extends Pick<Child, 'index' | 'items' | 'sequence'> {
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Of an Express child, which begins anew. */
  readonly input: Json;
  /** Of a Standard child, which goes on. */
  readonly snapshot: Snapshot | undefined;
}
