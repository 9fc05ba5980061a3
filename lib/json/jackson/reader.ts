import type { TextPosition } from '../text-position';
import type { JacksonSource } from './source';

/** Reads a text as Jackson's ReaderBasedJsonParser does. */
export interface Reader {
  readonly text: string;
  /** Behind the last character read. */
  at: number;
  line: number;
  lineStart: number;
  readonly source: JacksonSource;
  /** The arrays and objects that are open. */
  readonly scopes: Scope[];
}

/** An array or object that is open. */
export interface Scope {
  readonly type: 'Array' | 'Object';
  /** Where its bracket is. */
  readonly start: TextPosition;
  isEmpty: boolean;
}

/** The text is not JSON. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly location: string,
  ) {
    super(message);
  }
}

/** Where the next character would be; `back`: how many before that. */
export const positionOf = ({ at, line, lineStart }: Reader, back = 0): TextPosition => ({
  line,
  column: at - back - lineStart + 1,
});

/** A position as Jackson writes it. */
export const locationOf = ({ source }: Reader, { line, column }: TextPosition): string =>
  `[Source: ${source.name}; line: ${line}, column: ${column}]`;

/** A fault of what would come next. */
export const fail = (reader: Reader, message: string): never => {
  throw new Fault(message, locationOf(reader, positionOf(reader)));
};

/** A fault of the last character read. */
export const failAtLast = (reader: Reader, message: string): never => {
  throw new Fault(message, locationOf(reader, positionOf(reader, reader.source.pointsAtCharacter ? 1 : 0)));
};

/** Refuses the last character read. */
export const refuseCharacter = (reader: Reader, character: string, comment: string): never =>
  failAtLast(reader, `Unexpected character (${describe(character)}): ${comment}`);

/** Refuses that the text ends here. */
export const refuseEnd = (reader: Reader, where: string): never => fail(reader, `Unexpected end-of-input${where}`);

/** A character as Jackson shows it. */
export const describe = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return `(CTRL-CHAR, code ${code})`;
  return `'${character}' (code ${code}${code > 255 ? ` / 0x${code.toString(16)}` : ''})`;
};

/** The next character; undefined: the end. */
export const next = (reader: Reader): string | undefined => reader.text[reader.at++] ?? void reader.at--;

/** The next character that is no white space; undefined: the end. */
export const nextVisible = (reader: Reader): string | undefined => {
  for (;;) {
    const character = next(reader);
    if (character === '\n' || character === '\r') startLine(reader, character);
    else if (character === '/') refuseCharacter(reader, character, NO_COMMENT);
    else if (character === undefined || character > ' ') return character;
    else if (character < ' ' && character !== '\t') fail(reader, `Illegal character (${describe(character)}): ${NO_SPACE}`);
  }
};

const NO_COMMENT =
  "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";
const NO_SPACE = 'only regular white space (\\r, \\n, \\t) is allowed between tokens';

const startLine = (reader: Reader, end: string): void => {
  if (end === '\r' && reader.text[reader.at] === '\n') reader.at++;
  reader.line++;
  reader.lineStart = reader.at;
};
