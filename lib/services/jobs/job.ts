import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import type { StructureType } from '../parameter-types';

/** How a job ends. */
export interface JobEnding {
  /** Why it fails, in the service's words. @default - it succeeds, unless its exit code says otherwise */
  readonly fail?: string;
  /** Of the container: ECS and Batch. @default 0, or 1 if it fails */
  readonly exitCode?: number;
  /** ECS: why no task is placed, such as `RESOURCE:MEMORY`. @default - it is placed */
  readonly failures?: readonly string[];
  /** Members that the job's description has besides, or instead of, those that are made up. */
  readonly result?: JsonObject;
}

/** What is known of a job that has been submitted. */
export interface Job {
  readonly request: JsonObject;
  readonly ending: JobEnding;
  readonly region: string;
  readonly accountId: string;
  /** Virtual time, milliseconds since 1970. */
  readonly startedMs: number;
}

/** A job that is over. */
export interface EndedJob extends Job {
  readonly endedMs: number;
  /** What submitting it answered. */
  readonly submitted: JsonObject;
  readonly failed: boolean;
}

/** An API action that starts a job, and the job's description as Step Functions gives it: PascalCase, times in milliseconds. */
export interface JobKind {
  readonly resourceType: string;
  readonly action: string;
  readonly parameters: StructureType;
  /** What the action answers. @param uuid gives a UUID from the world's seed */
  submit(job: Job, uuid: () => string): Members;
  /** What the service says of the job when it is over: the result, or the cause of `States.TaskFailed`. */
  describe(job: EndedJob): Members;
}

/** Members of a structure; those that are undefined are not there. */
export interface Members {
  readonly [name: string]: Member;
}
type Member = Json | undefined | Members | readonly Member[];

/** As AWS writes structures: members by name, what is not there left out. */
export function structure(members: Members): JsonObject {
  const made: Record<string, Json> = {};
  for (const name of Object.keys(members).sort()) {
    const value = members[name];
    if (value !== undefined) made[name] = valueOf(value);
  }
  return made;
}

const valueOf = (value: Member): Json =>
  Array.isArray(value)
    ? (value as readonly Member[]).map((item) => valueOf(item))
    : typeof value === 'object' && value !== null
      ? structure(value as Members)
      : (value as Json);

/** Parameters of an action: some that are required, and are texts; some that are not looked at. */
export const parametersOf = (required: readonly string[], optional: readonly string[]): StructureType => ({
  fields: Object.fromEntries([
    ...required.map((name) => [name, 'STRING'] as const),
    ...optional.map((name) => [name, 'JSON'] as const),
  ]),
  required,
});

/** Fields of a request that the description repeats. */
export const repeated = (request: JsonObject, names: readonly string[]): Members =>
  Object.fromEntries(names.map((name) => [name, request[name]]));

/** The exit code of the job's container. */
export const exitCodeOf = ({ fail, exitCode }: JobEnding): number => exitCode ?? (fail === undefined ? 0 : 1);

/** A text of a structure; empty where there is none. */
export function textAt(holder: JsonObject, name: string): string {
  const value = holder[name];
  return typeof value === 'string' ? value : '';
}

/** The object at a path of names; an empty one where there is none. */
export function objectAt(holder: Json | undefined, ...path: readonly string[]): JsonObject {
  let found = holder;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return isObject(found) ? found : {};
}

/** The objects of a list at a path of names. */
export function objectsAt(holder: Json | undefined, ...path: readonly string[]): readonly JsonObject[] {
  const list = objectAt(holder, ...path.slice(0, -1))[path.at(-1) as string];
  return isArray(list) ? list.filter((item) => isObject(item)) : [];
}
