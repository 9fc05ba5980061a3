import { isArray, isObject, type JsonObject } from '../../json/json';
import { memberOf } from '../position';
import type { MapState } from '../types';
import { selectorField, type WorkflowScope } from '../workflow';
import { evaluateJsonata, evaluateTemplate } from './evaluate';
import { arrayOf, closed, from, NUMBER, open, type Shape, text, UNKNOWN } from './shape';
import { finish, type FlowState, NO_VARIABLES, scene, value, type Visit } from './visit';

/** A Map: its items, each through its states, and what becomes of the results. */
export function throughMap(
  visit: Visit,
  state: MapState,
  effective: Shape,
): { readonly after: FlowState; readonly ended: boolean } {
  const { node, before, walk } = visit;
  const [inner] = node.inside as readonly [WorkflowScope];
  const item = itemOf(visit, state, effective);
  const mapItem = open({ Index: NUMBER, Value: item });
  const where = scene(visit, effective, {}, mapItem);
  const field = selectorField(node.source);
  const selector = node.source[field];
  const at = memberOf(node.position, field);
  const origin = `the ${field} of "${node.name}"`;
  const selected =
    selector === undefined
      ? item
      : node.language === 'JSONata'
        ? evaluateJsonata(selector, where, at, origin)
        : evaluateTemplate(selector, where, at, origin);
  const isApart = inner.kind === 'children';
  const given = isApart && state.ItemBatcher !== undefined ? batchOf(visit, state.ItemBatcher, selected, effective) : selected;
  const end = walk.through(
    inner,
    { input: given, variables: isApart ? NO_VARIABLES : before.variables },
    { ...walk, mapItem, executionInput: isApart ? given : walk.executionInput },
  );
  const writer = state.ResultWriter;
  const result =
    isApart && isObject(writer) && writer['Resource'] !== undefined
      ? closed(
          { MapRunArn: text(), ResultWriterDetails: closed({ Bucket: text(), Key: text() }) },
          `where "${node.name}" wrote its results`,
        )
      : from(arrayOf(end?.input ?? UNKNOWN), `the results of "${node.name}", an array`);
  return { after: finish(visit, result), ended: true };
}

/** What an item of a Map is. */
function itemOf(visit: Visit, state: MapState, effective: Shape): Shape {
  const { node } = visit;
  const isApart = node.inside[0]?.kind === 'children';
  if (isApart && isObject(state.ItemReader)) {
    for (const field of ['Parameters', 'Arguments'] as const) {
      const request = state.ItemReader[field];
      const at = memberOf(memberOf(node.position, 'ItemReader'), field);
      if (request !== undefined)
        (node.language === 'JSONata' ? evaluateJsonata : evaluateTemplate)(request, scene(visit, effective), at);
    }
    return readItem(state.ItemReader);
  }
  const items =
    node.language === 'JSONata'
      ? state.Items === undefined
        ? visit.before.input
        : evaluateJsonata(state.Items, scene(visit, effective), memberOf(node.position, 'Items'))
      : state.ItemsPath === undefined
        ? effective
        : value(visit, 'ItemsPath', state.ItemsPath, effective);
  if (items.kind !== 'array') return UNKNOWN;
  if (items.items !== undefined) visit.walk.found?.items.set(node, items.items.length);
  return from(items.item, `an item of "${node.name}"`);
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
function readItem(reader: JsonObject): Shape {
  const config = isObject(reader['ReaderConfig']) ? reader['ReaderConfig'] : {};
  const cell = text({ origin: 'cells of CSV are strings' });
  if (config['InputType'] === 'CSV') {
    const headers = config['CSVHeaders'];
    return isArray(headers)
      ? closed(
          Object.fromEntries(headers.filter((name) => typeof name === 'string').map((name) => [name, cell])),
          'a row of the CSV, with the columns of CSVHeaders',
        )
      : open({}, 'a row of the CSV', cell);
  }
  const lists = typeof reader['Resource'] === 'string' && reader['Resource'].endsWith(':listObjectsV2');
  if (lists && config['Transformation'] !== 'LOAD_AND_FLATTEN' && config['InputType'] === undefined)
    return open(
      { Etag: text(), Key: text(), LastModified: NUMBER, Size: NUMBER, StorageClass: text() },
      'an object of the bucket',
    );
  return UNKNOWN;
}

function batchOf(visit: Visit, batcher: JsonObject, item: Shape, effective: Shape): Shape {
  const { node } = visit;
  const at = memberOf(memberOf(node.position, 'ItemBatcher'), 'BatchInput');
  const input = batcher['BatchInput'];
  const evaluate = node.language === 'JSONata' ? evaluateJsonata : evaluateTemplate;
  return closed(
    { ...(input === undefined ? {} : { BatchInput: evaluate(input, scene(visit, effective), at) }), Items: arrayOf(item) },
    `a batch of "${node.name}", whose ItemBatcher gives the children { Items: […] }`,
  );
}
