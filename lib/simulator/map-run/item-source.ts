import { isArray, type Json, type JsonArray, type JsonObject } from '../../json/json';

/** Some items of a source, in order. */
export interface ItemPage {
  readonly items: readonly Json[];
  /** Of an object's members: their names, `$$.Map.Item.Key`. */
  readonly keys: readonly string[] | undefined;
  /** `$$.Map.Item.Source`. */
  readonly source: string;
}

/** Items of a source, page by page. */
export type ItemSource = AsyncIterator<ItemPage, void>;

/** The items of a state's input, all of them. */
export const pageOf = (items: JsonArray | JsonObject): ItemPage =>
  isArray(items)
    ? { items, keys: undefined, source: 'STATE_DATA' }
    : { items: Object.values(items), keys: Object.keys(items), source: 'STATE_DATA' };

/** How many items the state's input has. */
export const countItems = (items: JsonArray | JsonObject): number => (isArray(items) ? items.length : Object.keys(items).length);
