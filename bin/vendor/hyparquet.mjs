// What lib/vendor/hyparquet.ts hands out. Not the package's own entry, which reads files and URLs, too.
export { parquetMetadataAsync, parquetSchema } from 'hyparquet/src/metadata.js';
export { parquetRead } from 'hyparquet/src/read.js';
