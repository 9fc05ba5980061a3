/**
 * A function made of code: V8 remembers for each place in the code where in an object its field is, and makes an object literal in the time
 * that setting two of its fields takes. Only numbers and, as JSON text, names may go into the code.
 */
export function generate<F>(parameters: readonly string[], body: string): F {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function(...parameters, body) as F;
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    throw new Error('Definitions become JavaScript: run Node.js without --disallow-code-generation-from-strings.', {
      cause: error,
    });
  }
}

/** A name as an object literal has it: in brackets `__proto__` is a name like any other. */
export const literalName = (name: string): string => (name === '__proto__' ? '["__proto__"]' : JSON.stringify(name));

/** Code that is true if `variable` holds an object with that field, and puts the field into the variable. No object may inherit the name. */
export const readingCode = (variable: string, name: string): string =>
  `typeof ${variable} === 'object' && ${variable} !== null && !Array.isArray(${variable}) && ` +
  `(${variable} = ${variable}[${JSON.stringify(name)}]) !== undefined`;
