/** C0, C1, line and paragraph separators, and the marks that turn the direction of writing: none may reach a terminal or a picture. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text that came from a definition or a handler, fit for one line: white space folded, control characters as `\u001b`. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most `max` characters (code points), the last one `…` if something was cut. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = [...text];
  return points.length <= max ? text : `${points.slice(0, Math.max(0, max - 1)).join('')}…`;
}

/** Error name and cause in one line. Of the cause of a Lambda failure, which is JSON text, only the message. */
export function renderError(error: string | undefined, cause: string | undefined): string {
  const message = cause === undefined ? undefined : messageIn(cause);
  if (message === undefined || message === '') return oneLine(error ?? '');
  return oneLine(error === undefined ? message : `${error}: ${message}`);
}

/** What AWS puts before the cause of a failure of its own: who reads the line knows the state. */
const WHERE = /^An error occurred while executing the state '.*?' \(entered at the event id #\d+\)\. /s;

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function messageIn(cause: string): string {
  if (!cause.startsWith('{')) return cause.replace(WHERE, '');
  try {
    const parsed = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof parsed.errorMessage === 'string' ? parsed.errorMessage : cause;
  } catch {
    return cause;
  }
}
