import { isArray, isObject, type Json } from '../json/json';
import type { Place } from './place';

/** True for text that looks like a JSONPath or an intrinsic function call. */
export const looksDynamic = (value: Json | undefined): value is string =>
  typeof value === 'string' && (/^\$\$?(?:$|[.[])/.test(value) || /^States\.[A-Z]\w*\(.*\)$/s.test(value));

/**
 * AWS's warnings of a path where AWS reads a constant.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
export const warnOfStaticPaths = {
  /** NO_DOLLAR: a field of a Payload Template that lacks its `.$`. */
  inTemplate(value: Json, place: Place): void {
    visit(value, place, (key, at) =>
      at.warn(
        'NO_DOLLAR',
        `The value of the field '${key}' looks like a JSONPath or an intrinsic function, but its name does not end with '.$'`,
        `write '${key}.$', or the text itself is sent`,
      ),
    );
  },

  /** PASS_RESULT_IS_STATIC: a path in the `Result` of a Pass state. */
  inResult(value: Json, place: Place): void {
    const warn = (at: Place): void =>
      at.warn(
        'PASS_RESULT_IS_STATIC',
        'Result is static: the path in it is not evaluated',
        'use Parameters, with names that end in .$',
      );
    if (looksDynamic(value)) warn(place);
    visit(value, place, (_, at) => warn(at));
  },

  /** NO_PATH: a path in a field whose name does not end with `Path`. */
  inText(value: Json, place: Place): void {
    const field = place.pointer.slice(place.pointer.lastIndexOf('/') + 1);
    if (looksDynamic(value))
      place.warn(
        'NO_PATH',
        `The value of the field '${field}' looks like a path, but its name does not end with 'Path'`,
        `write '${field}Path', or the text itself is used`,
      );
  },
};

/** Calls `found` for every member that looks like a path; one named `….$` is evaluated where the object is a template. */
function visit(value: Json, place: Place, found: (key: string, at: Place) => void): void {
  if (isArray(value)) return value.forEach((item, index) => visit(item, place.element(index), found));
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const at = place.member(key);
    if (looksDynamic(member)) {
      if (!key.endsWith('.$')) found(key, at);
    } else visit(member, at, found);
  }
}
