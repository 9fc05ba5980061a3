/** What reading a source may rest on that AWS has not told: ids of the table of assumptions. */
export type ItemAssumption =
  | 'item-reader-compression'
  | 'item-reader-csv-lines'
  | 'item-reader-csv-quotes'
  | 'item-reader-json-object'
  | 'item-reader-json-skipped'
  | 'item-reader-jsonl-lines'
  | 'item-reader-manifest'
  | 'item-reader-parquet-values'
  | 'item-reader-text';

/** Is told of each, as often as it is met. */
export type Assume = (id: ItemAssumption) => void;

/** For readers whose assumptions nobody asks for. */
export const assumeInSilence: Assume = () => undefined;
