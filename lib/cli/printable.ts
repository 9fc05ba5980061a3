/** Control characters but the line feed, and the marks that turn the direction of writing: none may reach a terminal. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text from an execution, fit for a terminal: lines stay lines, control characters become `\u001b`. */
export const printable = (text: string): string =>
  text.replaceAll(/\r\n/g, '\n').replaceAll(UNPRINTABLE, (found) => `\\u${found.codePointAt(0)!.toString(16).padStart(4, '0')}`);

/** Each line moved to the right. */
export const indented = (text: string, by = '  '): string => text.replaceAll(/^(?=.)/gm, by);
