import { isArray, type Json } from './json';
import { renderJson } from './render-json';

/** Bytes at first. */
const CAPACITY = 4096;
/** A longer text is quoted by the engine. For a shorter one the call itself takes longer than to do it here. UTF-16 units. */
const SHORT = 128;
/** Bytes of one unit of a short text that is quoted twice, at most: `\\\"`. */
const MOST_BYTES_QUOTED = 4;
/** Bytes of UTF-8 for one unit of UTF-16, at most. */
const MOST_BYTES = 3;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * JSON text that is put together as UTF-8, in memory that is used again for the next one. It is for records that hold JSON as a string: a value
 * is quoted twice in one go, and no string is made of it.
 */
export class JsonBytes {
  private bytes = Buffer.allocUnsafeSlow(CAPACITY);
  /** Bytes that are written. */
  length = 0;

  /** What is written, until more is written or it is cleared. */
  get written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  /** Begins anew. */
  clear(): this {
    this.length = 0;
    return this;
  }

  /** Writes text as it is. */
  write(text: string): this {
    this.reserve(text.length * MOST_BYTES);
    this.length += this.bytes.write(text, this.length);
    return this;
  }

  /** Writes what is UTF-8 already. */
  copy(bytes: Uint8Array): this {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  /** Writes once more what stands there. */
  repeat(from: number, to: number): this {
    this.reserve(to - from);
    this.bytes.copyWithin(this.length, from, to);
    this.length += to - from;
    return this;
  }

  /** Writes the JSON text of a value as a JSON string, as `renderJson(renderJson(json))` has it. */
  quote(json: Json): this {
    this.mark(QUOTE);
    this.value(json);
    this.mark(QUOTE);
    return this;
  }

  private value(json: Json): void {
    if (typeof json === 'string') this.string(json);
    else if (typeof json !== 'object' || json === null) this.ascii(String(json));
    else if (isArray(json)) {
      let open = 0x5b; // [
      for (const item of json) {
        this.mark(open);
        this.value(item);
        open = COMMA;
      }
      this.close(open, 0x5d); // ]
    } else {
      let open = 0x7b; // {
      for (const key in json) {
        this.mark(open);
        this.string(key);
        this.mark(COLON);
        this.value(json[key] as Json);
        open = COMMA;
      }
      this.close(open, 0x7d); // }
    }
  }

  /** Ends an array or object. @param open what would come before its next part: not a comma, as long as there is none */
  private close(open: number, end: number): void {
    if (open !== COMMA) this.mark(open);
    this.mark(end);
  }

  private mark(unit: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = unit;
  }

  /** Writes a short text of ASCII. */
  private ascii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.length = at;
  }

  private string(text: string): void {
    if (text.length > SHORT) return this.foreign(text);
    this.reserve((text.length + 1) * MOST_BYTES_QUOTED);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = BACKSLASH;
    bytes[at++] = QUOTE;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7e) return this.foreign(text);
      if (unit === QUOTE || unit === BACKSLASH) {
        bytes[at++] = BACKSLASH;
        bytes[at++] = BACKSLASH;
        bytes[at++] = BACKSLASH;
      }
      bytes[at++] = unit;
    }
    bytes[at++] = BACKSLASH;
    bytes[at++] = QUOTE;
    this.length = at;
  }

  /** A text that is long, or has more than printable ASCII. */
  private foreign(text: string): void {
    this.write(renderJson(renderJson(text)).slice(1, -1));
  }

  private reserve(count: number): void {
    const least = this.length + count;
    if (least <= this.bytes.length) return;
    const bytes = Buffer.allocUnsafeSlow(Math.max(least, this.bytes.length * 2));
    this.bytes.copy(bytes, 0, 0, this.length);
    this.bytes = bytes;
  }
}
