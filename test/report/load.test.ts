import { type CallSpan, loadOf } from '../../lib/report/load';
import { renderLoad } from '../../lib/report/render-load';

const spans = (...calls: readonly (readonly [second: number, count: number, throttled?: number])[]): readonly CallSpan[] =>
  calls.flatMap(([second, count, throttled = 0]) =>
    Array.from({ length: count }, (_, index) => ({
      startMs: second * 1000,
      endMs: second * 1000,
      throttled: index >= count - throttled,
    })),
  );

describe('the load of calls', () => {
  test('who ends at a moment is not in flight any more then', () => {
    const lasting = (startMs: number, endMs: number): CallSpan => ({ startMs, endMs, throttled: false });
    expect(loadOf([lasting(0, 10), lasting(5, 8), lasting(8, 9), lasting(10, 11), lasting(10, Infinity)]).peakAtOnce).toBe(2);
    expect(loadOf([lasting(0, Infinity), lasting(1, 1), lasting(7, 8)]).peakAtOnce).toBe(2);
  });

  test('seconds begin with the first call', () => {
    const load = loadOf([{ startMs: 1700, endMs: 1700, throttled: false }, ...spans([2.6, 1], [2.7, 1], [9, 1])]);
    expect(load.perSecond.map(({ second, calls }) => [second, calls])).toEqual([
      [0, 2],
      [1, 1],
      [7, 1],
    ]);
  });
});

describe('its picture', () => {
  test('has a bar for each second, throttled calls apart, and leaves out empty seconds', () => {
    expect(`\n${renderLoad(loadOf(spans([0, 1000, 900], [1, 100], [2, 1, 1], [3, 2, 1], [65, 500, 1])), { width: 20 })}`).toBe(`
    +0s  1,000  ██░░░░░░░░░░░░░░░░░░
    +1s    100  ██
    +2s      1  ░
    +3s      2  █░
      ⋮
+1m 05s    500  █████████░
1,603 calls, 903 throttled ░; at most 1,000 in a second`);
  });

  test('of no calls is none; of one call, one line', () => {
    expect(renderLoad(loadOf([]))).toBe('no calls');
    expect(renderLoad(loadOf(spans([4, 1])), { width: 1 })).toBe('+0s  1  ██████████\n1 call; at most 1 in a second');
  });

  test('of a long time has its beginning and its end', () => {
    const lines = renderLoad(loadOf(spans(...Array.from({ length: 100 }, (_, second) => [second, 1] as const)))).split('\n');
    expect(lines).toHaveLength(41);
    expect(lines[20]).toBe('… 61 lines left out …');
    expect(lines[39]).toMatch(/^\+1m 39s /);
  });

  test('is coloured on request', () => {
    const load = loadOf(spans([0, 2, 1]));
    expect(renderLoad(load, { width: 10 })).not.toContain('\u001b');
    expect(renderLoad(load, { width: 10, colour: true })).toContain('█████\u001b[33m░░░░░\u001b[39m');
  });
});
