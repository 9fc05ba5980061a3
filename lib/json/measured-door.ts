import { isExact } from './exact';
import { MAX_SCALAR_BYTES, MAX_UNIT_BYTES } from './fits';
import { generate, literalName } from './generate';
import type { Json } from './json';
import { isPlainObject } from './plain-object';
import { type MeasuredJson, toMeasuredJson } from './to-json';
import { isWellFormed } from './well-formed';

/** As many values with the same names take as long to copy as it takes to make code for them. */
const WORTH_CODE = 50;

/** Values of which so many in a row are not alike come with whatever names they like. */
const MAX_TRIES = 10 * WORTH_CODE;

/** Longer objects are seldom, and their code is long. */
const MAX_NAMES = 40;

/** `toMeasuredJson`. @throws JsonError */
export type MeasuredDoor = (value: unknown, what: string) => MeasuredJson;

/**
 * A door for values that are mostly alike, such as the answers of one service to one state: when many have come with the same names and
 * types, code is made that checks and copies just those. Whatever is different goes the long way.
 */
export function compileMeasuredDoor(): MeasuredDoor {
  let last = '';
  let times = 0;
  let tries = 0;
  let admit: Admit | undefined;
  return (value, what) => {
    const known = admit?.(value);
    if (known !== undefined) return known;
    const admitted = toMeasuredJson(value, what);
    if (times === WORTH_CODE || ++tries > MAX_TRIES) return admitted;
    const shape = shapeOf(admitted.json);
    times = shape !== '' && shape === last ? times + 1 : 0;
    last = shape;
    if (times === WORTH_CODE) admit = compileAdmit(admitted.json);
    return admitted;
  };
}

/** Undefined: the value is not of that shape. */
type Admit = (value: unknown) => MeasuredJson | undefined;

/** Equal for values that the same code copies. Empty: it is no object, or has an array or too many fields in it. */
function shapeOf(json: Json): string {
  if (typeof json !== 'object') return typeof json;
  if (json === null) return 'null';
  const entries = Object.entries(json);
  if (Array.isArray(json) || entries.length > MAX_NAMES) return '';
  const shapes = entries.map(([name, field]) => ({ name, shape: shapeOf(field) }));
  return shapes.some(({ shape }) => shape === '') ? '' : JSON.stringify(shapes);
}

/** Only names go into the code, as JSON text. */
function compileAdmit(sample: Json): Admit {
  const checks: string[] = [];
  let variables = 0;
  const copy = (json: Json, from: string): string => {
    const variable = `v${variables++}`;
    checks.push(`const ${variable} = ${from};`);
    switch (typeof json) {
      case 'string':
        checks.push(`if (typeof ${variable} !== 'string' || !isWellFormed(${variable})) return undefined;`);
        checks.push(`units += ${variable}.length;`);
        return variable;
      case 'number':
        checks.push(`if (typeof ${variable} !== 'number' || !isExact(${variable})) return undefined;`);
        return `${variable} === 0 ? 0 : ${variable}`;
      case 'boolean':
        checks.push(`if (typeof ${variable} !== 'boolean') return undefined;`);
        return variable;
      default:
        return json === null ? nothing(variable) : object(json as { readonly [name: string]: Json }, variable);
    }
  };
  const nothing = (variable: string): string => {
    checks.push(`if (${variable} !== null) return undefined;`);
    return 'null';
  };
  const object = (json: { readonly [name: string]: Json }, variable: string): string => {
    const names = Object.keys(json);
    const listed = `n${variable}`;
    checks.push(`if (typeof ${variable} !== 'object' || ${variable} === null || !isPlainObject(${variable})) return undefined;`);
    checks.push(`let ${listed} = 0; const names${variable} = ${JSON.stringify(names)};`);
    checks.push(`for (const name in ${variable}) if (name !== names${variable}[${listed}++]) return undefined;`);
    checks.push(`if (${listed} !== ${names.length}) return undefined;`);
    const fields = names.map(
      (name) => `${literalName(name)}:${copy(json[name] as Json, `${variable}[${JSON.stringify(name)}]`)}`,
    );
    return `Object.freeze({${fields.join(',')}})`;
  };
  const json = copy(sample, 'value');
  const parts = { isWellFormed, isExact, isPlainObject };
  const body =
    `return (value) => { let units = 0; ${checks.join(' ')} ` +
    `return { json: ${json}, bound: ${fixedBound(sample)} + ${MAX_UNIT_BYTES} * units }; };`;
  return generate<(...given: unknown[]) => Admit>(Object.keys(parts), body)(...Object.values(parts));
}

/** Upper bound of the size of all that has that shape, but for the units of its texts. */
function fixedBound(json: Json): number {
  if (typeof json === 'string') return 2;
  if (typeof json !== 'object' || json === null) return MAX_SCALAR_BYTES;
  return Object.entries(json).reduce((bytes, [name, field]) => bytes + 4 + MAX_UNIT_BYTES * name.length + fixedBound(field), 2);
}
