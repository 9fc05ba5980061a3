import { compileFieldWriter } from '../json/field-writer';
import { isArray, isObject, type Json } from '../json/json';
import { renderJson } from '../json/render-json';
import { get } from '../json/with-field';
import { EvaluationError, ExpressionSyntaxError } from './evaluation-error';
import { compilePath } from './json-path';

/** Where a result is written, as ResultPath says it. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html */
export interface ReferencePath {
  readonly text: string;
  /**
   * The document with the value at the path; all else is shared with `target`, which stays as it is. Fields that are not there are
   * made; of an array, an element that is there is replaced.
   * @throws EvaluationError `States.ResultPathMatchFailure` where the way leads through what is neither object nor such an element
   */
  write(target: Json, value: Json): Json;
}

/** Reads a path that may be written to: a Reference Path from `$`. @throws ExpressionSyntaxError */
export const compileReferencePath = (text: string): ReferencePath => {
  const { isReference, root, keys } = compilePath(text);
  if (!isReference)
    throw new ExpressionSyntaxError(
      `'${text}' may name several places; a Reference Path names one, without '*', '..', ',', ':', '?' or '@'`,
    );
  if (root.kind !== 'input')
    throw new ExpressionSyntaxError(
      `'${text}' names the Context Object or a variable; a result is written to the state's input: begin with '$.'`,
    );
  const write = compileWrite(keys);
  return {
    text,
    write: (target, value) => {
      const written = write(target, value);
      return written === undefined ? fail(text, target) : written;
    },
  };
};

/** Undefined: the way is barred. */
type Write = (target: Json | undefined, value: Json) => Json | undefined;

const compileWrite = (keys: readonly (string | number)[]): Write =>
  keys.reduceRight<Write>(
    (write, key) => (typeof key === 'number' ? writeElement(key, write) : writeField(key, write)),
    (_target, value) => value,
  );

const writeField = (key: string, write: Write): Write => {
  const setField = compileFieldWriter(key);
  return (target, value) => {
    if (target !== undefined && !isObject(target)) return undefined;
    const field = write(target === undefined ? undefined : get(target, key), value);
    return field === undefined ? undefined : setField(target ?? {}, field);
  };
};

const writeElement =
  (index: number, write: Write): Write =>
  (target, value) => {
    if (!isArray(target)) return undefined;
    const position = index < 0 ? target.length + index : index;
    if (target[position] === undefined) return undefined;
    const element = write(target[position], value);
    return element === undefined ? undefined : [...target.slice(0, position), element, ...target.slice(position + 1)];
  };

/** AWS's words: https://github.com/aws/aws-cdk/issues/29473 */
const fail = (text: string, target: Json): never => {
  throw new EvaluationError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${text} to input ${renderJson(target)}`,
  );
};
