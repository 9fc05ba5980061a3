import { straightened, type Slot } from '../../lib/report/straighten';

const slot = (x: number, y: number, width = 10): Slot => ({ x, y, width, gap: 4 });

test('a heavy line becomes straight, what lies beside it makes room and keeps its order', () => {
  const slots = [slot(50, 0), slot(0, 1, 100), slot(80, 1), slot(10, 2)];
  const xs = straightened(slots, [
    { between: [0, 2], weight: 10 },
    { between: [2, 3], weight: 10 },
    { between: [0, 1], weight: 1 },
  ]);

  expect(xs[0]).toBe(xs[2]);
  expect(xs[2]).toBe(xs[3]);
  expect((xs[2] as number) - (xs[1] as number)).toBeGreaterThanOrEqual(100 / 2 + 10 / 2 + 4);
});

test('of two lines that cross, the heavier is straight', () => {
  // 0 is left of 1 in the first row, 2 left of 3 in the second; 0 leads to 3 and 1 to 2.
  const slots = [slot(0, 0), slot(30, 0), slot(0, 1), slot(30, 1)];
  const xs = straightened(slots, [
    { between: [0, 3], weight: 1 },
    { between: [1, 2], weight: 2 },
  ]);

  expect(xs[1]).toBe(xs[2]);
  expect(xs[0]).toBeLessThan(xs[1] as number);
  expect(xs[3]).toBeGreaterThan(xs[2] as number);
});

test('a line beside others moves towards what it is linked with', () => {
  const slots = [slot(100, 0), slot(0, 1), slot(100, 1), slot(100, 2)];
  const xs = straightened(slots, [
    { between: [0, 2], weight: 10 },
    { between: [2, 3], weight: 10 },
    { between: [0, 1], weight: 1 },
  ]);

  expect((xs[2] as number) - (xs[1] as number)).toBe(14);
});
