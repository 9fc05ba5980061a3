import { ApiError, validationException } from './api-error';
import type { Shape, StructureShape } from './shape';

/**
 * Holds a request, as it came over HTTP, against the API's model: known members only, null being none, all constraints at once.
 * @throws ApiError SerializationException for a member of the wrong type, ValidationException for one that breaks a constraint
 */
export function checkRequest(shape: StructureShape, body: unknown): Readonly<Record<string, unknown>> {
  const request = read(shape, body) as Readonly<Record<string, unknown>>;
  const broken = findBrokenConstraints(shape, request);
  if (broken.length > 0) throw validationException(renderBroken(broken));
  return request;
}

/** The service's answer to broken constraints. */
export const renderBroken = (broken: readonly string[]): string =>
  `${broken.length} validation error${broken.length > 1 ? 's' : ''} detected: ${broken.join('; ')}`;

/** Takes over what the model knows. */
function read(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? value : wrongType(value, 'String');
    case 'integer':
      return Number.isInteger(value) ? value : wrongType(value, 'Integer');
    case 'float':
      return typeof value === 'number' ? value : wrongType(value, 'Float');
    case 'boolean':
      return typeof value === 'boolean' ? value : wrongType(value, 'Boolean');
    case 'list':
      return Array.isArray(value)
        ? value.filter((item) => item !== null).map((item: unknown) => read(shape.of, item))
        : wrongType(value, 'List');
    case 'structure': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongType(value, 'Structure');
      const known: Record<string, unknown> = {};
      for (const [name, member] of Object.entries(shape.members)) {
        const found: unknown = Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
        if (found !== undefined && found !== null) known[name] = read(member, found);
      }
      return known;
    }
  }
}

/** In the words of AWS's JSON protocol, which are known from other services. */
function wrongType(value: unknown, expected: string): never {
  const found =
    typeof value === 'object' && value !== null
      ? `Start of ${Array.isArray(value) ? 'list' : 'structure or map'} found where not expected`
      : `${tokenOf(value)} can not be converted to ${/^[AEIOU]/.test(expected) ? 'an' : 'a'} ${expected}`;
  throw new ApiError('SerializationException', found);
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  return value === null || value === undefined ? 'NULL_VALUE' : 'STRING_VALUE';
}

/** What of a request breaks a constraint, in the service's words. Its types are right. */
export function findBrokenConstraints(shape: StructureShape, request: unknown): readonly string[] {
  const broken: string[] = [];
  look(shape, request, '', broken);
  return broken;
}

function look(shape: Shape, value: unknown, path: string, broken: string[]): void {
  const refuse = (constraint: string): void => {
    const shown = shape.type === 'string' && shape.sensitive === true ? '' : `'${renderValue(value)}' `;
    broken.push(`Value ${shown}at '${path}' failed to satisfy constraint: Member must ${constraint}`);
  };
  switch (shape.type) {
    case 'string': {
      // A library's caller may give a value where the API takes its JSON text.
      if (typeof value !== 'string') return;
      if (shape.values !== undefined && !shape.values.includes(value))
        refuse(`satisfy enum value set: [${shape.values.join(', ')}]`);
      // Payloads are measured in bytes of UTF-8, other texts in UTF-16 units.
      lengthWithin(shape, shape.json === true ? Buffer.byteLength(value) : value.length, refuse);
      if (shape.pattern !== undefined && !matches(value, shape.pattern))
        refuse(`satisfy regular expression pattern: ${shape.pattern}`);
      return;
    }
    case 'integer':
    case 'float': {
      const { least, most } = shape;
      if (least !== undefined && (value as number) < least) refuse(`have value greater than or equal to ${least}`);
      if (most !== undefined && (value as number) > most) refuse(`have value less than or equal to ${most}`);
      return;
    }
    case 'boolean':
      return;
    case 'list': {
      const list = value as readonly unknown[];
      lengthWithin(shape, list.length, refuse);
      list.forEach((item, index) => look(shape.of, item, `${path}.${index + 1}.member`, broken));
      return;
    }
    case 'structure': {
      const members = value as Readonly<Record<string, unknown>>;
      for (const [name, member] of Object.entries(shape.members)) {
        const at = path === '' ? name : `${path}.${name}`;
        if (members[name] !== undefined) look(member, members[name], at, broken);
        else if (shape.required.includes(name))
          broken.push(`Value null at '${at}' failed to satisfy constraint: Member must not be null`);
      }
    }
  }
}

function lengthWithin(
  { least, most }: { readonly least?: number; readonly most?: number },
  length: number,
  refuse: (constraint: string) => void,
): void {
  if (least !== undefined && length < least) refuse(`have length greater than or equal to ${least}`);
  if (most !== undefined && length > most) refuse(`have length less than or equal to ${most}`);
}

const patterns = new Map<string, RegExp>();

function matches(text: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) patterns.set(pattern, (compiled = new RegExp(`^(?:${pattern})$`, 'u')));
  return compiled.test(text);
}

/** As Java prints it. */
function renderValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => renderValue(item)).join(', ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
