import type { Point } from './layout';
import { painted, type PaintName } from './paint';
import { element, escapeXml, rounded } from './xml';

/** Font size of details, labels and the legend, in pixels. */
export const DETAIL_SIZE = 11;

/** Semibold letters against regular ones. */
export const BOLDER = 1.12;

export interface TextStyle extends Point {
  readonly size: number;
  readonly colour: PaintName;
  readonly weight?: number;
  readonly anchor?: 'middle';
}

/** One line of text; `y` is its baseline. '' draws nothing. */
export function renderText(text: string, { x, y, size, colour, weight, anchor }: TextStyle): string {
  if (text === '') return '';
  const attributes = {
    x,
    y,
    'font-size': size,
    ...(weight === undefined ? {} : { 'font-weight': weight }),
    ...(anchor === undefined ? {} : { 'text-anchor': anchor }),
    ...painted(colour),
  };
  return element('text', attributes, [escapeXml(text)]);
}

/** Content with its own origin. */
export function moved(to: Point, content: readonly string[]): string {
  const inner = content.filter((part) => part !== '');
  return inner.length === 0 ? '' : element('g', { transform: `translate(${at(to)})` }, inner);
}

/** Content of which the execution saw nothing. */
export function faded(really: boolean, content: readonly string[]): string {
  return really ? element('g', { opacity: 0.5 }, content) : content.join('');
}

/** A point as paths and transforms write it. */
export function at(point: Point): string {
  return `${rounded(point.x)} ${rounded(point.y)}`;
}
