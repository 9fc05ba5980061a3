import { EvaluationError } from '../evaluation-error';
import type { JsonataError } from './jsonata-error';

/** `States.QueryEvaluationError` with AWS's sentence about an expression in a field. */
const queryEvaluationError = (source: string, field: string, what: string): EvaluationError =>
  new EvaluationError(
    'States.QueryEvaluationError',
    `The JSONata expression '${source}' specified for the field '${field}' ${what}`,
    field,
  );

/** The expression gave nothing, which JSON cannot represent. */
export const nothingReturned = (source: string, field: string): EvaluationError =>
  queryEvaluationError(source, field, 'returned nothing (undefined).');

/** The expression failed. */
export const evaluationFailed = (source: string, field: string, { code, message }: JsonataError): EvaluationError =>
  queryEvaluationError(source, field, `threw an error during evaluation${code === undefined ? ': ' : `. ${code}: `}${message}`);

/** The field takes another type. @param found the value as JSON text */
export const unexpectedType = (source: string, field: string, expected: string, actual: string, found: string): EvaluationError =>
  queryEvaluationError(
    source,
    field,
    `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${found}`,
  );
