import type { MapState, QueryLanguage } from '../asl/types';
import { compileJsonataTemplate } from '../expressions/jsonata/jsonata-template';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { JsonError } from '../json/json-error';
import { parseJson } from '../json/parse-json';
import { get } from '../json/with-field';
import type { Branch } from '../simulator/branch';
import { statesScope } from '../simulator/data-flow/jsonata';
import { Failure } from '../simulator/failure';
import { SimulatorError } from '../simulator/simulator-error';
import { compileItems, compileItemSource } from '../simulator/states/map';
import type { Inspection } from './inspection';
import { compileNumberField } from '../simulator/map-run/number-field';

/** One item of a Map. */
export interface MapItem {
  readonly value: Json;
  /** Where the items are an object: the item's key. */
  readonly key?: string;
}

/** The items of a Map; undefined: they would be read from S3, and the request does not say what is there. */
export type MapItems = (branch: Branch) => readonly MapItem[] | undefined;

/** @param data what the ItemReader reads, as the request has it */
export function compileMapItems(
  state: MapState,
  language: QueryLanguage,
  data: Json | undefined,
  inspection: Inspection,
): MapItems {
  const { ItemReader: reader } = state;
  if (reader !== undefined) return compileReader(reader, language, data, inspection);
  const arrayOnly = compileItems(state, language);
  const isDistributed = state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED';
  const read = isDistributed ? compileItemSource(state, language) : undefined;
  return (branch) => {
    // A Distributed Map takes an object, too; for anything else the inline Map has AWS's words.
    const source = read?.(branch);
    const items = isObject(source) ? source : arrayOnly(branch);
    if (language === 'JSONPath') inspection.afterItemsPath = items;
    return itemsOf(items);
  };
}

function itemsOf(source: Json): readonly MapItem[] | undefined {
  if (isArray(source)) return source.map((value) => ({ value }));
  return isObject(source) ? Object.entries(source).map(([key, value]) => ({ value, key })) : undefined;
}

function compileReader(reader: JsonObject, language: QueryLanguage, data: Json | undefined, inspection: Inspection): MapItems {
  const { Arguments: request, ReaderConfig: given } = reader;
  const config = isObject(given) ? given : {};
  const evaluate =
    language === 'JSONata' && request !== undefined ? compileJsonataTemplate(request, 'ItemReader/Arguments') : undefined;
  const maxItems = compileNumberField('MaxItems', config['MaxItems'], config['MaxItemsPath'], 'integer');
  return (branch) => {
    evaluate?.(statesScope(branch));
    const most = maxItems(branch) ?? 0;
    if (data === undefined) return undefined;
    const source = readSource(data, config);
    const pointer = config['ItemsPointer'];
    const pointed = typeof pointer === 'string' ? follow(source, pointer) : source;
    if (typeof pointer === 'string' && pointed !== undefined) inspection.afterItemsPointer = pointed;
    const items = pointed === undefined ? undefined : itemsOf(pointed);
    // AWS's words for a file that holds no items (recorded).
    if (items === undefined) throw new Failure('States.ItemReaderFailed', 'Attempting to map over non-iterable node.');
    return most > 0 ? items.slice(0, most) : items;
  };
}

/** The whole source, parsed. */
function readSource(data: Json, { InputType: type = 'JSON' }: JsonObject): Json {
  if (typeof data !== 'string') return data;
  try {
    if (type === 'JSON') return parseJson(data, 'mapItemReaderData');
    if (type === 'JSONL')
      return data
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => parseJson(line, 'a line of mapItemReaderData'));
  } catch (error) {
    if (error instanceof JsonError) throw new Failure('States.ItemReaderFailed', error.message);
    throw error;
  }
  throw new SimulatorError(
    `TestState reads mapItemReaderData of InputType JSON and JSONL, not ${type as string}. Give the items as a JSON array, not as text.`,
  );
}

/** A JSON Pointer (RFC 6901). */
function follow(json: Json, pointer: string): Json | undefined {
  let value: Json | undefined = json;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isArray(value) ? value[Number(key)] : isObject(value) ? get(value, key) : undefined;
  }
  return value;
}
