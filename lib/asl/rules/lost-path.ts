import type { Reading } from '../shapes/visit';
import type { ObjectShape, Shape } from '../shapes/shape';

/** What a finding says of a path that finds nothing. */
export function describeLoss({ text, presence, lost }: Reading): string {
  const place = lost?.origin ?? 'what is there';
  const verb = presence === 'missing' ? 'cannot be there' : 'is not there on every way to this state';
  const has = lost === undefined ? '' : `: ${describeHolder(place, lost.holder, lost.key)}`;
  return `The path '${text}' ${verb}${has}`;
}

function describeHolder(place: string, holder: Shape, key: string | number): string {
  switch (holder.kind) {
    case 'object':
      return `${place} has no '${key}'${knownFields(holder, key)}`;
    case 'array':
      return `${place}, is an array, not an object with '${key}'`.replace(', an array, is an array', ' is an array');
    case 'scalar':
      return `${place} is a ${holder.type}, not an object with '${key}'`;
    case 'unknown':
      return `${place} has no '${key}'`;
  }
}

const MOST = 8;

function knownFields({ fields, isOpen }: ObjectShape, key: string | number): string {
  const names = [...fields].filter(([name, { presence }]) => name !== key && presence === 'always').map(([name]) => name);
  if (names.length === 0) return '';
  const isAll = !isOpen && names.length === fields.size && names.length <= MOST;
  return ` (it has ${isAll ? 'only ' : ''}${names.slice(0, MOST).join(', ')}${names.length > MOST ? ', …' : ''})`;
}

/** True if the path finds nothing because of an Error Output. */
export const isLostToCatcher = ({ lost }: Reading): boolean => lost?.origin?.startsWith('the Error Output of') === true;

/** True if the path finds nothing because the input's schema does not promise it. */
export const isLostToSchema = ({ lost }: Reading): boolean => lost?.origin?.startsWith('the input, as its schema') === true;

/** True for a path that finds nothing, always or on some way. */
export const isLost = ({ presence }: Reading): boolean => presence === 'missing' || presence === 'sometimes';
