/** Paints text for a terminal, or leaves it as it is. */
export type Colours = Readonly<Record<keyof typeof ANSI, (text: string) => string>>;

const ANSI = {
  strong: ['\u001b[1m', '\u001b[22m'],
  quiet: ['\u001b[2m', '\u001b[22m'],
  good: ['\u001b[32m', '\u001b[39m'],
  bad: ['\u001b[31m', '\u001b[39m'],
  warning: ['\u001b[33m', '\u001b[39m'],
} as const;

/** The painters; without `colour` they change nothing. */
export function coloursOf(colour: boolean): Colours {
  const painter =
    ([on, off]: readonly [string, string]) =>
    (text: string): string =>
      colour ? on + text + off : text;
  return {
    strong: painter(ANSI.strong),
    quiet: painter(ANSI.quiet),
    good: painter(ANSI.good),
    bad: painter(ANSI.bad),
    warning: painter(ANSI.warning),
  };
}

/**
 * Colour on a terminal that is not a CI's. `FORCE_COLOR` (but `0` or `false`) has it anyway, `NO_COLOR` (but empty) never.
 * https://no-color.org, https://force-color.org
 */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const { FORCE_COLOR, NO_COLOR, CI, TERM } = env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTerminal && TERM !== 'dumb' && (CI === undefined || CI === '' || CI === 'false');
}
