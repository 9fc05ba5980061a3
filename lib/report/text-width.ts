/** Advance widths in a sans-serif font of size 1, for text that no one can measure here: about those of DejaVu Sans, wider than most. */
const NARROW = 0.36;
const WIDE = 0.96;
const USUAL = 0.62;
const CAPITAL = 0.7;
const FULL = 1;

/** About how wide the text is, in units of the font size given. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const char of text) width += advance(char);
  return width * fontSize;
}

function advance(char: string): number {
  if (/[iIjlft.,:;'|!()[\]{} ]/.test(char)) return NARROW;
  if (/[mwMW@%—…]/.test(char)) return WIDE;
  if (/[A-Z]/.test(char)) return CAPITAL;
  return char > '\u2e7f' ? FULL : USUAL;
}
