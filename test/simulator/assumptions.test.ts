import { ASSUMPTIONS } from '../../lib/simulator/assumptions';

test.each(Object.entries(ASSUMPTIONS))('%s says what is assumed, why, and how to find out', (id, assumption) => {
  expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  for (const text of [assumption.what, assumption.why, assumption.settledBy]) expect(text).toMatch(/^\S.{15,}[.]$/);
});
