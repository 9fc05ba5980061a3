import { tryFindHeight } from './admitted';
import { isArray, type Json } from './json';

/** Fewest bytes of JSON text that nest so deep: those of empty arrays in arrays. */
export const leastBytesOf = (levels: number): number => 2 * levels;

/** Whether arrays and objects nest deeper in a value than that many levels. Looks no deeper itself. */
export function nestsDeeper(json: Json, levels: number): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const known = tryFindHeight(json);
  if (known !== undefined) return known > levels;
  if (levels === 0) return true;
  if (isArray(json)) return json.some((item) => nestsDeeper(item, levels - 1));
  for (const key in json) if (nestsDeeper(json[key] as Json, levels - 1)) return true;
  return false;
}
