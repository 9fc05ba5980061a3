import { renderDuration, renderOffset } from '../../lib/report/duration';

test.each([
  [0, '0s'],
  [1, '0.001s'],
  [150, '0.15s'],
  [2000, '2s'],
  [59_999, '59.999s'],
  [60_000, '1m 00s'],
  [65_250, '1m 05.25s'],
  [3_600_000, '1h 00m'],
  [3_600_001, '1h 00m 00.001s'],
  [10_800_000, '3h 00m'],
  [86_400_000, '1d 00h 00m'],
  [365 * 86_400_000 + 1500, '365d 00h 00m 01.5s'],
])('%d ms is %s', (durationMs, text) => {
  expect(renderDuration(durationMs)).toBe(text);
});

test.each([
  [0, '+0.000s'],
  [2150, '+2.150s'],
  [59_999, '+59.999s'],
  [60_000, '+1m 00s'],
  [10_800_000, '+3h 00m'],
])('%d ms after the start is %s', (sinceStartMs, text) => {
  expect(renderOffset(sinceStartMs)).toBe(text);
});
