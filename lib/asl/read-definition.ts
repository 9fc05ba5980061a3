import { tryFindJacksonFault } from '../json/jackson/jackson-fault';
import { shown } from '../json/jackson/source';
import { JsonError } from '../json/json-error';
import { isObject, type Json, type JsonObject } from '../json/json';
import { parseJson } from '../json/parse-json';
import { toJson } from '../json/to-json';
import type { Place } from './place';

/** Longest definition in UTF-8 bytes. https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
const MAX_DEFINITION_BYTES = 1_048_576;

/** Reads a definition, given as JSON text or as a value; says at `root` why it is none. */
export function readDefinition(definition: unknown, root: Place): JsonObject | undefined {
  if (typeof definition === 'string') return readText(definition, root);
  let value: Json;
  try {
    value = toJson(definition, 'the definition');
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    root.refuse(error.message, undefined, 'INVALID_JSON_DESCRIPTION');
    return undefined;
  }
  return asObject(value, root);
}

const FILE_NAME = /^[^\s{}]+\.(?:json|ya?ml)$/i;

function readText(definition: string, root: Place): JsonObject | undefined {
  if (Buffer.byteLength(definition) > MAX_DEFINITION_BYTES) {
    root.refuse(`The definition is larger than ${MAX_DEFINITION_BYTES} bytes`, 'move branches into state machines of their own');
    return undefined;
  }
  if (definition.trim() === '') return asObject(null, root);
  try {
    return asObject(parseJson(definition, 'the definition'), root);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const fault = tryFindJacksonFault(definition, shown(definition));
    if (fault === undefined) root.refuse(error.message, undefined, 'INVALID_JSON_DESCRIPTION');
    else root.refuseAt(fault.location, fault.message, adviceForFile(definition) ?? error.message, 'INVALID_JSON_DESCRIPTION');
    return undefined;
  }
}

function asObject(value: Json, root: Place): JsonObject | undefined {
  if (isObject(value)) return value;
  root.refuseWithoutLocation('Definition must be a valid JSON object', adviceFor(value));
  return undefined;
}

const adviceFor = (value: Json): string =>
  (typeof value === 'string' ? adviceForFile(value) : undefined) ?? 'pass the definition as an object or as its JSON text';

const adviceForFile = (text: string): string | undefined =>
  FILE_NAME.test(text)
    ? `"${text}" looks like the name of a file: pass what is in it, readFileSync("${text}", "utf8")`
    : undefined;
