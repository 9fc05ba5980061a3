import { loadJsonata, type Jsonata, type JsonataProgram } from '../../vendor/jsonata';
import { ExpressionSyntaxError } from '../evaluation-error';
import { gate } from './gate';
import { toJsonataError } from './jsonata-error';

let jsonata: Jsonata | undefined;

/**
 * Parses an expression with the twin, which is loaded at the first one.
 * @throws ExpressionSyntaxError with JSONata's message
 */
export const parseJsonata = (source: string): JsonataProgram => {
  jsonata ??= loadJsonata(gate);
  try {
    return jsonata(source);
  } catch (thrown) {
    throw new ExpressionSyntaxError(toJsonataError(thrown).message);
  }
};
