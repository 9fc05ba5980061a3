import { compareCase, tryReadSuite } from './suite';

const suite = tryReadSuite();
/** The rest is in suite.long.test.ts. */
const EVERY = 10;

if (suite === undefined)
  test('JSONata’s test suite is not beside the project: there is nothing to hold the twin to', () => undefined);
else {
  const cases = suite.cases.filter(({ timelimit }, index) => index % EVERY === 0 && timelimit === undefined);
  test.each(cases.map((entry) => [`${entry.group} ${entry.name}`, entry] as const))('%s', (_, entry) => {
    const { actual, expected } = compareCase(entry, suite);
    expect(actual).toEqual(expected);
  });
}
