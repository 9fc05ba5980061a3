import { isArray, type Json } from './json';
import { sizeBytes, tryFindSize } from './size-bytes';

/**
 * Whether `sizeBytes(json)` is at most `limitBytes`. Most values are so small that no text has to be looked at to say so: an upper bound of
 * up to 100 scalars, arrays and objects is taken first.
 */
export const fits = (json: Json, limitBytes: number): boolean => boundOf(json) <= limitBytes || sizeBytes(json) <= limitBytes;

/** No less than `sizeBytes(json)`, and much sooner said; Infinity of what is more than a hundred values. */
export const boundOf = (json: Json): number => bound(json, { left: MAX_STEPS });

const MAX_STEPS = 100;

/** Of a number, true, false or null: as in -0.0000012345678901234567. */
export const MAX_SCALAR_BYTES = 25;
/** One UTF-16 unit as an escape: \u001f. */
export const MAX_UNIT_BYTES = 6;

/** Infinity: too many steps. */
const bound = (json: Json, steps: { left: number }): number => {
  steps.left--;
  if (typeof json === 'string') return 2 + MAX_UNIT_BYTES * json.length;
  if (typeof json !== 'object' || json === null) return MAX_SCALAR_BYTES;
  // A small value has been seen through by then: looking up what is remembered costs as much as looking at three fields.
  const known = steps.left < MAX_STEPS / 2 ? tryFindSize(json) : undefined;
  if (known !== undefined) return known;
  let bytes = 2;
  if (isArray(json)) {
    for (const item of json) {
      if (steps.left <= 0) return Infinity;
      bytes += 1 + bound(item, steps);
    }
    return bytes;
  }
  // Cheaper than `Object.keys`, and what is inherited could only raise the bound.
  for (const key in json) {
    if (steps.left <= 0) return Infinity;
    bytes += 4 + MAX_UNIT_BYTES * key.length + bound(json[key] as Json, steps);
  }
  return bytes;
};
