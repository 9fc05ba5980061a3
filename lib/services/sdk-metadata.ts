import type { Json, JsonObject } from '../json/json';
import { setField } from '../json/with-field';

/** A header's name and value, in the order of the response. */
export type Header = readonly [name: string, value: string];

/** What the response says beside its body. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: readonly Header[];
  readonly requestId: string;
}

/**
 * What an optimised integration makes of a response: its members with `SdkHttpMetadata` and `SdkResponseMetadata` among them, by
 * name. As recorded for Lambda, DynamoDB, SQS: `AllHttpHeaders` in the order of the response, `HttpHeaders` by name without regard to case.
 */
export function withSdkMetadata(response: JsonObject, { statusCode, headers, requestId }: HttpResponse): JsonObject {
  const AllHttpHeaders: Record<string, Json> = {};
  for (const [name, value] of headers) setField(AllHttpHeaders, name, [value]);
  const HttpHeaders: Record<string, Json> = {};
  for (const [name, value] of [...headers].sort(byName)) setField(HttpHeaders, name, value);
  const members: JsonObject = {
    ...response,
    SdkHttpMetadata: { AllHttpHeaders, HttpHeaders, HttpStatusCode: statusCode },
    SdkResponseMetadata: { RequestId: requestId },
  };
  const ordered: Record<string, Json> = {};
  for (const name of Object.keys(members).sort()) setField(ordered, name, members[name] as Json);
  return ordered;
}

const byName = ([a]: Header, [b]: Header): number => compare(smallName(a), smallName(b));

const smallNames = new Map<string, string>();

/** Of a header: there are few. */
function smallName(name: string): string {
  let small = smallNames.get(name);
  if (small === undefined) smallNames.set(name, (small = name.toLowerCase()));
  return small;
}

/** Virtual time as a `Date` header: `Sat, 22 Nov 2025 10:00:00 GMT`. */
export function httpDate(epochMs: number): string {
  if (epochMs !== lastMs) {
    lastMs = epochMs;
    lastDate = new Date(epochMs).toUTCString();
  }
  return lastDate;
}

// Thousands of responses may come at one moment of virtual time.
let lastMs = NaN;
let lastDate = '';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
