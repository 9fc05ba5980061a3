let lastMs = NaN;
let lastText = '';

/** A moment as the Context Object writes it: `2025-01-01T00:00:00.000Z`. Virtual time mostly stands still, so the last one is remembered. */
export function renderTimestamp(epochMs: number): string {
  if (epochMs !== lastMs) {
    lastText = new Date(epochMs).toISOString();
    lastMs = epochMs;
  }
  return lastText;
}
