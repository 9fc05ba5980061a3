const globals = globalThis as { expect?: unknown };

/** Loads the line of setup with this `expect` in the place of Jest's. */
function load(given: unknown): void {
  const own = globals.expect;
  globals.expect = given;
  try {
    jest.isolateModules(() => {
      require('../../lib/testing/jest');
    });
  } finally {
    globals.expect = own;
  }
}

test('the one line of setup adds all matchers and the serializer', () => {
  const extend = jest.fn();
  const addSnapshotSerializer = jest.fn();
  load({ extend, addSnapshotSerializer });
  expect(Object.keys(extend.mock.calls[0][0])).toEqual(['toSucceedWith', 'toFailWith', 'toHaveVisited', 'toHaveTaken']);
  expect(addSnapshotSerializer).toHaveBeenCalledWith({ test: expect.any(Function), serialize: expect.any(Function) });
});

test('says where it belongs when there is no expect', () => {
  expect(() => load(undefined)).toThrow(
    "cdk-baton/testing/jest belongs in Jest's setupFilesAfterEnv: there is no global `expect` here.",
  );
});
