import { loadBundle } from '../../lib/vendor/load-bundle';

test('says what to do where a bundle is missing', () => {
  expect(() => loadBundle('no-such-library')).toThrow(
    /"no-such-library" is missing.*no-such-library\.bundle\.js.*Run `npm run build` first/,
  );
});
