import type { Fidelity } from '../fidelity';
import { createS3 } from './s3';

/** S3's row in the table of services. */
export const S3_FIDELITY: Fidelity = {
  service: 'Amazon S3',
  does: [
    'the buckets of the stack, in memory, above a directory or functions that list and read; `world.putObject`, `world.objects`',
    'ranges, metadata, prefixes, delimiters, pages, CRC32 checksums; errors in the words of S3',
  ],
  gaps: [
    'versions (but for an ItemReader, of a source with `getVersion`), multipart uploads, conditions (IfMatch, …), encryption other than AES256, tags, ACLs, access points, events, lifecycle: refused by name, or without effect',
    'getObject of bytes that are no UTF-8: refused, for nobody has told what Step Functions makes of them',
    'lists that hold nothing are left out of results; AWS has not been seen',
  ],
  integrations: () => createS3().services,
};
