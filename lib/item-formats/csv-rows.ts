import type { Assume } from './assume';
import { ItemFormatError } from './item-format-error';
import { MAX_ITEM_BYTES } from './item-pieces';
import { tooLong } from './text-pieces';

/** `CSVDelimiter` → what delimits fields. */
export const DELIMITERS = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;

/** As `CSVDelimiter` names it. */
export type CsvDelimiter = keyof typeof DELIMITERS;

/** The fields of a row, as many as were asked for. The array is used again for the next row. */
export type Row = readonly string[];

/** Splits text into rows. */
export interface CsvRows {
  /** From the next row on, hands rows to `take` with that many fields; Infinity: as many as there are. */
  begin(fields: number, take: (row: Row) => void): void;
  /** @param text ends with a line feed, unless it is the last. @throws ItemFormatError */
  read(text: string): void;
  /** There is no more text. @throws ItemFormatError */
  end(): void;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const CARRIAGE_RETURN = 0x0d;

/** What the text holds none of. */
const NOWHERE = Infinity;

/**
 * Rows end with `\n` or `\r\n`. A line without quotes and backslashes is cut at its delimiters; any other from one unit with a
 * meaning to the next, and may go on in the next text. A quote that begins a field, blanks before it aside, goes away with its partner; any other stays, with its partner.
 */
export function compileCsvRows(delimiter: string, assume: Assume): CsvRows {
  const delimiterUnit = delimiter.charCodeAt(0);
  const row: string[] = [];
  let wanted = 0;
  let take: (row: Row) => void;

  // Where the next ones are, at or behind the place that was last asked for.
  let nextDelimiter = -1;
  let nextQuote = -1;
  let nextBackslash = -1;
  let nextNewline = -1;

  /** Fields of this row that are in `row`. */
  let count = 0;
  /** The beginning of the field that is being read, in a row that is open. */
  let field = '';
  let isOpen = false;
  let inQuotes = false;
  /** The quotes that are open go away. */
  let dropsQuotes = false;
  /** The field had quotes that went away. */
  let wasQuoted = false;
  /** Of the row that is open, in earlier texts. */
  let heldUnits = 0;

  const addField = (text: string): void => {
    if (count < wanted) row[count++] = text;
  };

  const finish = (): void => {
    if (wanted === Infinity) row.length = count;
    else while (count < wanted) row[count++] = '';
    count = 0;
    take(row);
  };

  const readPlainLine = (text: string, start: number, end: number): void => {
    if (start === end) assume('item-reader-csv-lines');
    let at = start;
    while (count < wanted) {
      if (nextDelimiter < at) nextDelimiter = find(text, delimiter, at);
      if (nextDelimiter >= end) {
        row[count++] = text.slice(at, end);
        break;
      }
      row[count++] = text.slice(at, nextDelimiter);
      at = nextDelimiter + 1;
    }
    finish();
  };

  const endField = (rest: string): void => {
    if (wasQuoted && rest !== '') assume('item-reader-csv-quotes');
    addField(field + rest);
    field = '';
    wasQuoted = false;
  };

  /** Where the next unit with a meaning is. */
  const nextMeaning = (text: string, at: number): number => {
    if (nextQuote < at) nextQuote = find(text, '"', at);
    if (nextBackslash < at) nextBackslash = find(text, '\\', at);
    const next = nextQuote < nextBackslash ? nextQuote : nextBackslash;
    if (inQuotes) return next;
    if (nextDelimiter < at) nextDelimiter = find(text, delimiter, at);
    if (nextNewline < at) nextNewline = find(text, '\n', at);
    const ending = nextDelimiter < nextNewline ? nextDelimiter : nextNewline;
    return ending < next ? ending : next;
  };

  /** Gives back where the next row begins, or the end of the text: the row is open then. */
  const readOpenRow = (text: string, start: number): number => {
    isOpen = true;
    /** Where what has not been added to the field begins. */
    let run = start;
    for (let at = nextMeaning(text, start); at < text.length; at = nextMeaning(text, at + 1)) {
      const unit = text.charCodeAt(at);
      if (unit === BACKSLASH) {
        field += text.slice(run, at);
        run = at + 1;
        const next = text.charCodeAt(run);
        if (next === BACKSLASH || next === QUOTE || next === delimiterUnit) at++;
      } else if (unit === QUOTE) {
        const isBegun = inQuotes || wasQuoted || field !== '' || !isBlank(text, run, at);
        if (isBegun && text.charCodeAt(at + 1) === QUOTE) {
          at++;
          field += text.slice(run, at);
          run = at + 1;
        } else {
          if (!inQuotes) {
            if (isBegun || at > run) assume('item-reader-csv-quotes');
            dropsQuotes = !isBegun;
          }
          if (dropsQuotes) {
            if (inQuotes) field += text.slice(run, at);
            run = at + 1;
            wasQuoted = true;
          }
          inQuotes = !inQuotes;
        }
      } else if (unit === delimiterUnit) {
        endField(text.slice(run, at));
        run = at + 1;
      } else {
        endField(text.slice(run, endOfLine(text, run, at)));
        isOpen = false;
        heldUnits = 0;
        finish();
        return at + 1;
      }
    }
    field += text.slice(run);
    heldUnits += text.length - start;
    if (heldUnits > MAX_ITEM_BYTES) throw tooLong('row');
    return text.length;
  };

  return {
    begin: (fields, taking) => {
      wanted = fields;
      take = taking;
    },
    read: (text) => {
      nextDelimiter = nextQuote = nextBackslash = nextNewline = -1;
      if (text.includes('\r') && /\r(?!\n)/.test(text)) assume('item-reader-csv-lines');
      let at = isOpen ? readOpenRow(text, 0) : 0;
      while (at < text.length) {
        if (nextNewline < at) nextNewline = find(text, '\n', at);
        if (nextQuote < at) nextQuote = find(text, '"', at);
        if (nextBackslash < at) nextBackslash = find(text, '\\', at);
        if (nextQuote < nextNewline || nextBackslash < nextNewline) at = readOpenRow(text, at);
        else {
          readPlainLine(text, at, endOfLine(text, at, nextNewline));
          at = nextNewline + 1;
        }
      }
    },
    end: () => {
      if (inQuotes) {
        assume('item-reader-csv-quotes');
        throw new ItemFormatError('The CSV file ends inside of quotation marks.');
      }
      if (!isOpen) return;
      endField('');
      finish();
    },
  };
}

function find(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at === -1 ? NOWHERE : at;
}

/** Without the carriage return before the line feed. */
function endOfLine(text: string, start: number, lineFeed: number): number {
  if (lineFeed === NOWHERE) return text.length;
  return lineFeed > start && text.charCodeAt(lineFeed - 1) === CARRIAGE_RETURN ? lineFeed - 1 : lineFeed;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text[at] !== ' ' && text[at] !== '\t') return false;
  return true;
}
