import type { Json } from '../json/json';
import { renderJson } from '../json/render-json';

/** Characters of a request that a message shows. */
const MAX_SHOWN = 500;

/** A request for a message: its JSON text, the end left out if it is long. */
export function renderRequest(parameters: Json): string {
  const text = renderJson(parameters);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
