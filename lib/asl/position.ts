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
export const memberOf = (holder: Position, key: string): Position => new Step(holder, key);

/** The element `index` of a place. */
export const elementOf = (holder: Position, index: number): Position => new Step(holder, index);

/** The location as AWS writes it; the root is `/`. */
export const renderLocation = ({ location }: Position): string => (location === '' ? '/' : location);

/** Most places are passed and never named: the text is made when it is asked for. */
class Step implements Position {
  private rendered: string | undefined;

  constructor(
    private readonly holder: Position,
    private readonly key: string | number,
  ) {}

  get location(): string {
    return typeof this.key === 'number' ? `${this.holder.location}[${this.key}]` : `${this.holder.location}/${this.key}`;
  }

  get pointer(): string {
    this.rendered ??= `${this.holder.pointer}/${String(this.key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return this.rendered;
  }
}
