import type { Json } from '../../json/json';
import { memberOf, type Position } from '../position';
import { type Flow, valueAt } from '../shapes/flow';
import type { Shape } from '../shapes/shape';
import type { StateNode } from '../workflow';

/** Where a Map has its items from. */
export interface MapItems {
  /** The field that names them, or the Map where its input is them. */
  readonly at: Position;
  /** What the field says; undefined where the input is the items. */
  readonly source: Json | undefined;
  readonly shape: Shape;
}

/** The items of a Map; undefined where this is none, where a reader reads them, or where nothing is known of them. */
export function itemsOf(node: StateNode, flow: Flow): MapItems | undefined {
  const { state, source, language } = node;
  if (state.Type !== 'Map' || source['ItemReader'] !== undefined) return undefined;
  const field = ['Items', 'ItemsPath', 'InputPath'].find((name) => source[name] !== undefined);
  if (field === undefined) {
    const entry = flow.entries.get(node);
    return entry === undefined ? undefined : { at: node.position, source: undefined, shape: entry.input };
  }
  const at = memberOf(node.position, field);
  const shape = valueAt(flow, node, at);
  return shape === undefined || (field === 'InputPath' && language === 'JSONata')
    ? undefined
    : { at, source: source[field], shape };
}
