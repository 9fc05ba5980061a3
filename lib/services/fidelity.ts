import type { Service } from './service';

/** How true a simulated service is: its row in this folder's README.md. It stands beside the code that it speaks of. */
export interface Fidelity {
  /** As AWS calls it: `Amazon SQS`. */
  readonly service: string;
  /** What it does, a phrase each. */
  readonly does: readonly string[];
  /** What it does not do, or otherwise than AWS, a phrase each. */
  readonly gaps: readonly string[];
  /** Its integrations, for their names. */
  readonly integrations: () => readonly Service[];
}
