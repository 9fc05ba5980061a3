import { compareCase, tryReadSuite } from './suite';

const suite = tryReadSuite();

if (suite === undefined)
  test('JSONata’s test suite is not beside the project: there is nothing to hold the twin to', () => undefined);
else {
  test('the suite is whole', () => expect(suite.cases.length).toBeGreaterThanOrEqual(1_686));

  test.each(suite.cases.map((entry) => [`${entry.group} ${entry.name}`, entry] as const))(
    '%s',
    (_, entry) => {
      const { actual, expected } = compareCase(entry, suite);
      expect(actual).toEqual(expected);
    },
    20_000,
  );
}
