import type { MapState, QueryLanguage } from '../../asl/types';
import { compileJsonataTemplate } from '../../expressions/jsonata/jsonata-template';
import { isObject, type Json, type JsonObject } from '../../json/json';
import type { Branch } from '../branch';
import { compileTemplate } from '../data-flow/json-path';
import { statesScope } from '../data-flow/jsonata';
import { compileBatching } from './batching';
import { compileNumberField } from './number-field';
import type { MapRunSettings, ReaderRequest, WriterRequest } from './plan';
import { compileTolerance } from './tolerance';

/** A field's value in a branch. */
type Field<T> = (branch: Branch, effectiveInput: Json) => T;

/** Compiles the fields of a Distributed Map that are evaluated once MapStateStarted is written (recorded): all but MaxConcurrency. */
export function compileSettings(state: MapState, language: QueryLanguage): Field<Omit<MapRunSettings, 'maxConcurrency'>> {
  const tolerance = compileTolerance(state);
  const reader = compileReader(state.ItemReader, language);
  const batching = state.ItemBatcher === undefined ? undefined : compileBatching(state.ItemBatcher, language);
  const writer = compileWriter(state.ResultWriter, language);
  return (branch, effectiveInput) => ({
    tolerance: tolerance(branch),
    reader: reader(branch, effectiveInput),
    batching: batching?.(branch),
    writer: writer(branch, effectiveInput),
  });
}

/** `Parameters`, which reads the effective input, or `Arguments`. */
function compileRequest(fields: JsonObject, language: QueryLanguage, field: string): Field<JsonObject> {
  if (language === 'JSONata') {
    const evaluate = compileJsonataTemplate(fields['Arguments'] as Json, `${field}/Arguments`);
    return (branch) => evaluate(statesScope(branch)) as JsonObject;
  }
  const make = compileTemplate(fields['Parameters']);
  return ({ scope }, effectiveInput) => {
    scope.input = effectiveInput;
    return make(scope) as JsonObject;
  };
}

function compileReader(fields: JsonObject | undefined, language: QueryLanguage): Field<ReaderRequest | undefined> {
  if (fields === undefined) return () => undefined;
  const action = (fields['Resource'] as string).endsWith(':listObjectsV2') ? 'listObjectsV2' : 'getObject';
  const { MaxItems, MaxItemsPath, ...config } = isObject(fields['ReaderConfig']) ? fields['ReaderConfig'] : {};
  const maxItems = compileNumberField('MaxItems', MaxItems, MaxItemsPath, 'integer');
  const request = compileRequest(fields, language, 'ItemReader');
  return (branch, effectiveInput) => ({
    action,
    config,
    maxItems: maxItems(branch) ?? 0,
    request: request(branch, effectiveInput),
  });
}

function compileWriter(fields: JsonObject | undefined, language: QueryLanguage): Field<WriterRequest> {
  const exports = fields !== undefined && Object.hasOwn(fields, 'Resource');
  const config = isObject(fields?.['WriterConfig']) ? fields['WriterConfig'] : {};
  const { Transformation: transformation = exports ? 'NONE' : 'COMPACT', OutputType: outputType = 'JSON' } = config;
  const format = { transformation, outputType } as Pick<WriterRequest, 'transformation' | 'outputType'>;
  if (!exports) return () => ({ ...format, destination: undefined });
  const request = compileRequest(fields, language, 'ResultWriter');
  return (branch, effectiveInput) => ({ ...format, destination: request(branch, effectiveInput) });
}
