import type { Json } from './json';

/** The compact JSON text of a value, without white space: what Step Functions writes into a history. */
export const renderJson = (json: Json): string => JSON.stringify(json);
