import { isArray, isObject, type Json, type JsonObject } from '../../../lib/json/json';
import { conditions } from './conditions';
import type { Definition } from './twins';

/** Intrinsic functions of a definition, each with what says the same in JSONata. */
export type Intrinsics = Readonly<Record<string, string>>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The fields that mean the same in both languages. */
const KEPT = words(`
  Type Comment Next End Default Retry Resource Seconds Timestamp Error Cause TimeoutSeconds HeartbeatSeconds MaxConcurrency
`);
/** Those that lose their Path. */
const PATHS = words(`
  SecondsPath TimestampPath TimeoutSecondsPath HeartbeatSecondsPath MaxConcurrencyPath ErrorPath CausePath
`);
const TRANSLATED = words(`
  InputPath Parameters Result ResultSelector ResultPath OutputPath Credentials Branches Catch Choices ItemsPath ItemSelector ItemProcessor
`);
const KNOWN: ReadonlySet<string> = new Set([...KEPT, ...PATHS, ...TRANSLATED]);

/**
 * The twin of a JSONPath definition, field by field: Parameters become Arguments, or with ResultSelector, ResultPath and OutputPath
 * the expression in Output. A path names one place, and fails where that is not there, as in JSONPath.
 * @throws Error for what it does not translate
 */
export const toJsonata = (definition: object, intrinsics: Intrinsics = {}): Definition =>
  new Translation(intrinsics).definition(definition as JsonObject);

const INPUT = '$states.input';
const FOUND = '$found := function($value) { $exists($value) ? $value : $error("nothing is there") }';

const quoted = (...statements: readonly string[]): string =>
  statements.length === 1 ? `{% ${statements[0]} %}` : `{% (${[FOUND, ...statements].join('; ')}) %}`;

class Translation {
  constructor(private readonly intrinsics: Intrinsics) {}

  definition({ States: states, ...rest }: JsonObject): Definition {
    const translated = Object.entries(states as JsonObject).map(
      ([name, state]) => [name, this.state(state as JsonObject)] as const,
    );
    return { ...rest, States: Object.fromEntries(translated) } as unknown as Definition;
  }

  private state(state: JsonObject): JsonObject {
    const { Type: type, Choices: choices } = state;
    const result: Record<string, Json> = {};
    for (const [field, value] of Object.entries(state)) {
      if (!KNOWN.has(field) || (field === 'Parameters' && type === 'Map')) throw new Error(`not translated: ${field}`);
      if (KEPT.includes(field)) result[field] = value;
      if (PATHS.includes(field))
        result[field.replace(/Path$/, '')] = quoted(this.path(value, type === 'Wait' ? this.effective(state) : INPUT));
    }
    if (state['Credentials'] !== undefined) result['Credentials'] = this.template(state['Credentials'], INPUT);
    if (type === 'Task' || type === 'Parallel') Object.assign(result, this.arguments(state));
    if (type === 'Map') Object.assign(result, this.items(state));
    if (state['Branches'] !== undefined)
      result['Branches'] = (state['Branches'] as JsonObject[]).map((branch) => this.definition(branch) as never);
    if (state['Catch'] !== undefined) result['Catch'] = (state['Catch'] as JsonObject[]).map((catcher) => this.catcher(catcher));
    const output = type === 'Fail' ? undefined : this.output(state);
    if (output !== undefined) result['Output'] = output;
    if (choices !== undefined) {
      result['Choices'] = (choices as JsonObject[]).map((rule): JsonObject => {
        const Condition = quoted(this.bindEffective(state), this.condition(rule, '$effective'));
        return { Condition, Next: rule['Next'] as string, ...(output === undefined ? {} : { Output: output }) };
      });
    }
    return result;
  }

  /** A path or an intrinsic function as an expression; `root` is what `$` means. */
  private path(text: Json | undefined, root: string): string {
    const known = this.intrinsics[text as string];
    if (known !== undefined) return known;
    const [, start, steps] = /^(\$\$|\$\w*)((?:\.\w+|\[\d+\])*)$/.exec(text as string) ?? [];
    if (start === undefined) throw new Error(`not translated: ${String(text)}`);
    const from = start === '$' ? root : start === '$$' ? '$states.context' : start;
    return from + (steps as string).replaceAll(/\.(\w+)/g, '.`$1`');
  }

  private effective({ InputPath: path }: JsonObject): string {
    return path === undefined ? INPUT : path === null ? '{}' : this.path(path, INPUT);
  }

  private bindEffective(state: JsonObject): string {
    return `$effective := $found(${this.effective(state)})`;
  }

  /** A Payload Template as a template of expressions. */
  private template(template: Json, root: string): Json {
    if (isArray(template)) return template.map((item) => this.template(item, root));
    if (!isObject(template)) return template;
    const fields = Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') ? [key.slice(0, -2), quoted(this.path(value, root))] : [key, this.template(value, root)],
    );
    return Object.fromEntries(fields) as JsonObject;
  }

  /** A Payload Template as one expression. */
  private expression(template: Json, root: string): string {
    if (isArray(template)) return `[${template.map((item) => this.expression(item, root)).join(', ')}]`;
    if (!isObject(template)) return JSON.stringify(template);
    const fields = Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? `${JSON.stringify(key.slice(0, -2))}: $found(${this.path(value, root)})`
        : `${JSON.stringify(key)}: ${this.expression(value, root)}`,
    );
    return `{${fields.join(', ')}}`;
  }

  private arguments(state: JsonObject): JsonObject {
    const { InputPath: inputPath, Parameters: parameters } = state;
    if (inputPath === undefined) return parameters === undefined ? {} : { Arguments: this.template(parameters, INPUT) };
    const made = parameters === undefined ? '$effective' : this.expression(parameters, '$effective');
    return { Arguments: quoted(this.bindEffective(state), made) };
  }

  private items(state: JsonObject): JsonObject {
    const { InputPath: inputPath, ItemsPath: itemsPath, ItemSelector: selector, ItemProcessor: processor } = state;
    const effective = this.effective(state);
    return {
      ...(inputPath === undefined && itemsPath === undefined ? {} : { Items: quoted(this.path(itemsPath ?? '$', effective)) }),
      ...(selector === undefined ? {} : { ItemSelector: this.template(selector, effective) }),
      ItemProcessor: this.definition(processor as JsonObject) as never,
    };
  }

  /** Output of a state; undefined: what JSONata hands on by itself is the same. */
  private output(state: JsonObject): string | undefined {
    const { Type: type, InputPath: inputPath, ResultPath: resultPath = '$', OutputPath: outputPath = '$' } = state;
    const hasResult = type === 'Task' || type === 'Parallel' || type === 'Map';
    const { Result: literal, Parameters: parameters, ResultSelector: selector } = state;
    const made = hasResult ? selector : literal === undefined ? parameters : literal;
    if (made === undefined && resultPath === '$' && outputPath === '$' && (hasResult || inputPath === undefined))
      return undefined;
    const root = hasResult ? '$states.result' : '$effective';
    const result = made === undefined ? root : literal === undefined ? this.expression(made, root) : JSON.stringify(made);
    const placed = resultPath === null ? INPUT : written(INPUT, keysOf(resultPath), '$result');
    const output = outputPath === null ? '{}' : `$found(${this.path(outputPath, '$placed')})`;
    return quoted(...(hasResult ? [] : [this.bindEffective(state)]), `$result := ${result}`, `$placed := ${placed}`, output);
  }

  private catcher({ ResultPath: path, ...catcher }: JsonObject): JsonObject {
    if (catcher['Assign'] !== undefined) throw new Error('not translated: Assign');
    if (path === undefined) return catcher;
    return { ...catcher, Output: quoted(path === null ? INPUT : written(INPUT, keysOf(path), '$states.errorOutput')) };
  }

  private condition(rule: JsonObject, root: string): string {
    const { Variable: variable, Next: _next, And: and, Or: or, Not: not, ...operators } = rule;
    if (and !== undefined) return `(${(and as JsonObject[]).map((inner) => this.condition(inner, root)).join(' and ')})`;
    if (or !== undefined) return `(${(or as JsonObject[]).map((inner) => this.condition(inner, root)).join(' or ')})`;
    if (not !== undefined) return `$not(${this.condition(not as JsonObject, root)})`;
    const [[operator, operand], ...others] = Object.entries(operators) as [[string, Json], ...unknown[]];
    if (others.length > 0) throw new Error(`not translated: ${Object.keys(operators).join(', ')}`);
    const value = this.path(variable, root);
    if (operator === 'IsPresent') return `$exists(${value}) = ${String(operand)}`;
    const known = conditions[operator];
    const holds = known ?? conditions[operator.replace(/Path$/, '')];
    if (holds === undefined) throw new Error(`not translated: ${operator}`);
    const right = known === undefined ? `$found(${this.path(operand, root)})` : JSON.stringify(operand);
    if (operator === 'StringMatches') return `($left := $found(${value}); ${holds('$left', right)})`;
    return `($left := $found(${value}); $right := ${right}; ${holds('$left', '$right')})`;
  }
}

/** `$.a.b` → a, b. */
function keysOf(path: Json): readonly string[] {
  if (typeof path !== 'string' || !/^\$(\.\w+)*$/.test(path)) throw new Error(`not translated: ${String(path)}`);
  return path.split('.').slice(1);
}

/** `base` with a value in a place, as ResultPath puts it there. */
const written = (base: string, [key, ...rest]: readonly string[], value: string): string =>
  key === undefined ? value : `$merge([${base}, {${JSON.stringify(key)}: ${written(`${base}.\`${key}\``, rest, value)}}])`;
