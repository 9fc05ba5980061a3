import { answersOfBundled } from './bundled';

test('an ES module with the SDK in one minified file reaches the world', async () => {
  expect(await answersOfBundled('esm')).toEqual([
    ['Function0', 200],
    ['Function1', 200],
  ]);
});
