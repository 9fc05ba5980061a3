import type { Json } from '../../json/json';
import { EvaluationError } from '../evaluation-error';
import { javaText } from './java-text';

/**
 * The template with each `{}` replaced by the text of the next argument. A backslash takes `'`, `{`, `}` and `\` literally.
 * @throws EvaluationError for a template with a lone brace or backslash, or with another number of `{}` than arguments
 */
export const format = (template: string, args: readonly Json[]): string => {
  const literals = splitTemplate(template);
  if (literals.length !== args.length + 1)
    return fail('Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.');
  return literals.reduce((text, literal, index) => text + javaText(args[index - 1] as Json) + literal);
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
