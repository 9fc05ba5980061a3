import { createRequire } from 'node:module';
import type { Schema } from '../../../lib/services/api-model/schema';

/** What the client reads its schemas with: it belongs to the client, not to this package. */
export const { NormalizedSchema } = createRequire(require.resolve('@aws-sdk/client-sfn'))('@smithy/core/schema') as {
  readonly NormalizedSchema: { of(schema: unknown): Schema };
};
