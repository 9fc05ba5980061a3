import type { Alias, CST, Document, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { loadYaml } from '../vendor/yaml';
import { isExact } from './exact';
import type { Json } from './json';
import { JsonError, MAX_PROBLEMS, type JsonProblem } from './json-error';
import { keysOf, positionAt, type TextPosition } from './text-position';
import { toJson } from './to-json';
import { isWellFormed } from './well-formed';
import { setField } from './with-field';

/** Longest text, in UTF-16 code units: twice the longest definition. The library takes a second or more for each million. */
const MAX_LENGTH = 2 * 1_048_576;

/** Most that may be open at once where the parser is. The library composes recursively and exhausts the stack at about 800. */
const MAX_OPEN = 300;

/** Most values that all aliases together may stand for. */
const MAX_ALIASED = 10_000;

/** What a YAML text says. */
export interface YamlText {
  /** Deeply frozen. */
  readonly json: Json;
  /** Where a value stands, by its JSON pointer: the key of a mapping's entry, the beginning of an item or of the root. As `locateInJson`. */
  locate(pointer: string): TextPosition;
}

/**
 * Reads a text of one YAML 1.2 document (core schema: `yes` is a text, `2025-01-01` too) that says what JSON can say. Keys are texts, written in
 * quotes or not. Anchors and aliases are resolved; there are no merge keys.
 * @param what the text's name in the error, such as `the state machine's definition`
 * @throws JsonError with all problems (at most 20), each with line and column: what is no YAML, a tag such as `!Sub`, a duplicate key, an integer that a
 *   double would change, .nan and .inf, a lone surrogate, an alias inside its own anchor, aliases that stand for more than 10,000 values,
 *   a text of more than two million characters or with too many levels
 */
export const readYaml = (text: string, what: string): YamlText => {
  const faults: Fault[] = [];
  const document = tryCompose(text, faults);
  if (document !== undefined) faults.push(...[...document.errors, ...document.warnings].map(faultOf));
  const root = document?.contents ?? null;
  const builder = new Builder(loadYaml(), faults);
  const value = faults.length === 0 && root !== null ? builder.build(root, false) : null;
  if (faults.length > 0) throw new JsonError(what, problemsOf(text, faults));
  return {
    json: toJson(value, what),
    locate: (pointer) => positionAt(text, root === null ? 0 : builder.offsetOf(root, keysOf(pointer))),
  };
};

interface Fault {
  readonly at: number;
  readonly message: string;
}

const faultOf = ({ code, message, pos: [at] }: Document['errors'][number]): Fault => ({
  at,
  message:
    code === 'TAG_RESOLVE_FAILED'
      ? `found a tag (${message}); tags are not resolved here: write the value itself, or use the definition of a cloud assembly`
      : code === 'MULTIPLE_DOCS'
        ? 'found a second document; a text has one'
        : message,
});

const problemsOf = (text: string, faults: readonly Fault[]): readonly JsonProblem[] =>
  faults
    .toSorted((a, b) => a.at - b.at)
    .slice(0, MAX_PROBLEMS)
    .map(({ at, message }) => {
      const { line, column } = positionAt(text, at);
      return { where: `${line}:${column}`, message };
    });

/** Undefined: the text is too much for the library, and `faults` says how. */
const tryCompose = (text: string, faults: Fault[]): Document.Parsed | undefined => {
  if (text.length > MAX_LENGTH) {
    faults.push({ at: 0, message: `found ${text.length} characters; YAML is read up to ${MAX_LENGTH}: use JSON` });
    return undefined;
  }
  const { Composer, Lexer, Parser } = loadYaml();
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAX_OPEN) {
      faults.push({ at: parser.offset, message: 'found more levels than YAML is read with: use JSON' });
      return undefined;
    }
  }
  tokens.push(...parser.end());
  // Keys are compared in `Builder`: the library compares each with each.
  const options = { schema: 'core', stringKeys: true, uniqueKeys: false, prettyErrors: false, resolveKnownTags: false } as const;
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  if (second !== undefined) faults.push({ at: second.range[0], message: 'found a second document; a text has one' });
  return document;
};

/** Makes values of nodes; what JSON cannot say becomes a fault. */
class Builder {
  private readonly anchors = new Map<string, ParsedNode>();
  private readonly targets = new Map<Alias.Parsed, ParsedNode>();
  /** Anchored nodes that are being built. */
  private readonly open = new Set<ParsedNode>();
  private aliased = 0;

  constructor(
    private readonly yaml: ReturnType<typeof loadYaml>,
    private readonly faults: Fault[],
  ) {}

  /** @param inAlias the node was reached through an alias */
  build(node: ParsedNode, inAlias: boolean): Json {
    if (inAlias && ++this.aliased > MAX_ALIASED) return this.refuse(node, `aliases stand for more than ${MAX_ALIASED} values`);
    if (this.yaml.isAlias(node)) return this.buildAlias(node);
    if (node.anchor === undefined) return this.buildValue(node, inAlias);
    if (!inAlias) this.anchors.set(node.anchor, node);
    this.open.add(node);
    const value = this.buildValue(node, inAlias);
    this.open.delete(node);
    return value;
  }

  /** Offset of the key or item that the keys lead to, or of the last on the way that is there. */
  offsetOf(node: ParsedNode, keys: readonly string[]): number {
    let at = node.range[0];
    let value: ParsedNode | null | undefined = node;
    for (const key of keys) {
      if (value !== null && value !== undefined && this.yaml.isAlias(value)) value = this.targets.get(value);
      if (value === null || value === undefined || !('items' in value)) break;
      if (this.yaml.isSeq(value)) {
        const item: ParsedNode | undefined = /^(0|[1-9]\d*)$/.test(key) ? value.items[Number(key)] : undefined;
        if (item === undefined) break;
        at = item.range[0];
        value = item;
      } else {
        const entry: YAMLMap.Parsed['items'][number] | undefined = value.items.find((pair) => keyOf(pair.key) === key);
        if (entry === undefined) break;
        at = entry.key.range[0];
        value = entry.value;
      }
    }
    return at;
  }

  private buildAlias(node: Alias.Parsed): Json {
    const target = this.targets.get(node) ?? this.anchors.get(node.source);
    if (target === undefined)
      return this.refuse(node, `found the alias *${node.source}, and no anchor &${node.source} before it`);
    if (this.open.has(target)) return this.refuse(node, `found the alias *${node.source} inside its own anchor`);
    this.targets.set(node, target);
    return this.build(target, true);
  }

  private buildValue(node: Exclude<ParsedNode, Alias.Parsed>, inAlias: boolean): Json {
    if (!('items' in node)) return this.buildScalar(node);
    return this.yaml.isSeq(node) ? node.items.map((item) => this.build(item, inAlias)) : this.buildMapping(node, inAlias);
  }

  private buildMapping(node: YAMLMap.Parsed, inAlias: boolean): Json {
    const fields: Record<string, Json> = {};
    for (const { key, value } of node.items) {
      const name = keyOf(key);
      if (name === undefined) this.refuse(key, 'found a key that is no text');
      else if (!isWellFormed(name)) this.refuse(key, LONE_SURROGATE);
      else if (Object.hasOwn(fields, name)) this.refuse(key, `found the key ${JSON.stringify(name)} a second time`);
      else setField(fields, name, value === null ? null : this.build(value, inAlias));
    }
    return fields;
  }

  private buildScalar(node: Scalar.Parsed): Json {
    const value: unknown = node.value;
    switch (typeof value) {
      case 'string':
        return isWellFormed(value) ? value : this.refuse(node, LONE_SURROGATE);
      case 'number':
        if (isExact(value)) return value;
        return this.refuse(
          node,
          Number.isFinite(value)
            ? `found the integer ${node.source}, which JavaScript would round to ${value}; write it in quotes`
            : `found ${node.source}, which JSON has no number for`,
        );
      case 'boolean':
        return value;
      default:
        return null;
    }
  }

  private refuse(node: ParsedNode, message: string): null {
    if (this.faults.length < MAX_PROBLEMS) this.faults.push({ at: node.range[0], message });
    return null;
  }
}

const LONE_SURROGATE = 'found a text with a lone surrogate, which UTF-8 cannot carry';

const keyOf = (key: ParsedNode): string | undefined => ('value' in key && typeof key.value === 'string' ? key.value : undefined);
