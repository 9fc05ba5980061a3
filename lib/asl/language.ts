import type { Json } from '../json/json';
import type { QueryLanguage } from './types';

/**
 * The language of a state or a machine. AWS takes any other value than JSONPath for JSONata, and refuses it besides (measured:
 * github.com/floci-io/floci/issues/2968).
 * @param machine the machine's language, which a state without its own has, at any depth
 */
export const effectiveLanguage = (own: Json | undefined, machine: QueryLanguage): QueryLanguage =>
  own === undefined ? machine : own === 'JSONPath' ? 'JSONPath' : 'JSONata';
