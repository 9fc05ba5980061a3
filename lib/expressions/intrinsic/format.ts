import type { Json } from '../../json/json';
import { EvaluationError } from '../evaluation-error';
import { javaText } from './java-text';

/**
 * The template with each `{}` replaced by the text of the next argument. A backslash takes `'`, `{`, `}` and `\` literally.
 * @throws EvaluationError for a template with a lone brace or backslash, or with another number of `{}` than arguments
 */
export const format = (template: string, args: readonly Json[]): string => fill(splitTemplate(template), args);

/** The same for a template that is known beforehand. Its mistakes, too, show only when it is used. */
export const compileFormat = (template: string): ((args: readonly Json[]) => string) => {
  let literals: readonly string[] | undefined;
  return (args) => fill((literals ??= splitTemplate(template)), args);
};

const fill = (literals: readonly string[], args: readonly Json[]): string => {
  if (literals.length !== args.length + 1)
    return fail('Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.');
  let text = literals[0] as string;
  for (let index = 0; index < args.length; index++) text += javaText(args[index] as Json) + literals[index + 1];
  return text;
};

/** The texts around the `{}`. */
const splitTemplate = (template: string): string[] => {
  const literals: string[] = [];
  let literal = '';
  for (let at = 0; at < template.length; at++) {
    const character = template[at] as string;
    if (character === '\\') {
      const escaped = template[++at];
      if (escaped === undefined) return fail("Invalid template in States.Format: nothing follows the last '\\'.");
      literal += `'{}\\`.includes(escaped) ? escaped : `\\${escaped}`;
    } else if (character === '}') return fail("Invalid template in States.Format: matching '{' not found for '}'.");
    else if (character !== '{') literal += character;
    else {
      if (template[++at] !== '}') return fail("Invalid template in States.Format: matching '}' not found for '{'.");
      literals.push(literal);
      literal = '';
    }
  }
  return [...literals, literal];
};

const fail = (message: string): never => {
  throw new EvaluationError('States.Runtime', message);
};
