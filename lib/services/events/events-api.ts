import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { ApiFailure } from '../api';
import type { Api, Caller } from '../api';
import { stringField } from '../parameter-types';
import { tryTime } from '../times';
import { tryParseObject } from '../try-parse-object';
import type { Buses } from './buses';
import { eventTime } from './event';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;
/** Of all entries together. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
const MAX_BYTES = 1024 * 1024;

/** EventBridge's API on the buses of a world. https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html */
export const eventsApi = (buses: Buses): Api => ({
  name: 'eventbridge',
  operations: { PutEvents: (request, from) => putEvents(buses, request, from) },
});

function putEvents(buses: Buses, request: JsonObject, from: Caller): Json {
  const given = get(request, 'Entries');
  const entries = isArray(given) ? given.filter(isObject) : [];
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    const bound = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`;
    // AWS writes the entries themselves between the brackets, with `toString` of its own classes.
    const value = `[${entries.map(() => 'PutEventsRequestEntry').join(', ')}]`;
    throw new ApiFailure(
      'ValidationException',
      `1 validation error detected: Value '${value}' at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + entryBytes(entry), 0) > MAX_BYTES)
    throw new ApiFailure('ValidationException', 'Total size of the entries in the request is over the limit.');
  // A mistake of the test is told before anything is sent.
  const names = entries.map((entry) => buses.check(stringField(entry, 'EventBusName') ?? 'default', from.who));
  const Entries = entries.map((entry, index) => putEvent(buses, names[index] as string, entry, from));
  return { Entries, FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length };
}

function putEvent(buses: Buses, bus: string, entry: JsonObject, from: Caller): JsonObject {
  const refusal = refusalOf(entry);
  if (refusal !== undefined) return refusal;
  const id = from.uuid();
  const resources = get(entry, 'Resources');
  buses.take(bus, {
    version: '0',
    id,
    'detail-type': stringField(entry, 'DetailType') as string,
    source: stringField(entry, 'Source') as string,
    account: from.accountId,
    time: eventTime(tryTime(get(entry, 'Time')) ?? from.epochMs),
    region: from.region,
    resources: isArray(resources) ? resources.filter((one): one is string => typeof one === 'string') : [],
    detail: tryParseObject(stringField(entry, 'Detail') as string) as JsonObject,
  });
  return { EventId: id };
}

/** What EventBridge says of an entry that it does not take; undefined: it takes it. The words of a missing Source are recorded. */
function refusalOf(entry: JsonObject): JsonObject | undefined {
  for (const field of ['Source', 'DetailType', 'Detail']) {
    const value = stringField(entry, field);
    if (value !== undefined && value !== '') continue;
    const ErrorMessage = `Parameter ${field} is not valid. Reason: ${field} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  if (stringField(entry, 'Source')?.startsWith('aws.') === true)
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  return tryParseObject(stringField(entry, 'Detail') as string) === undefined
    ? { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
    : undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function entryBytes(entry: JsonObject): number {
  const texts = ['Source', 'DetailType', 'Detail'].map((field) => stringField(entry, field) ?? '');
  const resources = get(entry, 'Resources');
  const all = [...texts, ...(isArray(resources) ? resources.map(String) : [])];
  return all.reduce((sum, text) => sum + Buffer.byteLength(text), get(entry, 'Time') === undefined ? 0 : 14);
}
