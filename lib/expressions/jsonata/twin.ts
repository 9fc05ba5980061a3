import { loadJsonata, type Jsonata, type JsonataProgram } from '../../vendor/jsonata';
import { ExpressionSyntaxError } from '../evaluation-error';
import { gate } from './gate';
import { isStackExhausted, toJsonataError } from './jsonata-error';

let jsonata: Jsonata | undefined;

/** What was parsed last, by its text: a definition's expressions are checked first and compiled next. */
const programs = new Map<string, JsonataProgram>();

const MAX_PROGRAMS = 1_000;

/**
 * Parses an expression with the twin, which is loaded at the first one, and reads the tree.
 * @throws ExpressionSyntaxError with JSONata's message; also for what nests deeper than the engine's own stack
 */
export const parseJsonata = <T>(source: string, read: (program: JsonataProgram) => T): T => {
  jsonata ??= loadJsonata(gate);
  gate.open();
  try {
    return read(parse(jsonata, source));
  } catch (error) {
    if (isStackExhausted(error)) throw new ExpressionSyntaxError('The expression nests too deep to be read');
    throw error;
  }
};

const parse = (parser: Jsonata, source: string): JsonataProgram => {
  const known = programs.get(source);
  if (known !== undefined) return known;
  try {
    const program = parser(source);
    if (programs.size === MAX_PROGRAMS) programs.clear();
    programs.set(source, program);
    return program;
  } catch (thrown) {
    throw isStackExhausted(thrown) ? thrown : new ExpressionSyntaxError(toJsonataError(thrown).message);
  }
};
