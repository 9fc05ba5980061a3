import { ENTRY_METADATA_TYPE } from '../../lib/cloud/construct-metadata';
import { ENTRY_METADATA } from '../../lib/constructs/with-entry';

test('what the constructs write into the assembly is what the simulator reads: they know nothing of each other', () => {
  expect(ENTRY_METADATA).toBe(ENTRY_METADATA_TYPE);
});
