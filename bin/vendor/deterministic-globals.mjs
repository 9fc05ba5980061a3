// What the build puts in the place of the globals that every bundled library uses (the table is in bin/build.mjs).
// - Promises instead of timers: nobody fakes promises, so the libraries go on under jest.useFakeTimers() and vi.useFakeTimers(),
//   and what they do depends on no real time.
// - The real clock and real randomness are constants: the same calls give the same bytes.

export const soon = (run, ...values) => void Promise.resolve().then(() => run(...values));
export const later = (run, _delayMs, ...values) => soon(run, ...values);
export const never = () => undefined;
export const zero = () => 0;
