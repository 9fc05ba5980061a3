import { findBrokenConstraints, renderBroken } from '../services/states/request-check';
import { REQUESTS } from '../services/states/request-model';
import type { Shape, StructureShape } from '../services/states/shape';
import { validationException } from './test-state-error';

/**
 * Refuses a request with parameters that the API does not have, or that are too long, too small or of the wrong type; all at once. What
 * an SDK finds before it calls (recorded: boto3) comes before what the service finds.
 * @throws TestStateError
 */
export function checkRequestLimits(request: unknown): void {
  const found: string[] = [];
  check(request, REQUESTS.TestState, '', found);
  if (found.length > 0) throw validationException(`Parameter validation failed:\n${found.join('\n')}`);
  const broken = findBrokenConstraints(REQUESTS.TestState, request);
  if (broken.length > 0) throw validationException(renderBroken(broken));
}

function check(value: unknown, shape: Shape, path: string, found: string[]): void {
  const wrongType = (expected: string): void =>
    void found.push(
      `Invalid type for parameter ${path === '' ? 'input' : path}, value: ${String(value)}, type: ${typeName(value)}, valid types: ${expected}`,
    );
  switch (shape.type) {
    case 'boolean':
      if (typeof value !== 'boolean') wrongType('boolean');
      return;
    case 'integer':
    case 'float':
      if (typeof value !== 'number' || (shape.type === 'integer' && !Number.isInteger(value))) wrongType(shape.type);
      else if (shape.least !== undefined && value < shape.least)
        found.push(`Invalid value for parameter ${path}, value: ${String(value)}, valid min value: ${shape.least}`);
      return;
    case 'string':
      // Where the API takes JSON text, the value itself will do.
      if (typeof value !== 'string') return shape.json === true ? undefined : wrongType('string');
      if (shape.least !== undefined && value.length < shape.least)
        found.push(`Invalid length for parameter ${path}, value: ${value.length}, valid min length: ${shape.least}`);
      return;
    case 'list':
      return Array.isArray(value)
        ? value.forEach((item, index) => check(item, shape.of, `${path}[${index}]`, found))
        : wrongType('array');
    case 'structure':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? checkMembers(value as Readonly<Record<string, unknown>>, shape, path, found)
        : wrongType('object');
  }
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  { members, required }: StructureShape,
  path: string,
  found: string[],
): void {
  const where = path === '' ? 'input' : path;
  for (const name of required) if (value[name] === undefined) found.push(`Missing required parameter in ${where}: "${name}"`);
  for (const [name, member] of Object.entries(value)) {
    const shape = Object.hasOwn(members, name) ? members[name] : undefined;
    if (shape === undefined)
      found.push(
        `Unknown parameter in ${where}: "${name}", must be one of: ${Object.keys(members)
          .map((known) => `"${known}"`)
          .join(', ')}`,
      );
    else if (member !== undefined) check(member, shape, path === '' ? name : `${path}.${name}`, found);
  }
}

const typeName = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
