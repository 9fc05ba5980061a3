import { textWidth } from '../../lib/report/text-width';

test('wide letters count more than narrow ones, ideographs as a full square, in proportion to the font', () => {
  expect(textWidth('iii', 10)).toBeLessThan(textWidth('aaa', 10));
  expect(textWidth('aaa', 10)).toBeLessThan(textWidth('WWW', 10));
  expect(textWidth('注文', 10)).toBe(20);
  expect(textWidth('abc', 20)).toBeCloseTo(2 * textWidth('abc', 10));
  expect(textWidth('', 10)).toBe(0);
});
