import type { Json, JsonObject } from '../json/json';

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
  const members: readonly (readonly [string, Json])[] = [
    ...Object.entries(response),
    [
      'SdkHttpMetadata',
      {
        AllHttpHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
        HttpHeaders: Object.fromEntries([...headers].sort(([a], [b]) => compare(a.toLowerCase(), b.toLowerCase()))),
        HttpStatusCode: statusCode,
      },
    ],
    ['SdkResponseMetadata', { RequestId: requestId }],
  ];
  return Object.fromEntries([...members].sort(([a], [b]) => compare(a, b)));
}

/** Virtual time as a `Date` header: `Sat, 22 Nov 2025 10:00:00 GMT`. */
export const httpDate = (epochMs: number): string => new Date(epochMs).toUTCString();

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
