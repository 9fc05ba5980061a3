import { renderNearest, tryFindNearest } from '../../lib/names/nearest-name';

const STATES = ['ChargeCard', 'ShipOrder', 'Refund'];

test.each([
  ['a letter missing', 'ChargCard', 'ChargeCard'],
  ['two letters swapped', 'ShipOrdre', 'ShipOrder'],
  ['another case', 'chargecard', 'ChargeCard'],
  ['hyphens and blanks', 'Ship-order', 'ShipOrder'],
  ['another word', 'Pack', undefined],
  ['a word that begins alike', 'Charge', undefined],
])('%s: %s', (_why, name, nearest) => {
  expect(tryFindNearest(name, STATES)).toBe(nearest);
});

test('the nearest of several, and of equals the first', () => {
  expect(tryFindNearest('sqs', ['sns', 'sqss', 'SQS'])).toBe('SQS');
  expect(tryFindNearest('sxs', ['sns', 'sqs'])).toBe('sns');
});

test('in words, or not at all', () => {
  expect(renderNearest('Refnd', STATES)).toBe(' Did you mean "Refund"?');
  expect(renderNearest('Pack', STATES)).toBe('');
});
