// What lib/vendor/fzstd.ts hands out. fzstd comes with hyparquet-compressors.
export { Decompress, decompress } from 'fzstd';
