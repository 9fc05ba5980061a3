import type { Json } from '../json/json';
import type { Run } from '../simulator/run';
import type { Colours } from './colours';
import { indented, printable } from './printable';
import { renderValue } from './render-value';

/** Status, output or error and cause of an execution. A cause that is JSON text is unfolded, as deep as it goes. */
export function renderEnding(run: Run, { good, bad, strong }: Colours): string {
  if (run.status === 'SUCCEEDED') return `${good(strong(run.status))}\n${indented(renderValue(run.output))}`;
  const { status, error, cause } = run;
  const title = error === undefined ? '' : ` ${strong(printable(error))}`;
  return `${bad(strong(status))}${title}${cause === undefined ? '' : `\n${indented(renderCause(cause))}`}`;
}

function renderCause(cause: string): string {
  const value = unfolded(cause);
  return typeof value === 'string' ? printable(value) : renderValue(value);
}

/** The value in a JSON text of an object, and so on inside it; any other text as it is. */
function unfolded(text: string): Json {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text, (_key, value: Json) => (typeof value === 'string' ? unfolded(value) : value)) as Json;
  } catch {
    return text;
  }
}
