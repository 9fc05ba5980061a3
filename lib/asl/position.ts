/** A place in a definition. */
export interface Position {
  /** As AWS writes locations: plain names joined by `/`, `Choices[0]` for an element; the root is empty. */
  readonly location: string;
  /** The same as a JSON pointer (RFC 6901). */
  readonly pointer: string;
}

/** The definition itself. */
export const ROOT: Position = { location: '', pointer: '' };

/** The member `key` of a place. */
export const memberOf = ({ location, pointer }: Position, key: string): Position => ({
  location: `${location}/${key}`,
  pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
});

/** The element `index` of a place. */
export const elementOf = ({ location, pointer }: Position, index: number): Position => ({
  location: `${location}[${index}]`,
  pointer: `${pointer}/${index}`,
});

/** The location as AWS writes it; the root is `/`. */
export const renderLocation = ({ location }: Position): string => (location === '' ? '/' : location);
