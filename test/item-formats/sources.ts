import fc from 'fast-check';
import type { ItemPieces, SourceBytes } from '../../lib/item-formats/item-pieces';
import type { Json } from '../../lib/json/json';

/** The bytes in chunks of that many, or cut at those places. */
export async function* cut(source: string | Uint8Array, at: number | readonly number[] = Infinity): SourceBytes {
  const bytes = Buffer.from(source);
  const places =
    typeof at === 'number' ? stepsOf(bytes.length, at) : at.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  let from = 0;
  for (const place of [...places, bytes.length]) {
    yield bytes.subarray(from, place);
    from = place;
  }
}

const stepsOf = (length: number, step: number): readonly number[] =>
  step === Infinity ? [] : Array.from({ length: Math.floor(length / step) }, (_, index) => index * step);

/** Where to cut. */
export const cuts = fc.array(fc.nat(), { maxLength: 20 });

export async function all(pieces: ItemPieces): Promise<readonly Json[]> {
  const items: Json[] = [];
  for await (const piece of pieces) items.push(...piece);
  return items;
}
