import type { Json } from '../json/json';
import { type Assume, assumeInSilence } from './assume';
import type { ItemPieces, SourceBytes } from './item-pieces';
import { parseItem } from './parse-item';
import { hasMark, linePieces, withoutMark } from './text-pieces';

/** The values of a JSON Lines file: one per line that is not blank. @throws ItemFormatError */
export async function* readJsonLines(bytes: SourceBytes, assume: Assume = assumeInSilence): ItemPieces {
  let line = 0;
  for await (const piece of linePieces(bytes, assume)) {
    if (line === 0 && hasMark(piece)) assume('item-reader-jsonl-lines');
    const text = line === 0 ? withoutMark(piece) : piece;
    const items: Json[] = [];
    for (let at = 0; at < text.length;) {
      const newline = text.indexOf('\n', at);
      const end = newline === -1 ? text.length : newline;
      const written = text.slice(at, end);
      line++;
      if (isBlank(written)) assume('item-reader-jsonl-lines');
      else items.push(parseItem(written, () => `line ${line}`));
      at = end + 1;
    }
    yield items;
  }
}

const isBlank = (text: string): boolean => text.trim() === '';
