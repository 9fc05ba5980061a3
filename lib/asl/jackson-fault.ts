import type { JsonError } from '../json/json-error';

/** Longest piece of a text that Jackson shows. */
const MAX_SHOWN = 500;

/**
 * What Jackson, which reads definitions on AWS, says of a text that is not JSON, and where:
 * `[Source: (String)"{ oops"; line: 1, column: 4]`.
 * https://github.com/FasterXML/jackson-core, `JsonParseException`; the column is that behind the last character read.
 */
export function jacksonFault(text: string, error: JsonError): { readonly message: string; readonly location: string } {
  const [, line = '1', column = '1'] = /^(\d+):(\d+)$/.exec(error.problems[0]?.where ?? '') ?? [];
  const rest = (text.split('\n')[Number(line) - 1] ?? '').slice(Number(column) - 1);
  const token = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest)?.[0];
  const location = (behind: number): string => `[Source: (String)"${shown(text)}"; line: ${line}, column: ${behind}]`;
  if (token !== undefined)
    return {
      message: `Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
      location: location(Number(column) + token.length),
    };
  const [character] = rest;
  if (character === undefined) return { message: 'Unexpected end-of-input', location: location(Number(column)) };
  return {
    message: `Unexpected character ('${character}' (code ${character.codePointAt(0)}))`,
    location: location(Number(column) + 1),
  };
}

const shown = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}"[truncated ${text.length - MAX_SHOWN} chars]`;
