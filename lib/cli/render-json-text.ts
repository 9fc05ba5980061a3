/** C1, and the marks that turn the direction of writing or cannot be seen: `JSON.stringify` leaves them as they are. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON text for programs and terminals: indented, and whatever is not printable in strings is escaped as `\u009b`. */
export const renderJsonText = (value: unknown): string => JSON.stringify(value, undefined, 2).replaceAll(UNPRINTABLE, escaped);

const escaped = (found: string): string =>
  found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
