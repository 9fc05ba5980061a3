import { coloursOf, wantsColour } from '../../lib/cli/colours';

test.each([
  { env: {}, terminal: true, colour: true },
  { env: {}, terminal: false, colour: false },
  { env: { CI: 'true' }, terminal: true, colour: false },
  { env: { CI: 'false' }, terminal: true, colour: true },
  { env: { TERM: 'dumb' }, terminal: true, colour: false },
  { env: { NO_COLOR: '1' }, terminal: true, colour: false },
  { env: { NO_COLOR: '' }, terminal: true, colour: true },
  { env: { FORCE_COLOR: '1' }, terminal: false, colour: true },
  { env: { FORCE_COLOR: 'true', CI: 'true', NO_COLOR: '1' }, terminal: false, colour: true },
  { env: { FORCE_COLOR: '0' }, terminal: true, colour: false },
  { env: { FORCE_COLOR: 'false' }, terminal: true, colour: false },
  { env: { FORCE_COLOR: '' }, terminal: false, colour: false },
])('terminal $terminal with $env: colour $colour', ({ env, terminal, colour }) => {
  expect(wantsColour(env, terminal)).toBe(colour);
});

test('without colour text stays as it is', () => {
  expect(coloursOf(false).bad('failed')).toBe('failed');
  expect(coloursOf(true).bad('failed')).toBe('\u001b[31mfailed\u001b[39m');
});
