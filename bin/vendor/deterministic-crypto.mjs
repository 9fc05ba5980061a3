// dynalite hashes keys (which must stay as it is) and draws the TableId, which nobody sees.
export { createHash } from 'node:crypto';

export const randomBytes = (sizeBytes) => Buffer.alloc(sizeBytes);
