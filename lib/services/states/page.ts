import { ApiError } from './api-error';

/** What a list operation is asked. */
interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** Part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** undefined: there are no more. */
  readonly nextToken: string | undefined;
}

/** How many there are on a page unless the request says it. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
const DEFAULT_RESULTS = 100;

/** A token is good for 24 hours. */
const LIFETIME_MS = 24 * 3_600_000;

/**
 * The page of a list that a request asks for. A token goes on behind the last item that was given, whatever has come or gone since.
 * @param sorted by `sequenceOf`, up or down
 * @param list names the list: a token is good for the list that it was made for
 * @param matches which items are in the list at all; looked at only as far as the page goes. @default - all are
 * @throws ApiError InvalidToken
 */
export function pageOf<T>(
  { maxResults = 0, nextToken }: PageRequest,
  sorted: readonly T[],
  sequenceOf: (item: T) => number,
  list: readonly (string | boolean | undefined)[],
  epochMs: number,
  matches: (item: T) => boolean = () => true,
): Page<T> {
  const most = maxResults === 0 ? DEFAULT_RESULTS : maxResults;
  const name = JSON.stringify(list);
  const from = nextToken === undefined ? 0 : positionBehind(readToken(nextToken, name, epochMs), sorted, sequenceOf);
  const items: T[] = [];
  let isMore = false;
  for (let index = from; index < sorted.length && !isMore; index++) {
    const item = sorted[index] as T;
    if (!matches(item)) continue;
    if (items.length < most) items.push(item);
    else isMore = true;
  }
  return { items, nextToken: isMore ? writeToken(sequenceOf(items.at(-1) as T), name, epochMs) : undefined };
}

function positionBehind<T>(sequence: number, sorted: readonly T[], sequenceOf: (item: T) => number): number {
  const [first] = sorted;
  const last = sorted.at(-1);
  const isAscending = first === undefined || last === undefined || sequenceOf(first) <= sequenceOf(last);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sequenceOf(sorted[middle] as T);
    if (isAscending ? at > sequence : at < sequence) high = middle;
    else low = middle + 1;
  }
  return low;
}

const writeToken = (sequence: number, list: string, epochMs: number): string =>
  Buffer.from(JSON.stringify([sequence, epochMs, hash(list)])).toString('base64url');

function readToken(token: string, list: string, epochMs: number): number {
  const [sequence, madeMs, made] = tryParse(Buffer.from(token, 'base64url').toString()) ?? [];
  if (typeof sequence !== 'number' || typeof madeMs !== 'number' || made !== hash(list) || epochMs - madeMs > LIFETIME_MS)
    throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return sequence;
}

function tryParse(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
}
